"""A better parser applied to what is held; what the former one read is kept."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from cables.ingest.report import ImportReport
from cables.ingest.rereading import Reread, processes_for, reread
from cables.ingest.rewriting import Reading, Rewriter, names_of_others
from cables.ingest.store import Outcome
from cables.ingest.turns import turn
from cables.ingest.upkeep import note_counts, recorded
from cables.ingest.workers import workers
from cables.models import Cable, ImportProblem, ImportRun, Reference

CALLED = "manage.py reparse"
_DAMAGED = "It is not what was received: the SHA-256 differs. It stays as it is; a backup may have it whole."


@dataclass(slots=True)
class ReparseReport(ImportReport):
    """What reading again has done, or in a dry run would do: `read` cables, `updated` those now read otherwise.

    `fields` counts the updated cables by what changed; `incomplete` those that came in before the archive kept all
    values and cannot be read again; `references` those that were made to lead to what they mean.
    """

    fields: Counter[str] = field(default_factory=Counter)
    incomplete: int = 0
    references: int = 0

    @property
    def exit_status(self) -> int:
        """0: all cables were read again; 1: some had to be left as they are."""
        return 1 if self.problems or self.incomplete else 0

    def as_json(self) -> dict[str, Any]:
        """Return the report as the reparse command prints it."""
        return {
            "run": self.run.pk if self.run else None,
            "read": self.read,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "incomplete": self.incomplete,
            "problems": self.problems,
            "fields": dict(self.fields.most_common()),
            "references": self.references,
            "seconds": round(self.seconds, 3),
        }


def reparse(
    cables: QuerySet[Cable] | None = None,
    *,
    processes: int | None = None,
    dry_run: bool = False,
    user: User | None = None,
    progress: Callable[[ImportReport], None] = lambda report: None,
) -> ReparseReport:
    """Read these cables again, or all, and return the report; a dry run writes nothing.

    What is read otherwise now is replaced, and kept as a version; fields that an administrator corrected stay. Of all
    cables, references that do not lead to what they mean are set right too. `processes` is how many parse at a time.
    Broken off, it can be called again: what is done is unchanged then. Raises django.db.Error when the database fails.
    """
    report = ReparseReport()
    begun = time.monotonic()

    def tell(phase: str, total: int = 0) -> None:
        report.phase, report.done, report.total = phase, report.read, total
        report.seconds = time.monotonic() - begun
        progress(report)

    wanted = Cable.everything.all() if cables is None else cables
    with (
        turn(lambda: tell("Waiting for an import to end")),
        nullcontext() if dry_run else recorded(CALLED, report, user) as run,
    ):
        total = wanted.count()
        reparser = _Reparser(report, run)
        with workers(processes or processes_for(total)) as pool:
            for batch in reread(wanted, pool):
                with transaction.atomic():
                    reparser.take(batch)
                tell("Reading again", total)
        if run and cables is None:
            tell("Settling references")
            with transaction.atomic():
                report.references = Reference.objects.release_astray() + Reference.objects.settle_all()
    report.seconds = time.monotonic() - begun
    return report


class _Reparser:
    """Takes batches of cables read again into the tables, and counts; without a run it only counts."""

    def __init__(self, report: ReparseReport, run: ImportRun | None) -> None:
        self._report = report
        self._run = run
        self._rewriter = Rewriter(run, searchable=True) if run else None
        self._problems: list[ImportProblem] = []

    def take(self, batch: list[Reread]) -> None:
        """Replace what is read otherwise; what cannot be replaced is a problem, or incomplete."""
        self._report.read += len(batch)
        changed = self._with_free_names([(reading, each) for each in batch if (reading := self._reading(each))])
        refused = self._replace([reading for reading, _ in changed])
        for reading, each in changed:
            if reason := refused.get(reading.cable_id):
                self._problem(each, "cable", f"Read again: {reason}")
            else:
                self._report.updated += 1
                self._report.fields.update(each.differences)
        if self._run and (changed or self._problems):
            ImportProblem.objects.bulk_create(self._problems)
            note_counts(self._report, self._run)
        self._problems = []

    def _replace(self, readings: list[Reading]) -> dict[int, str]:
        """Replace what was read before, and return why some were refused, by the numbers of the cables."""
        if self._rewriter is None:
            return {}
        outcomes = zip(readings, self._rewriter.replace(readings), strict=True)
        return {
            reading.cable_id: stored.problems[0].reason
            for reading, stored in outcomes
            if stored.outcome is Outcome.REFUSED
        }

    def _reading(self, each: Reread) -> Reading | None:
        """Return what is read otherwise, None where there is nothing to replace: that is counted here."""
        if each.prepared is None:
            if each.is_whole is None:
                self._report.incomplete += 1
            else:
                self._problem(each, "content_hash", _DAMAGED)
        elif each.prepared.refusal:
            self._problem(each, "identifier", f"Read again: {each.prepared.refusal.reason} It stays as it is.")
        elif not each.differences:
            self._report.unchanged += 1
        else:
            # Paragraphs can be made again from the body: a version does not hold them.
            keeps_former = each.differences != ["paragraphs"]
            return Reading(each.cable.pk, each.prepared, each.cable.run_id, keeps_former=keeps_former)
        return None

    def _with_free_names(self, changed: list[tuple[Reading, Reread]]) -> list[tuple[Reading, Reread]]:
        """Return the cables whose new identifier, where they have one, leads to no other cable."""
        taken = names_of_others({each.cable.identifier: each.identifier for _, each in changed})
        free = []
        for reading, each in changed:
            name = each.identifier
            if name != each.cable.identifier and name in taken:
                reason = f"Read again, it is {name}, and that leads to another cable. It stays as it is."
                self._problem(each, "identifier", reason)
                continue
            taken.add(name)
            free.append((reading, each))
        return free

    def _problem(self, each: Reread, name: str, reason: str) -> None:
        cable = each.cable
        row = ImportProblem(
            run=self._run,
            file=cable.source_file,
            line=cable.source_line,
            identifier=cable.identifier,
            field=name,
            reason=reason,
        )
        self._report.add_problem(row)
        self._problems.append(row)
