"""Making, starting and clearing away the server's processes; only the guardian calls this."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from archive_site.embedded import locks, tuning
from archive_site.embedded.account import Account
from archive_site.embedded.place import DATABASE, SOCKET, Place, ServerError, programs

PR_SET_PDEATHSIG = 1  # linux/prctl.h
SECONDS_TO_STOP = 60


def claim(place: Place) -> int:
    """Return the held lock of the server's processes, after a server that outlived its guardian was stopped.

    The process number that it, or a machine that lost power, left behind is removed: PostgreSQL would take
    whatever process now has it for a server. Raises ServerError when the old server does not stop.
    """
    deadline = time.monotonic() + SECONDS_TO_STOP
    while (descriptor := locks.alone_at_once(place.server)) is None:
        pid = _postmaster(place)
        if time.monotonic() > deadline:
            raise ServerError(f"an older server (process {pid}) still uses {place.cluster} and does not stop.")
        if pid:
            _interrupt(pid)
        time.sleep(0.1)
    (place.cluster / "postmaster.pid").unlink(missing_ok=True)
    (place.sockets / f"{SOCKET}.lock").unlink(missing_ok=True)
    return descriptor


def create(place: Place, account: Account, lock: int) -> None:
    """Make the data directory. It gets its name once it is whole: an interrupted one is made anew."""
    draft = place.cluster.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    os.chown(draft, account.uid, account.gid)
    arguments: list[str | Path] = [
        *("--pgdata", draft, "--username", DATABASE, "--auth", "trust", "--encoding", "UTF8"),
        *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"),
        *("--lc-ctype", tuning.character_type(), "--text-search-config", "simple"),
    ]
    if _process("initdb", arguments, account, lock).wait() != 0:
        raise ServerError(f"the data directory {place.cluster} could not be made.")
    draft.rename(place.cluster)


def start(place: Place, account: Account, lock: int) -> subprocess.Popen[bytes]:
    """Return the started server, not yet ready; it listens on its socket only."""
    if place.sockets != place.cluster:
        _make_private(place.sockets, account)
    quoted = '"{}"'.format(str(place.sockets).replace('"', '""'))
    options = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": quoted,
        "unix_socket_permissions": "0700",
        **tuning.settings(tuning.memory()),
    }
    arguments: list[str | Path] = ["-D", place.cluster]
    for name, value in options.items():
        arguments += ["-c", f"{name}={value}"]
    return _process("postgres", arguments, account, lock)


def _process(program: str, arguments: Sequence[str | Path], account: Account, lock: int) -> subprocess.Popen[bytes]:
    """Return a started program of PostgreSQL: it runs as `account`, holds `lock`, ends with this process."""
    root = os.geteuid() == 0
    return subprocess.Popen(  # noqa: S603 - the program is the installed package's own
        [str(programs() / program), *arguments],
        stdin=subprocess.DEVNULL,
        cwd="/",
        env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
        pass_fds=[lock],
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has no second thread yet
        user=account.uid if root else None,
        group=account.gid if root else None,
        extra_groups=[] if root else None,
    )


def _end_with_parent() -> None:
    """Have the kernel stop this process, fast but in order, when its parent ends; only Linux can.

    Runs after root was dropped, which would undo it.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _make_private(folder: Path, account: Account) -> None:
    """Make `folder` the account's own; raises ServerError when someone else was there first."""
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        info = folder.lstat()
        if folder.is_symlink() or info.st_uid != account.uid or info.st_mode & 0o077:
            raise ServerError(f"{folder} belongs to someone else: remove it.") from None


def _postmaster(place: Place) -> int | None:
    """Return the process number that the server wrote into its data directory, None before it has."""
    try:
        first = (place.cluster / "postmaster.pid").read_text().partition("\n")[0]
    except FileNotFoundError:
        return None
    return int(first) if first.isdecimal() else None


def _interrupt(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # it may have just ended
        os.kill(pid, signal.SIGINT)
