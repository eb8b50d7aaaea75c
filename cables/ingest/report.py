"""What an import has done so far, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cables.ingest.preview import Preview
from cables.models import ImportProblem, ImportRun

PROBLEMS_KEPT = 50


@dataclass(slots=True)
class ImportReport:
    """Counts of cables, the number of problems and the first of them, and seconds; `run` is None for a dry run.

    `phase` says in a few words what goes on; it is at `done` of `total` (bytes while files are read, else cables; a
    total of 0 is not known). `again_from` is how many items an earlier, broken off run had done. Counts are of the
    whole run, what was broken off included; seconds are of this part. `preview` holds examples of what a dry run found.
    """

    run: ImportRun | None = None
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: int = 0
    first_problems: list[ImportProblem] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    phase: str = ""
    done: int = 0
    total: int = 0
    again_from: int = 0
    preview: Preview = field(default_factory=Preview)

    @property
    def exit_status(self) -> int:
        """0: all imported; 1: some problems, recorded; 2: nothing could be read."""
        if self.read == 0:
            return 2
        return 1 if self.problems else 0

    def as_json(self) -> dict[str, Any]:
        """Return the report as the import_cables command prints it."""
        return {
            "run": self.run.pk if self.run else None,
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "problems": self.problems,
            "seconds": round(self.seconds, 3),
            "forms": dict(sorted(self.forms.items())),
        }

    def resume(self, run: ImportRun) -> None:
        """Take up the counts of a run that was broken off."""
        self.run = run
        self.read, self.created, self.updated, self.unchanged = run.read, run.created, run.updated, run.unchanged
        self.problems = run.problems.count()
        self.first_problems = list(run.problems.all()[:PROBLEMS_KEPT])
        self.forms = Counter(run.forms)
        self.again_from = run.items

    def add_problem(self, problem: ImportProblem) -> None:
        """Count a problem, and keep it if it is one of the first."""
        self.problems += 1
        if len(self.first_problems) < PROBLEMS_KEPT:
            self.first_problems.append(problem)
