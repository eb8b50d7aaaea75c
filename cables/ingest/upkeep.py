"""Runs of commands that work on what is held, recorded as imports are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from cables.ingest.report import ImportReport
from cables.models import ImportRun


@contextmanager
def recorded(command: str, report: ImportReport, user: User | None = None) -> Iterator[ImportRun]:
    """Open a run of that command for the report, and close it with the report's counts, whatever ends it.

    To be called by who has the turn: a run of the same command that is still marked as running was killed.
    """
    files = [{"path": command}]
    running = ImportRun.objects.filter(files=files, status=ImportRun.Status.RUNNING)
    running.update(status=ImportRun.Status.FAILED, finished_at=timezone.now())
    run = report.run = ImportRun.objects.create(started_by=user, files=files)
    try:
        yield run
    except BaseException:
        if not connection.needs_rollback and connection.is_usable():
            _close(report, run, ImportRun.Status.FAILED)
        raise
    _close(report, run, ImportRun.Status.FINISHED)


def note_counts(report: ImportReport, run: ImportRun) -> None:
    """Write what the report has counted so far."""
    run.read, run.created, run.updated, run.unchanged = report.read, report.created, report.updated, report.unchanged
    run.forms = dict(report.forms)
    run.save()


def _close(report: ImportReport, run: ImportRun, status: ImportRun.Status) -> None:
    run.status, run.finished_at = status, timezone.now()
    note_counts(report, run)
