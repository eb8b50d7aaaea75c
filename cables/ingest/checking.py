"""What disagrees in an archive: found by asking the database, and by reading every cable again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cables.ingest import bulk
from cables.ingest.consistency import BACKUP, EXAMPLES, QUESTIONS, REBUILD, REPARSE, ask
from cables.ingest.report import ImportReport
from cables.ingest.rereading import Reread, processes_for, reread
from cables.ingest.turns import turn
from cables.ingest.workers import workers
from cables.models import Cable


@dataclass(slots=True)
class Finding:
    """One kind of disagreement: what it is, what to do about it, how often it occurs, and the first examples."""

    what: str
    advice: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the check_archive command prints it."""
        return {"what": self.what, "count": self.count, "advice": self.advice, "examples": self.examples}


@dataclass(slots=True)
class Check:
    """The outcome of a check: how many cables were read again, what was found, and what could not be told.

    `fields`: name of a field -> in how many cables a better parser would change it. `notes` are findings about which
    nothing needs to be done.
    """

    cables: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)
    unverified: int = 0

    @property
    def exit_status(self) -> int:
        """0: all agrees; 1: something does not."""
        return 1 if self.findings else 0

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as the check_archive command prints it."""
        return {
            "cables": self.cables,
            "unverified": self.unverified,
            "fields": dict(self.fields.most_common()),
            "findings": [found.as_json() for found in self.findings],
            "notes": [found.as_json() for found in self.notes],
        }


def check_archive(
    processes: int | None = None, progress: Callable[[ImportReport], None] = lambda report: None
) -> Check:
    """Return everything in which the archive disagrees with itself or with today's parser; writes nothing.

    No import runs meanwhile. `progress` is told what goes on and how many cables have been read again, of how many.
    Raises django.db.Error when the check cannot be made.
    """
    check, told = Check(), ImportReport()
    begun = time.monotonic()

    def tell(phase: str, done: int = 0, total: int = 0) -> None:
        told.phase, told.done, told.total = phase, done, total
        told.read, told.seconds = check.cables, time.monotonic() - begun
        progress(told)

    with turn(lambda: tell("Waiting for an import to end")):
        if bulk.under_way():
            check.findings.append(Finding("the index of the search is missing", f"{REBUILD} and the index", 1))
        for done, question in enumerate(QUESTIONS):
            tell("Comparing tables", done, len(QUESTIONS))
            count, examples = ask(question)
            if count:
                kind = check.findings if question.advice else check.notes
                kind.append(Finding(question.what, question.advice, count, examples))
        damaged = Finding("cables whose text or values are not those that came in", BACKUP)
        other = Finding("cables that today's parser reads otherwise", REPARSE)
        total = Cable.everything.count()
        with workers(processes or processes_for(total)) as pool:
            for batch in reread(Cable.everything.all(), pool):
                for again in batch:
                    _note(again, check, damaged, other)
                tell("Reading again", check.cables, total)
    check.findings += [found for found in (damaged, other) if found.count]
    return check


def _note(again: Reread, check: Check, damaged: Finding, other: Finding) -> None:
    check.cables += 1
    if again.is_whole is None:
        check.unverified += 1
    elif not again.is_whole:
        damaged.add(again.cable.identifier)
    if again.differences:
        check.fields.update(again.differences)
        other.add(f"{again.cable.identifier}: {', '.join(again.differences)}")
