"""What the tests of the server ask about its processes."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from archive_site.embedded import Place, locks


def wait_joined(process: subprocess.Popen[str]) -> None:
    """Return when the process uses the server; fail when it ended instead."""
    assert process.stdout is not None
    assert process.stdout.readline() == "joined\n"


def leave(process: subprocess.Popen[str]) -> None:
    """Let the process end in its own time, and wait for it."""
    process.communicate(timeout=20)


def postmaster(folder: Path) -> int:
    """Return the process number of the running server."""
    return int((Place(folder).cluster / "postmaster.pid").read_text().split("\n")[0])


def guardian(folder: Path) -> int:
    """Return the process number of the server's guardian: it leads the session that the server is in."""
    return os.getsid(postmaster(folder))


def is_stopped(folder: Path) -> bool:
    """Return whether neither a process of the server nor its guardian lives."""
    for path in (Place(folder).server, Place(folder).guardian):
        descriptor = locks.alone_at_once(path)
        if descriptor is None:
            return False
        os.close(descriptor)
    return True


def wait_stopped(folder: Path) -> None:
    """Return when nothing of the server is left; fail when something is after 20 seconds."""
    deadline = time.monotonic() + 20
    while not is_stopped(folder):
        assert time.monotonic() < deadline, f"the server of {folder} still runs"
        time.sleep(0.02)
