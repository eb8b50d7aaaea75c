"""Processes that use the archive's own PostgreSQL server, each in a data folder of the test's own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from archive_site.embedded.joining import ROOT

# A test run that was itself started in the background has SIGINT ignored, and its children would ignore it too.
USER = """
import signal
import sys
from pathlib import Path
from archive_site import embedded
signal.signal(signal.SIGINT, signal.default_int_handler)
held = embedded.join(Path(sys.argv[1]))
print("joined", flush=True)
sys.stdin.read()
"""

Starter = Callable[[Path], "subprocess.Popen[str]"]


FolderMaker = Callable[[], Path]


@pytest.fixture(scope="session")
def new_folder() -> Iterator[FolderMaker]:
    """Return a function that makes a data folder.

    Not below pytest's own, which it closes to other users: as root the tests' server runs as one of them.
    """
    with ExitStack() as folders:

        def make() -> Path:
            made = tempfile.TemporaryDirectory(prefix="cable-archive-")
            return Path(folders.enter_context(made)).resolve()

        yield make


@pytest.fixture
def data_folder(new_folder: FolderMaker) -> Path:
    """A new and empty data folder."""
    return new_folder()


@pytest.fixture
def start_user() -> Iterator[Starter]:
    """Return a function that starts a process that uses a folder's server until its input is closed."""
    with ExitStack() as processes:

        def start(folder: Path) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-c", USER, str(folder)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            processes.enter_context(process)
            processes.callback(process.kill)
            return process

        yield start
