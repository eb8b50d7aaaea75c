"""A better parser applied to what is held; what the former one read is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from cables.ingest.report import ImportReport
from cables.ingest.rereading import CABLES_AT_ONCE, Reread, reread
from cables.ingest.store import Store
from cables.ingest.turns import turn
from cables.ingest.workers import workers
from cables.models import Cable, ImportProblem, ImportRun
from cables.parsing.records import Problem

CALLED = "manage.py reparse"


def reparse(
    cables: QuerySet[Cable],
    *,
    processes: int,
    dry_run: bool = False,
    user: User | None = None,
    progress: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Read the cables again and return the report: `read` cables, `updated` those that today's parser reads otherwise.

    Fields that an administrator corrected stay. The former reading of each changed cable is kept as a version. Broken
    off, it can be called again: what is done is unchanged then.
    """
    report = ImportReport(phase="Reading again", total=cables.count())
    begun = time.monotonic()
    with turn(lambda: None):
        if not dry_run:
            report.run = ImportRun.objects.create(started_by=user, files=[{"path": CALLED}])
        store = Store(report.run, searchable=True) if report.run else None
        with workers(processes) as pool:
            for batch in _batches(reread(cables, pool)):
                _apply(batch, store, report)
                report.done = report.read
                report.seconds = time.monotonic() - begun
                progress(report)
        if report.run:
            run = report.run
            run.read, run.updated, run.unchanged = report.read, report.updated, report.unchanged
            run.status, run.finished_at = ImportRun.Status.FINISHED, timezone.now()
            run.save()
    return report


def _batches(cables: Iterator[Reread]) -> Iterator[list[Reread]]:
    while batch := list(islice(cables, CABLES_AT_ONCE)):
        yield batch


def _apply(batch: list[Reread], store: Store | None, report: ImportReport) -> None:
    """Store what is read otherwise now, in one transaction, and count."""
    changed = [again for again in batch if again.differences]
    report.read += len(batch)
    report.unchanged += len(batch) - len(changed)
    report.updated += len(changed)
    if store is None:
        return
    for again, problem in store.read_again([(again.cable, again.prepared) for again in changed]):
        report.updated -= 1
        row = _problem(report, again, problem)
        row.save()
        report.add_problem(row)


def _problem(report: ImportReport, cable: Cable, problem: Problem) -> ImportProblem:
    return ImportProblem(
        run=report.run,
        file=cable.source_file,
        line=cable.source_line,
        identifier=cable.identifier,
        field=problem.field,
        reason=problem.reason,
        text=problem.text,
    )
