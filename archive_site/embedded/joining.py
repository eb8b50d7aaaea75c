"""How a process comes to use the server: lock, start a guardian if there is none, wait for an answer."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from archive_site.embedded import locks
from archive_site.embedded.account import Account, account_for, hand_over, make_readable, open_passage
from archive_site.embedded.place import DATABASE, MIB, Place, ServerError, address, installation, programs

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 300  # after a crash the server first replays what it had not yet written

# "The database system is starting up" only tells a process that asked too early to ask again.
_COMPLAINT = re.compile(r"(?:FATAL|PANIC|ERROR|error|postgres): *(?! |the database system is )(.+)")


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Keep the server of the data folder running meanwhile. Raises ServerError when it does not start."""
    held = join(folder)
    try:
        yield
    finally:
        os.close(held)


def join(folder: Path) -> int:
    """Return a descriptor that keeps the server running until it is closed here and in children that have it.

    When this returns, the server answers and has the archive's database. Raises ServerError when it does not
    start, OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(folder)
    account = account_for(place.cluster)
    held = locks.shared(place.users)
    try:
        _wait_for_answer(place, account)
    except BaseException:
        os.close(held)
        raise
    return held


def _wait_for_answer(place: Place, account: Account) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    guardian: int | None = None
    while (trouble := _trouble(place)) is not None:
        if time.monotonic() > deadline:
            raise ServerError(f"PostgreSQL in {place.cluster} does not answer: {trouble} See {place.log}.")
        if guardian is not None:
            ended, status = os.waitpid(guardian, os.WNOHANG)
            if ended and status:
                raise ServerError(f"PostgreSQL in {place.cluster} did not start: {_reason(place)} See {place.log}.")
            guardian = None if ended else guardian
        elif _is_free(place.guardian):
            guardian = _start_guardian(place, account)
        time.sleep(0.02)


def _trouble(place: Place) -> str | None:
    """Return why the server does not answer, None when it does; makes the archive's database if missing."""
    maintenance = make_conninfo(**address(place.folder) | {"dbname": "postgres"})
    try:
        with psycopg.connect(maintenance, autocommit=True) as connection:
            named = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if not named.rowcount:
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        return None  # another process made it at the same moment
    except psycopg.OperationalError as error:
        return str(error).partition("\n")[0]
    return None


def _is_free(path: Path) -> bool:
    descriptor = locks.alone_at_once(path)
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is not None


def _start_guardian(place: Place, account: Account) -> int:
    """Return the process number of a new guardian, in a session of its own: Ctrl-C here does not reach it."""
    if not os.access(place.folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place.folder))
    if os.geteuid() == 0:
        hand_over(place.cluster, account)
        open_passage(account, place.cluster)
        make_readable(installation())
        open_passage(account, programs())
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "archive_site.embedded", str(place.folder)],
        {**os.environ, "PYTHONPATH": path},
        setsid=True,
        file_actions=[(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)],
    )


def _reason(place: Place) -> str:
    """Return what the log gives as the first complaint, and whether the disk is full."""
    try:
        text = place.log.read_text(errors="replace")
    except OSError:
        text = ""
    complaints = _COMPLAINT.findall(text) or ["it gave no reason"]
    free = shutil.disk_usage(place.folder).free
    full = f" The disk has only {free // MIB} MB left: make room." if free < 64 * MIB else ""
    return f"{complaints[0].rstrip('.')}.{full}"
