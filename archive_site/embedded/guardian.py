"""The process that starts the server for its users and stops it after the last of them."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from archive_site.embedded import locks, server
from archive_site.embedded.account import account_for
from archive_site.embedded.place import Place, ServerError


def main(folder: Path) -> int:
    """Return the exit status: 0 after the users left and the server stopped, or when there is a guardian."""
    place = Place(folder)
    os.chdir("/")  # holds no one's folder for as long as it runs
    guardian = locks.alone_at_once(place.guardian)
    if guardian is None:
        return 0
    _write_to(place.log)
    try:
        status = _serve(place)
    except (OSError, ServerError) as error:
        print(f"error: {error}", file=sys.stderr)
        status = 1
    os.close(guardian)  # before `users` is freed by this process's end: who comes next starts a guardian of their own
    return status


def _serve(place: Place) -> int:
    """Return 0 after the users have left and the server stopped, 1 when it ended by itself."""
    lock = server.claim(place)
    account = account_for(place.cluster)
    if not place.cluster.exists():
        server.create(place, account, lock)
    process = server.start(place, account, lock)
    os.close(lock)  # from now on the server's own
    stopping = threading.Event()

    def stop(*_: object) -> None:
        stopping.set()
        process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        # One that is told to stop while it recovers from a crash has been seen never to end.
        insist = threading.Timer(server.SECONDS_TO_STOP, process.send_signal, [signal.SIGQUIT])
        insist.daemon = True
        insist.start()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    threading.Thread(target=_stop_after_users, args=(place, stop), daemon=True).start()
    process.wait()
    if place.sockets != place.cluster:
        shutil.rmtree(place.sockets, ignore_errors=True)
    return 0 if stopping.is_set() else 1


def _stop_after_users(place: Place, stop: Callable[[], None]) -> None:
    locks.alone(place.users)  # stays held, so that no one joins a server that is stopping
    stop()


def _write_to(log: Path) -> None:
    """Send what this process and its children print to a new log; the one before is kept beside it."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.old"))
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
