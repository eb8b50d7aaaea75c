"""quickstart, from an empty data folder to served pages and to its end, which leaves only the data."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from archive_site.embedded import Place
from archive_site.embedded.joining import ROOT
from tests.site.conftest import FolderMaker
from tests.site.processes import is_stopped, wait_stopped


@pytest.fixture(scope="module")
def folder(new_folder: FolderMaker) -> Path:
    """The data folder that all of these starts share, empty before the first."""
    return new_folder()


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Quickstart:
    """A running `manage.py quickstart --no-demo` and the lines it has printed."""

    def __init__(self, folder: Path, port: int) -> None:
        names = ("DATABASE_URL", "ARCHIVE_HTTPS")  # of a developer's shell, or of the tests' own settings
        inherited = {name: value for name, value in os.environ.items() if name not in names}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "quickstart", "--no-demo"],
            cwd=ROOT,
            env=inherited | {"ARCHIVE_DATA": str(folder), "HOST": "127.0.0.1", "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self.limit = threading.Timer(60, self.process.kill)
        self.limit.start()

    def wait_serving(self) -> None:
        """Return when the address was printed; fail when it ended instead."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith("To administer it"):
                return
        raise AssertionError("\n".join(self.lines))

    def end(self, number: signal.Signals) -> int:
        """Return the exit status after this signal."""
        self.process.send_signal(number)
        self.lines += self.process.communicate(timeout=30)[0].splitlines()
        return self.process.returncode


@pytest.fixture
def quickstart(folder: Path, port: int) -> Iterator[Quickstart]:
    """A started quickstart, ended with all it started when the test is over."""
    started = Quickstart(folder, port)
    with started.process:
        yield started
        started.process.kill()
    started.limit.cancel()
    wait_stopped(folder)


def fetch(port: int, path: str) -> tuple[int, str]:
    """Return the status of an answer and the address it came from in the end."""
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.status, answer.url


def test_quickstart_serves_over_plain_http_from_an_empty_folder(quickstart: Quickstart, port: int) -> None:
    quickstart.wait_serving()
    assert f"The archive is at http://127.0.0.1:{port}/ until you press Ctrl-C." in quickstart.lines
    assert fetch(port, "/healthz") == (200, f"http://127.0.0.1:{port}/healthz")
    assert fetch(port, "/") == (200, f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_quickstart_ends_well_and_takes_all_along(
    quickstart: Quickstart, folder: Path, port: int, number: signal.Signals
) -> None:
    quickstart.wait_serving()
    assert fetch(port, "/healthz")[0] == 200
    assert quickstart.end(number) == 0
    wait_stopped(folder)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_no_worker_is_left_by_a_quickstart_that_is_killed(quickstart: Quickstart, folder: Path, port: int) -> None:
    quickstart.wait_serving()
    assert fetch(port, "/healthz")[0] == 200
    quickstart.end(signal.SIGKILL)
    wait_stopped(folder)  # the server stops after its last user: the workers were users too
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def workers(folder: Path) -> list[int]:
    """Return the processes of workers of the archive in the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may end meanwhile
            words = (process / "cmdline").read_bytes().split(b"\0")
            own = f"ARCHIVE_DATA={folder}".encode() in (process / "environ").read_bytes().split(b"\0")
            if own and b"work" in words and b"archive_site.keeping" not in words:
                found.append(int(process.name))
    return found


def wait_for_worker(folder: Path, but: int = 0) -> int:
    """Return the process of the archive's worker, another than this; fail when there is none in time."""
    deadline = time.monotonic() + 30
    while not (found := [each for each in workers(folder) if each != but]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found[0]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes as Linux shows them")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_worker_is_started_anew_when_it_dies_and_ends_with_the_server(
    quickstart: Quickstart, folder: Path, port: int, number: signal.Signals
) -> None:
    quickstart.wait_serving()
    assert fetch(port, "/healthz")[0] == 200
    first = wait_for_worker(folder)
    os.kill(first, signal.SIGKILL)
    second = wait_for_worker(folder, but=first)
    quickstart.end(number)
    wait_stopped(folder)
    assert (second == first, workers(folder)) == (False, [])


def test_a_port_in_use_is_told_before_anything_is_made(data_folder: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        quickstart = Quickstart(data_folder, port)
        output, _ = quickstart.process.communicate(timeout=30)
        quickstart.limit.cancel()
    assert quickstart.process.returncode == 1
    assert output == (
        f"CommandError: Cannot serve at 127.0.0.1, port {port}: Address already in use. "
        "Set HOST and PORT in the environment.\n"
    )
    assert is_stopped(data_folder)
    assert not Place(data_folder).cluster.exists()
