"""A run undone: what it created goes, what it changed is again as it was, and what hung on it follows."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auditlog.context import disable_auditlog
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cables.ingest import bulk
from cables.ingest.batches import CABLES
from cables.ingest.hindrances import Examined, examine
from cables.ingest.preparing import content_hash, received_again
from cables.ingest.report import ImportReport
from cables.ingest.rereading import processes_for, with_name_of_post
from cables.ingest.rewriting import Reading, Rewriter
from cables.ingest.store import Outcome
from cables.ingest.touched import created, replaced
from cables.ingest.turns import turn
from cables.ingest.upkeep import note_counts, recorded
from cables.ingest.workers import Promise, Workers, workers
from cables.models import Alias, Cable, ImportProblem, ImportRun, Post, Reference, Version, Withholding, Word
from cables.parsing.records import RawCable

AT_ONCE = 1000
"""Cables that one statement takes away."""


class HinderedError(Exception):
    """The run cannot be undone; nothing was changed. The message says why."""


@dataclass(slots=True)
class UndoReport(ImportReport):
    """What undoing has done: `removed` cables are gone, `updated` are as they were before."""

    removed: int = 0


def undo_run(
    run: ImportRun, *, user: User | None = None, progress: Callable[[ImportReport], None] = lambda report: None
) -> UndoReport:
    """Undo what the run did to the archive, and return the report, whose run is that of the undoing.

    All of it or nothing: readers see the archive as it is, and then as it was. Problems that the run settled are open
    again; posts and TAGS that came with it stay, without cables. A run that is undone already is left alone. Raises
    HinderedError where something stands against it, and django.db.Error when the database fails.
    """
    report = UndoReport()
    begun = time.monotonic()

    def tell(phase: str, done: int = 0, total: int = 0) -> None:
        report.phase, report.done, report.total = phase, done, total
        report.seconds = time.monotonic() - begun
        progress(report)

    with turn(lambda: tell("Waiting for an import to end")):
        run.refresh_from_db()
        if run.undone_by is not None:
            report.run = run.undone_by
            return report
        _examined(run)
        # The audit trail has the run of the undoing; an entry for each cable would take longer than all the rest.
        with recorded(f"undo of run {run.pk}", report, user) as undoing, disable_auditlog(), transaction.atomic():
            _Undoer(run, undoing, report, tell).undo()
        if bulk.under_way():  # it was a first, large import that had been broken off
            bulk.finish(processes_for(Cable.everything.count()), tell)
        tell("Gathering the archive's words")
        Word.objects.keep_up()
    tell("")
    return report


def _examined(run: ImportRun) -> Examined:
    """Return what undoing the run will do."""
    examined = examine(run)
    if not examined.possible:
        raise HinderedError(str(examined))
    return examined


class _Undoer:
    """Undoes a run, in the transaction that is open."""

    def __init__(
        self, run: ImportRun, undoing: ImportRun, report: UndoReport, tell: Callable[[str, int, int], None]
    ) -> None:
        self._run = run
        self._undoing = undoing
        self._report = report
        self._tell = tell

    def undo(self) -> None:
        """Undo it, and mark it as undone."""
        Withholding.objects.among([])  # who withholds waits for the undoing, and not each for the other
        # Nobody corrects one of these cables meanwhile; somebody may have, just before.
        for _ in Cable.everything.filter(run=self._run).order_by("pk").select_for_update().only("pk").iterator():
            pass
        examined = _examined(self._run)
        self._remove(list(created(self._run).values_list("pk", flat=True)))
        with workers(processes_for(examined.returning)) as pool:
            self._restore(pool, examined.returning)
        Version.objects.filter(recorded_in=self._run).delete()
        Alias.objects.filter(run=self._run).delete()
        self._tell("Settling references", 0, 0)
        Reference.objects.release_astray()
        Reference.objects.settle_all()
        ImportProblem.objects.filter(settled_by=self._run).update(settled_by=None)
        self._run.undone_by = self._undoing
        self._run.save(update_fields=["undone_by"])
        # Whatever becomes of this process once all is written, the run of the undoing has ended well.
        self._undoing.status, self._undoing.finished_at = ImportRun.Status.FINISHED, timezone.now()
        self._undoing.removed = self._report.removed
        note_counts(self._report, self._undoing)

    def _remove(self, numbers: list[int]) -> None:
        """Take away these cables and all that hangs on them; what cites them is open again."""
        for start in range(0, len(numbers), AT_ONCE):
            few = numbers[start : start + AT_ONCE]
            Cable.everything.only("pk").filter(pk__in=few).delete()
            self._report.removed += len(few)
            self._report.read += len(few)
            self._tell("Taking cables away", self._report.removed, len(numbers))

    def _restore(self, pool: Workers, total: int) -> None:
        """Write again what was shown before the run, read by today's parser."""
        rewriter = Rewriter(self._undoing, searchable=True)
        waiting: deque[tuple[list[Version], Promise]] = deque()
        for few in _batches(self._run):
            waiting.append((few, pool.prepare([(_as_received(each), each.content_hash) for each in few])))
            if len(waiting) > pool.at_once:
                self._rewrite(rewriter, *waiting.popleft())
                self._tell("Restoring cables", self._report.updated, total)
        while waiting:
            self._rewrite(rewriter, *waiting.popleft())
            self._tell("Restoring cables", self._report.updated, total)

    def _rewrite(self, rewriter: Rewriter, versions: list[Version], promise: Promise) -> None:
        posts = Post.objects.in_bulk({each.fields["origin"] for each in versions} - {None})
        readings = []
        for version, prepared in zip(versions, promise.result(), strict=True):
            former = Cable(origin=posts.get(version.fields["origin"]))
            readings.append(Reading(version.cable_id, with_name_of_post(prepared, former), version.run_id))
        for stored in rewriter.replace(readings):
            if stored.outcome is Outcome.REFUSED:
                raise HinderedError(f"{stored.cable.identifier}: {stored.problems[0].reason}")
        self._report.updated += len(readings)
        self._report.read += len(readings)


def _as_received(version: Version) -> RawCable:
    """Return what was received, from what a version keeps of it."""
    fields = version.fields
    raw = received_again(fields["form"], fields["source_file"], fields["source_line"], fields)
    if content_hash(raw) != version.content_hash:
        raise HinderedError(
            f"{fields['identifier']} cannot return to what it was: not all that was received is kept of it."
        )
    return raw


def _batches(run: ImportRun) -> Iterator[list[Version]]:
    last = 0
    while few := list(replaced(run).filter(pk__gt=last)[:CABLES]):
        yield few
        last = few[-1].pk
