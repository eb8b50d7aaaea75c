"""One import from beginning to end: files are read, cables parsed, batches stored, and everything counted."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from cables.ingest.rows import Incoming, content_hash, refusal
from cables.ingest.store import Outcome, Stored, decide, store
from cables.models import ImportProblem, ImportRun
from cables.parsing.cable import parse_cable
from cables.parsing.records import Problem, Unreadable
from cables.sources import read_path

BATCH = 100
_TURN = 0x0CAB1E  # the advisory lock by which imports take turns


@dataclass(slots=True)
class ImportReport:
    """What an import did so far: counts of cables, the problems, and seconds; `run` is None for a dry run."""

    run: ImportRun | None = None
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[ImportProblem] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

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
            "problems": len(self.problems),
            "seconds": round(self.seconds, 3),
            "forms": dict(sorted(self.forms.items())),
        }


def import_paths(
    paths: Iterable[Path | str],
    *,
    release: str = "",
    user: User | None = None,
    dry_run: bool = False,
    below: Path | None = None,
    progress: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Import files, folders and archives of any known form and return the report; a dry run writes nothing.

    `release` names the release for files that name none. `below` is a folder that no report names: what lies in it is
    told by its path from there. `progress` is called after each batch. Whatever cannot be read or
    understood is a problem in the report (and a row, unless dry); raises django.db.Error when the database fails, with
    every batch before that stored.
    """
    places = [Path(path) for path in paths]
    with _turn():
        importer = _Importer(release, dry_run, below, progress)
        if not dry_run:
            importer.report.run = ImportRun.objects.create(
                started_by=user, release_name=release, files=[_fingerprint(path, below) for path in places]
            )
        try:
            for path in places:
                importer.take(path)
        except BaseException:
            importer.close(ImportRun.Status.FAILED)
            raise
        importer.close(ImportRun.Status.FINISHED)
    return importer.report


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until no other import runs, and hold the others off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_TURN])
        try:
            yield
        finally:
            if not connection.needs_rollback and connection.connection and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])


def _fingerprint(path: Path, below: Path | None) -> dict[str, Any]:
    """Return the path as given and, for a file, its SHA-256 in hexadecimal and size in bytes."""
    named = {"path": str(path.relative_to(below) if below else path)}
    if not path.is_file():
        return named
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # reading it again as a source says why
        return named
    return named | {"sha256": digest, "bytes": path.stat().st_size}


class _Importer:
    """The batch in hand and the report so far."""

    def __init__(
        self, release: str, dry_run: bool, below: Path | None, progress: Callable[[ImportReport], None]
    ) -> None:
        self.release = release
        self.dry_run = dry_run
        self.prefix = f"{below}/" if below else ""
        self.progress = progress
        self.report = ImportReport()
        self.batch: dict[str, Incoming] = {}
        self.planned: set[tuple[str, str]] = set()
        self.problems: list[ImportProblem] = []
        self.started = time.monotonic()

    def take(self, path: Path) -> None:
        """Import every cable of one path."""
        for raw in read_path(path):
            if isinstance(raw, Unreadable):
                file, reason = (
                    told.replace(self.prefix, "") if self.prefix else told for told in (raw.file, raw.reason)
                )
                self._problem(Problem("", reason, raw.text, raw.line), file)
                continue
            raw = replace(  # noqa: PLW2901 - the same cable, with its release and the name of its file
                raw, file=raw.file.removeprefix(self.prefix), release_name=raw.release_name or self.release
            )
            incoming = Incoming(raw, parse_cable(raw), content_hash(raw))
            self.report.read += 1
            self.report.forms[raw.form] += 1
            if why := refusal(incoming.parsed):
                self._problem(replace(why, line=raw.line), raw.file, incoming.parsed.printed_identifier)
                continue
            if incoming.identifier in self.batch:
                self._flush()
            self.batch[incoming.identifier] = incoming
            if len(self.batch) >= BATCH:
                self._flush()
        self._flush()

    def close(self, status: ImportRun.Status) -> None:
        """Write the last counts and how the run ended."""
        self.report.seconds = time.monotonic() - self.started
        if self.report.run is not None and not connection.needs_rollback and connection.is_usable():
            self.report.run.status = status
            self.report.run.finished_at = timezone.now()
            self._save()

    def _flush(self) -> None:
        batch = list(self.batch.values())
        self.batch = {}
        if self.report.run is None:
            for stored in self._plan(batch):
                self._count(stored)
        else:
            with transaction.atomic():
                for stored in store(batch, self.report.run) if batch else ():
                    self._count(stored)
                self._save()
        self.report.seconds = time.monotonic() - self.started
        self.progress(self.report)

    def _plan(self, batch: list[Incoming]) -> Iterator[Stored]:
        """Give the outcomes that storing would have, remembering what this dry run has already seen."""
        known = {identifier for identifier, _ in self.planned}
        for identifier, outcome in decide(batch).items():
            incoming = next(cable for cable in batch if cable.identifier == identifier)
            key = (identifier, incoming.content_hash)
            if key in self.planned:
                outcome = Outcome.UNCHANGED  # noqa: PLW2901 - corrected by what came earlier in this run
            elif outcome is Outcome.CREATED and identifier in known:
                outcome = Outcome.UPDATED  # noqa: PLW2901
            self.planned.add(key)
            yield Stored(incoming, outcome)

    def _count(self, stored: Stored) -> None:
        raw = stored.incoming.raw
        match stored.outcome:
            case Outcome.CREATED:
                self.report.created += 1
            case Outcome.UPDATED:
                self.report.updated += 1
            case Outcome.UNCHANGED:
                self.report.unchanged += 1
                return  # what was not understood was recorded when the cable came in
            case Outcome.REFUSED:
                why = Problem("", f"The database refuses it: {stored.reason}", raw.header + raw.body, raw.line)
                self._problem(why, raw.file, stored.incoming.identifier)
                return
        for problem in stored.incoming.parsed.problems:
            self._problem(problem, raw.file, stored.incoming.identifier)

    def _problem(self, problem: Problem, file: str, identifier: str = "") -> None:
        row = ImportProblem(
            run=self.report.run,
            file=file,
            line=problem.line,
            identifier=identifier[:100],
            field=problem.field[:40],
            reason=problem.reason,
            text=problem.text,
        )
        self.report.problems.append(row)
        self.problems.append(row)

    def _save(self) -> None:
        report, run = self.report, self.report.run
        if run is None:
            return
        run.read, run.created, run.updated, run.unchanged = (
            report.read,
            report.created,
            report.updated,
            report.unchanged,
        )
        run.forms = dict(report.forms)
        run.save()
        ImportProblem.objects.bulk_create(self.problems)
        self.problems = []
