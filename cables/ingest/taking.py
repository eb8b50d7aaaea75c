"""Cables taken into the archive outside of an import, a few at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cables.ingest.preparing import Prepared, content_hash, prepare
from cables.ingest.report import ImportReport
from cables.ingest.run import as_received
from cables.ingest.store import Outcome, Store, Stored, known_hashes, without_repeats
from cables.models import ImportProblem, ImportRun
from cables.parsing.records import Problem, RawCable, Unreadable


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place that gives no cable: where, why, its words, and the cable that was refused if there is one."""

    file: str
    line: int | None
    reason: str
    text: str
    cable: Prepared | None = None


class Taker:
    """Takes cables in for a run, counts them in its report, and records what of them was not understood."""

    def __init__(self, report: ImportReport, run: ImportRun) -> None:
        self._report = report
        self._run = run
        self._store = Store(run, searchable=True)

    def take(self, items: Iterable[RawCable | Unreadable]) -> list[Refusal]:
        """Store the cables among the items, and return the places that give none."""
        refusals, cables = [], []
        for item in items:
            if isinstance(item, RawCable):
                cables.append((item, content_hash(item)))
            else:
                refusals.append(Refusal(item.file, item.line, item.reason, item.text))
        known = known_hashes(hashed for _, hashed in cables)
        prepared = [prepare(raw, hashed) for raw, hashed in cables if hashed not in known]
        self._report.read += len(cables)
        self._report.unchanged += len(cables) - len(prepared)
        self._report.forms.update(raw.form for raw, _ in cables)
        refusals += [_refusal(cable, cable.refusal) for cable in prepared if cable.refusal]
        for part in without_repeats(cable for cable in prepared if cable.refusal is None):
            for stored in self._store.write(part):
                if stored.outcome is Outcome.REFUSED:
                    refusals.append(_refusal(stored.cable, stored.problems[0]))
                else:
                    self._note(stored)
        return refusals

    def record(self, refusals: list[Refusal]) -> None:
        """Record these places as problems of the run, as an import would."""
        self._record(
            ImportProblem(
                run=self._run,
                file=refusal.file,
                line=refusal.line,
                identifier=refusal.cable.printed_identifier[:100] if refusal.cable else "",
                reason=refusal.reason,
                text=refusal.text,
                received=as_received(refusal.cable.raw) if refusal.cable else None,
            )
            for refusal in refusals
        )

    def _note(self, stored: Stored) -> None:
        match stored.outcome:
            case Outcome.CREATED:
                self._report.created += 1
            case Outcome.UPDATED:
                self._report.updated += 1
            case Outcome.UNCHANGED:
                self._report.unchanged += 1
        self._record(
            ImportProblem(
                run=self._run,
                file=stored.cable.raw.file,
                line=problem.line,
                identifier=stored.cable.identifier,
                field=problem.field[:40],
                reason=problem.reason,
                text=problem.text,
            )
            for problem in stored.problems
        )

    def _record(self, problems: Iterable[ImportProblem]) -> None:
        for problem in ImportProblem.objects.bulk_create(problems):
            self._report.add_problem(problem)


def _refusal(cable: Prepared, problem: Problem) -> Refusal:
    return Refusal(cable.raw.file, cable.raw.line, problem.reason, problem.text, cable)
