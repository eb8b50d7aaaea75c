"""A folder that is watched: what comes into it is imported once it has come to rest.

It is looked at again and again: that works on every file system, shares of a network included.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from django.db import Error, connection

from cables.ingest.batches import fingerprint
from cables.ingest.report import ImportReport
from cables.ingest.run import import_paths
from cables.models import ImportRun

SECONDS_BETWEEN_LOOKS = 5.0
LONGEST_PAUSE = 60.0
_ARRIVING = (".part", ".tmp", ".crdownload")

Marks = dict[Path, tuple[int, int]]
"""Files with their bytes and the time of their last change."""


def watch(
    folder: Path,
    *,
    release: str = "",
    processes: int | None = None,
    imported: Callable[[ImportReport, list[Path]], None],
    failed: Callable[[Exception], None],
    pause: float = SECONDS_BETWEEN_LOOKS,
) -> NoReturn:
    """Import the files in the folder and those below it, and whatever comes or changes, until something is raised.

    A file whose size and time are the same at two looks, `pause` seconds apart, is taken, unless a finished run
    imported the same content before; those found at one look are one run. `imported` is told of each run. What hinders
    one, a database that is away or a folder that cannot be read, is told to `failed` and tried again, after pauses that
    grow.
    """
    seen: Marks = {}
    done: Marks = {}
    patience = pause
    while True:
        try:
            before, seen = seen, look(folder)
            rested = [path for path, mark in seen.items() if before.get(path) == mark != done.get(path)]
            if new := not_imported(rested):
                imported(import_paths(new, release=release, processes=processes), new)
            done |= {path: seen[path] for path in rested}
            patience = pause
        except (Error, OSError) as error:
            if isinstance(error, Error):
                connection.close()
            patience = min(2 * patience, max(pause, LONGEST_PAUSE))
            failed(error)
        time.sleep(patience)


def look(folder: Path) -> Marks:
    """Return the files in the folder and below it, in order, but for hidden ones and those that still arrive.

    Raises OSError where a folder cannot be read.
    """

    def complain(error: OSError) -> None:
        raise error

    marks: Marks = {}
    for name, folders, files in os.walk(folder, onerror=complain):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            path = Path(name, file)
            if file.startswith(".") or file.lower().endswith(_ARRIVING):
                continue
            try:
                info = path.stat()
            except FileNotFoundError:  # it went meanwhile
                continue
            if stat.S_ISREG(info.st_mode):
                marks[path] = (info.st_size, info.st_mtime_ns)
    return marks


def not_imported(paths: Iterable[Path]) -> list[Path]:
    """Return those of the files, still there, whose content no finished run has imported."""
    hashes = {path: fingerprint(path).get("sha256") for path in paths}
    if not hashes:
        return []
    runs = ImportRun.objects.filter(status=ImportRun.Status.FINISHED).order_by().values_list("files", flat=True)
    known = {file.get("sha256") for files in runs.iterator() for file in files} - {None}
    return [path for path, hashed in hashes.items() if hashed not in known and path.exists()]
