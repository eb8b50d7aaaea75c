"""Problems of earlier imports taken up again: by a better parser, or after an administrator has mended the text."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cables.ingest.preparing import content_hash, prepare
from cables.ingest.report import ImportReport
from cables.ingest.store import Outcome, Store, Stored
from cables.ingest.turns import turn
from cables.models import ImportProblem, ImportRun
from cables.parsing.records import RawCable, Unreadable
from cables.sources import read_path
from cables.sources.documents import Document
from cables.sources.reading import read_document

CALLED = "manage.py retry_problems"


def unsettled(runs: list[int] | None = None) -> QuerySet[ImportProblem]:
    """Return the problems, of these runs or of all, for which a cable did not come in and has not since."""
    problems = ImportProblem.objects.filter(field="", settled_by=None).order_by("pk")
    return problems.filter(run__in=runs) if runs else problems


def retry_problems(
    problems: QuerySet[ImportProblem],
    *,
    user: User | None = None,
    progress: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Try to import what the problems are about, and return the report; those that succeed are settled by its run.

    What was received is read again where the problem keeps it, else the text of the problem (which may have been
    mended) as a file of its own, else the file that it names, if that is there now.
    """
    report = ImportReport(phase="Trying again", total=problems.count())
    begun = time.monotonic()
    with turn(lambda: None):
        report.run = ImportRun.objects.create(started_by=user, files=[{"path": CALLED}])
        store = Store(report.run, searchable=True)
        for problem in problems.iterator():
            with transaction.atomic():
                if _retry(problem, store, report):
                    problem.settled_by = report.run
                    problem.save(update_fields=["settled_by"])
                else:
                    report.add_problem(problem)
            report.done += 1
            report.seconds = time.monotonic() - begun
            progress(report)
        run = report.run
        run.read, run.created, run.updated, run.unchanged = (
            report.read,
            report.created,
            report.updated,
            report.unchanged,
        )
        run.forms = dict(report.forms)
        run.status, run.finished_at = ImportRun.Status.FINISHED, timezone.now()
        run.save()
    return report


def _retry(problem: ImportProblem, store: Store, report: ImportReport) -> bool:
    """Return whether everything that the problem is about could be read and is in the archive now."""
    found = list(_items(problem))
    good = bool(found)
    for item in found:
        stored = _store(item, store) if isinstance(item, RawCable) else None
        if stored is None or stored.outcome is Outcome.REFUSED:
            good = False
            continue
        report.read += 1
        report.forms[stored.cable.raw.form] += 1
        match stored.outcome:
            case Outcome.CREATED:
                report.created += 1
            case Outcome.UPDATED:
                report.updated += 1
            case _:
                report.unchanged += 1
    return good


def _items(problem: ImportProblem) -> Iterator[RawCable | Unreadable]:
    if problem.received:
        yield RawCable(**problem.received)
    elif problem.text:
        yield from read_document(Document(problem.file, io.BytesIO(problem.text.encode())))
    elif Path(problem.file).exists():
        yield from read_path(problem.file)


def _store(raw: RawCable, store: Store) -> Stored | None:
    prepared = prepare(raw, content_hash(raw))
    return store.write([prepared])[0] if prepared.refusal is None else None
