"""Uploads looked through, imported and cleared away: what the worker does with them."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from psycopg.errors import DiskFull

from cables.ingest.preview import LONGEST_VALUE
from cables.ingest.report import ImportReport
from cables.ingest.run import import_paths
from cables.models import ImportProblem, ImportRun, Upload

logger = logging.getLogger(__name__)

State = Upload.State

MOST_ATTEMPTS = 5
"""How often a worker may end in the midst of one upload before nobody tries again by itself."""
SECONDS_BETWEEN_TELLING = 1.5
SECONDS_OF_A_LEFTOVER = 24 * 3600
INCOMING = "incoming-"
"""What the name of a folder begins with while its files arrive."""
_NAMED = 20
"""Files that are looked up among those imported before."""


class _StoppedError(Exception):
    """Somebody wishes the work to end."""


def look_through(number: int, attempt: int = 1) -> None:
    """Find out what importing an upload would do, and keep that as its preview."""

    def work(upload: Upload, progress: Callable[[ImportReport], None]) -> None:
        report = import_paths(
            upload.paths, release=upload.release_name, below=upload.folder, dry_run=True, progress=progress
        )
        found = preview_of(report) | {"same": same_files(upload)}
        upload.move(State.READING, State.STOPPING, to=State.READY, preview=found)

    _work(number, attempt, waiting=State.TO_READ, working=State.READING, work=work)


def import_upload(number: int, user: int, attempt: int = 1) -> None:
    """Import an upload for that user; its files are deleted then: what was refused is kept with the run's problems."""

    def work(upload: Upload, progress: Callable[[ImportReport], None]) -> None:
        run = upload.run
        if run is None or run.status != ImportRun.Status.FINISHED:  # else a worker ended just after it
            run = import_paths(
                upload.paths,
                release=upload.release_name,
                below=upload.folder,
                user=User.objects.filter(pk=user).first(),
                progress=progress,
            ).run
        upload.move(State.IMPORTING, State.STOPPING, to=State.IMPORTED, run=run)
        delete_files(upload)

    _work(number, attempt, waiting=State.TO_IMPORT, working=State.IMPORTING, work=work)


def discard(upload: Upload) -> bool:
    """Return whether the upload could be discarded, and delete its files: nobody is at work with it."""
    discarded = upload.move(State.TO_READ, State.READY, State.TO_IMPORT, State.BROKEN_OFF, to=State.DISCARDED)
    if discarded:
        delete_files(upload)
    return discarded


def stop(upload: Upload, user: User) -> bool:
    """Return whether a worker was busy with the upload: it ends with the cables that it has in hand."""
    return upload.move(State.READING, State.IMPORTING, to=State.STOPPING, message=f"Stopped by {user}.")


def delete_files(upload: Upload) -> None:
    """Delete the folder of an upload. What cannot be deleted is logged, and swept up later."""
    try:
        shutil.rmtree(upload.folder)
    except FileNotFoundError:
        pass
    except OSError:
        logger.exception("The files of %s cannot be deleted", upload)


def sweep() -> None:
    """Delete the folders that no upload needs and nobody has touched for a day: files that stopped arriving, too."""
    if not settings.UPLOAD_DIR.is_dir():
        return
    needed = Upload.objects.exclude(state__in=[State.IMPORTED, State.DISCARDED])
    for folder in settings.UPLOAD_DIR.iterdir():
        number = int(folder.name) if folder.name.isdecimal() else None
        if number is None and not folder.name.startswith(INCOMING):
            continue
        with suppress(OSError):  # it may go meanwhile
            old = time.time() - folder.stat().st_mtime > SECONDS_OF_A_LEFTOVER
            if old and (number is None or not needed.filter(pk=number).exists()):
                shutil.rmtree(folder)


def preview_of(report: ImportReport) -> dict[str, Any]:
    """Return what a dry run found, as JSON holds it, bounded whatever the files hold."""
    problems = [_problem(problem) for problem in report.first_problems]
    return report.as_json() | report.preview.as_json() | {"first_problems": problems}


def same_files(upload: Upload) -> list[dict[str, Any]]:
    """Return those of the first files, by name, that a finished run imported before to the letter, with its number."""
    finished = ImportRun.objects.filter(status=ImportRun.Status.FINISHED).order_by("-pk")
    found = []
    for file in upload.files[:_NAMED]:
        run = finished.filter(files__contains=[{"sha256": file["sha256"]}]).values_list("pk", flat=True).first()
        if run is not None:
            found.append({"name": file["name"], "run": run})
    return found


def _work(
    number: int, attempt: int, *, waiting: State, working: State, work: Callable[[Upload, _Progress], None]
) -> None:
    """Do the work on an upload that waits for it, or that a worker left in its midst.

    What goes wrong is told on the upload. Where the connection is lost the error goes on to the worker, which begins
    again once it can.
    """
    upload = Upload.objects.filter(pk=number).first()
    if upload is None or upload.move(State.STOPPING, to=State.BROKEN_OFF):  # a worker ended while it was told to stop
        return
    if not upload.move(waiting, working, to=working, message=""):
        return
    session = connection.connection
    try:
        if attempt > MOST_ATTEMPTS:
            reason = f"A worker ended in the midst of it {MOST_ATTEMPTS} times: the log of the worker may tell why."
            upload.move(working, to=State.BROKEN_OFF, message=reason)
        elif gone := [path.name for path in upload.paths if not path.is_file()]:
            reason = (
                f"{gone[0]} is no longer in {settings.UPLOAD_DIR}. Discard this upload, and upload the files again."
            )
            upload.move(working, to=State.BROKEN_OFF, message=reason)
        else:
            work(upload, _Progress(upload))
    except _StoppedError:
        logger.info("%s is stopped", upload)
        upload.move(State.STOPPING, to=State.BROKEN_OFF)
    except Exception as error:
        # Django connects anew after a transaction whose connection was lost.
        if connection.connection is not session:
            raise
        logger.exception("%s is broken off", upload)
        told = f"{type(error).__name__}: {error}".replace(f"{upload.folder}/", "")
        if isinstance(error.__cause__, DiskFull):
            told = f"The disk of the database is full. Make room, and then go on. The database says: {error}"
        upload.move(working, State.STOPPING, to=State.BROKEN_OFF, message=told)


class _Progress:
    """Writes how far an import is to its upload, where all connections see it: not too often, and each new phase.

    Raises _StoppedError once somebody has stopped the upload, unless all is done by then.
    """

    def __init__(self, upload: Upload) -> None:
        self._row = Upload.objects.filter(pk=upload.pk)
        self._phase = ""
        self._told = 0.0

    def __call__(self, report: ImportReport) -> None:
        new = report.phase != self._phase
        if not new and time.monotonic() - self._told < SECONDS_BETWEEN_TELLING:
            return
        self._phase, self._told = report.phase, time.monotonic()
        values: dict[str, Any] = {"phase": report.phase, "done": report.done, "total": report.total}
        values["told_at"] = timezone.now()
        if new:
            values["phase_at"] = values["told_at"]
        if report.run is not None:
            values["run"] = report.run
        self._row.update(**values)
        if report.phase and self._row.filter(state=State.STOPPING).exists():
            raise _StoppedError


def _problem(problem: ImportProblem) -> dict[str, Any]:
    kept = {name: getattr(problem, name) for name in ("file", "line", "identifier", "field")}
    return kept | {"reason": problem.reason[:LONGEST_VALUE], "text": problem.text[:LONGEST_VALUE]}
