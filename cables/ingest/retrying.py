"""Problems of earlier imports taken up again: by a better parser, with a mended text, or where a file is there now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from cables.ingest.batches import read_batches
from cables.ingest.kept_text import items_of
from cables.ingest.report import PROBLEMS_KEPT, ImportReport
from cables.ingest.taking import Taker
from cables.ingest.turns import do_not_wait, turn
from cables.ingest.upkeep import note_counts, recorded
from cables.models import ImportProblem, ImportRun
from cables.parsing.records import RawCable

CALLED = "manage.py retry_problems"
AT_ONCE = 50
"""Problems, with their texts, in memory at a time."""

_NOTHING_KEPT = Q(received__isnull=True, text="")


@dataclass(slots=True)
class RetryReport(ImportReport):
    """What trying again has done; `problems` are new ones, of what came in now.

    `tried` problems were taken up and `settled` of them settled; `failures` are the first of the others, each with the
    reason why it still is one.
    """

    tried: int = 0
    settled: int = 0
    failures: list[tuple[ImportProblem, str]] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """0: all that was tried is settled; 1: some problems stay."""
        return 0 if self.settled == self.tried else 1

    def as_json(self) -> dict[str, Any]:
        """Return the report as the retry_problems command prints it, without the failures."""
        return {
            "run": self.run.pk if self.run else None,
            "tried": self.tried,
            "settled": self.settled,
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "problems": self.problems,
            "seconds": round(self.seconds, 3),
        }


def unsettled(runs: list[int] | None = None) -> QuerySet[ImportProblem]:
    """Return the problems, of these runs or of all, for which a cable did not come in and has not since.

    Those that were set aside, and those of runs that were undone, wait for nobody.
    """
    problems = ImportProblem.objects.that_kept_a_cable_out().open().order_by("pk")
    return problems.filter(run__in=runs) if runs else problems


def named(problems: list[int]) -> QuerySet[ImportProblem]:
    """Return those of these problems that can be tried, whether they were set aside or not."""
    wanted = ImportProblem.objects.that_kept_a_cable_out().filter(pk__in=problems, settled_by=None)
    return wanted.filter(run__undone_by=None).order_by("pk")


def retry_problems(
    problems: QuerySet[ImportProblem],
    *,
    user: User | None = None,
    wait: bool = True,
    progress: Callable[[ImportReport], None] = lambda report: None,
) -> RetryReport:
    """Try to import what these unsettled problems are about, and return the report; there is a run if there are any.

    What was received is read again where the problem keeps it, else the text of the problem (which may have been
    mended) as a file of its own, else the file that it names, if that is there now. A problem is settled when all of it
    has come in, or is held. Unless it may `wait` for an import to end, turns.BusyError is raised. Raises
    django.db.Error when the database fails; what was settled before that stays.
    """
    report = RetryReport()
    begun = time.monotonic()

    def tell(phase: str, total: int = 0) -> None:
        report.phase, report.done, report.total = phase, report.tried, total
        report.seconds = time.monotonic() - begun
        progress(report)

    with turn(lambda: tell("Waiting for an import to end") if wait else do_not_wait()):
        total = problems.count()
        if total:
            with recorded(CALLED, report, user) as run:
                retrier = _Retrier(report, run)
                for few in _in_order(problems.exclude(_NOTHING_KEPT)):
                    for problem in few:
                        retrier.try_kept(problem)
                    note_counts(report, run)
                    tell("Trying again", total)
                for path, few in _by_path(problems.filter(_NOTHING_KEPT)):
                    retrier.try_path(path, few)
                    tell("Trying again", total)
    report.seconds = time.monotonic() - begun
    return report


class _Retrier:
    """Takes up problems, and settles those that can be settled."""

    def __init__(self, report: RetryReport, run: ImportRun) -> None:
        self._report = report
        self._run = run
        self._taker = Taker(report, run)

    def try_kept(self, problem: ImportProblem) -> None:
        """Try what the problem keeps."""
        with transaction.atomic():
            items = items_of(problem)
            refusals = self._taker.take(items)
            self._end(problem, refusals[0].reason if refusals else "" if items else "there is no cable in its text")

    def try_path(self, path: Path | None, problems: list[ImportProblem]) -> None:
        """Read a path again, and take what it gives at the places of these problems; record what is newly wrong there.

        None is the path of a file that is not there.
        """
        if path is None:
            for problem in problems:
                uploaded = problem.run.started_by_id is not None
                self._end(problem, "it was uploaded: upload the file again" if uploaded else "there is no such file")
            return
        files = {problem.file for problem in problems}
        read: set[str] = set()
        refused: dict[tuple[str, int | None], str] = {}
        for batch in read_batches([path], release=problems[0].run.release_name, watch=lambda count: None):
            items = [item for item in batch.items if _within(item.file, files)]
            with transaction.atomic():
                refusals = self._taker.take(items)
                self._taker.record([each for each in refusals if not _is_known(each.file, each.line)])
            refused |= {(each.file, each.line): each.reason for each in refusals}
            read |= {_within(item.file, files) for item in items if isinstance(item, RawCable)}
        for problem in problems:
            nothing = "" if problem.file in read else "there is no cable in it"
            self._end(problem, refused.get((problem.file, problem.line), nothing))

    def _end(self, problem: ImportProblem, reason: str) -> None:
        """Settle the problem, or note the reason why it stays."""
        self._report.tried += 1
        if not reason:
            self._report.settled += 1
            problem.settled_by = self._run
            problem.save(update_fields=["settled_by"])
        elif len(self._report.failures) < PROBLEMS_KEPT:
            self._report.failures.append((problem, reason))


def _in_order(problems: QuerySet[ImportProblem]) -> Iterator[list[ImportProblem]]:
    last = 0
    while few := list(problems.select_related("run").filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield few
        last = few[-1].pk


def _by_path(problems: QuerySet[ImportProblem]) -> list[tuple[Path | None, list[ImportProblem]]]:
    """Return the problems by the path that is to be read again, None where there is none, and by release."""
    groups: dict[tuple[Path | None, str], list[ImportProblem]] = {}
    for problem in problems.select_related("run").order_by("pk"):
        # The name of an upload is that of a file on somebody else's machine.
        path = None if problem.run.started_by_id else _on_disk(Path(problem.file))
        groups.setdefault((path, problem.run.release_name), []).append(problem)
    return [(path, group) for (path, _), group in groups.items()]


def _on_disk(named: Path) -> Path | None:
    """Return the path, or the archive that it leads into; None where there is neither."""
    if named.exists():
        return named
    return next((path for path in named.parents if path.is_file()), None)


def _within(file: str, files: set[str]) -> str:
    """Return which of these files this is, or which folder or archive among them it lies in; "" if none."""
    while file and file not in files:
        file = file.rpartition("/")[0]
    return file


def _is_known(file: str, line: int | None) -> bool:
    return ImportProblem.objects.filter(field="", file=file, line=line).exists()
