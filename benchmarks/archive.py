"""A throwaway archive for measurements: a data folder with a PostgreSQL of its own, and commands run in it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from archive_site import database, embedded
from benchmarks.memory import PeakMemory

ROOT = Path(__file__).resolve().parent.parent
LONGEST_END = 60
"""Seconds that a server may take to write what it still has in memory, and end."""


@dataclass
class Archive:
    """An archive in `folder`, its server running; `peak_mb` is the largest process that any command has had."""

    folder: Path
    peak_mb: dict[str, float] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of commands in this archive."""
        return os.environ | {"ARCHIVE_DATA": str(self.folder), "ARCHIVE_HTTPS": "off", "DATABASE_URL": ""}

    def connect(self) -> psycopg.Connection[Any]:
        """Return a connection of its own to the database, committing each statement."""
        return psycopg.connect(**embedded.address(self.folder), autocommit=True)

    def run(self, *arguments: str) -> tuple[float, str]:
        """Return the seconds that a command of manage.py took, and what it printed. Raises where it failed."""
        command = [sys.executable, "manage.py", *arguments]
        begun = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=subprocess.PIPE, text=True) as process:
            with PeakMemory(process.pid) as memory:
                printed, _ = process.communicate()
            seconds = time.monotonic() - begun
        if process.returncode > 1:
            raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
        self.peak_mb[arguments[0]] = max(self.peak_mb.get(arguments[0], 0), memory.peak_mb)
        return seconds, printed

    def import_cables(self, path: Path) -> tuple[float, dict[str, Any]]:
        """Return the seconds that an import took, and its report."""
        seconds, printed = self.run("import_cables", str(path), "--json")
        return seconds, json.loads(printed)

    @contextmanager
    def serving(self, workers: int = 2) -> Iterator[str]:
        """Serve the archive with gunicorn meanwhile; gives host:port."""
        address = free_address()
        self.run("collectstatic", "--no-input")
        command = [sys.executable, "-m", "gunicorn", "--bind", address, "--workers", str(workers), "--threads", "4"]
        command += ["--log-level", "warning", "--no-control-socket", "archive_site.wsgi"]
        with subprocess.Popen(command, cwd=ROOT, env=self.environ) as process:
            try:
                wait_for(address)
                yield address
            finally:
                process.terminate()


@contextmanager
def archive(folder: Path) -> Iterator[Archive]:
    """Return the archive in the folder, made if absent, its tables and reference data ready.

    Where nobody else uses it, its server has ended afterwards, and the folder can be removed.
    """
    with database.serving({}, folder):
        made = Archive(folder)
        made.run("migrate", "-v0")
        made.run("load_reference_data")
        yield made
    running = embedded.Place(folder).cluster / "postmaster.pid"
    deadline = time.monotonic() + LONGEST_END
    while running.exists() and time.monotonic() < deadline:
        time.sleep(0.1)


def in_parallel(works: list[Any]) -> float:
    """Return the seconds until all the callables, each in a thread of its own, were done."""
    failures: list[BaseException] = []

    def run(work: Any) -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.monotonic() - begun


def free_address() -> str:
    """Return host:port of this machine where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


def wait_for(address: str) -> None:
    """Return when something listens at host:port; raises OSError where nothing does within a minute."""
    host, port = address.split(":")
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
