"""One import from beginning to end: files are read, cables parsed, batches stored, and everything counted."""

from __future__ import annotations

import json
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from cables.ingest import bulk
from cables.ingest.batches import Batch, fingerprint, read_batches, size_of
from cables.ingest.pending import sort_in, words_waiting
from cables.ingest.plan import Plan
from cables.ingest.preparing import Prepared, content_hash
from cables.ingest.report import ImportReport
from cables.ingest.store import SEARCHED_IN_PART, Outcome, Store, Stored, known_hashes, without_repeats
from cables.ingest.turns import turn
from cables.ingest.workers import Promise, Workers, few_collections, workers
from cables.models import Cable, ImportProblem, ImportRun, Word
from cables.parsing.records import Problem, RawCable, Unreadable

logger = logging.getLogger(__name__)

Progress = Callable[[ImportReport], None]

SECONDS_BETWEEN_PLACES = 2.0
WORTH_A_PROCESS = 4_000_000
"""Bytes of files below which one process parses faster than others start."""


class NothingToResumeError(ValueError):
    """The run to go on with is not there, is finished, or was of other files."""


def import_paths(  # noqa: PLR0913 - each is an option of the command or of the upload
    paths: Iterable[Path | str],
    *,
    release: str = "",
    user: User | None = None,
    dry_run: bool = False,
    below: Path | None = None,
    processes: int | None = None,
    resume: int | None = None,
    progress: Progress = lambda report: None,
) -> ImportReport:
    """Import files, folders and archives of any known form and return the report; a dry run writes nothing.

    `release` names the release for files that name none. `below` is a folder that no report names: what lies in it is
    told by its path from there. `processes` is how many parse at a time (as many as there are processors, unless the
    files are small). The latest run of the same files that was broken off is gone on with, or the run `resume`.
    `progress` is called after each batch. Whatever cannot be read or understood is a problem in the report (and a row,
    unless dry). Raises NothingToResumeError, and django.db.Error when the database fails, with every batch before that
    stored.
    """
    places = [Path(path) for path in paths]
    report = ImportReport()
    begun = time.monotonic()

    def tell(phase: str, done: int, total: int) -> None:
        report.phase, report.done, report.total = phase, done, total
        report.seconds = time.monotonic() - begun
        progress(report)

    with turn(lambda: tell("Waiting for another import to end", 0, 0)):
        tell("Looking at the files", 0, 0)
        size = size_of(places)
        if processes is None:
            processes = (os.cpu_count() or 1) if size >= WORTH_A_PROCESS else 1
        if not dry_run:
            files = [fingerprint(path, below) for path in places]
            _open_run(report, files, release, user, resume)
        _log(report, "started", files=[str(path) for path in places], bytes=size, processes=processes)
        importer = _Importer(report, size, tell, searchable=dry_run or not bulk.begin_if_worth_it(size))
        try:
            batches = read_batches(
                places, release=release, below=below, skip=report.again_from, watch=importer.count_bytes
            )
            with words_waiting():
                with workers(processes) as pool, few_collections():
                    importer.take(batches, pool)
                if importer.searchable and not dry_run:
                    tell("Sorting in the new words", 0, 0)
                    sort_in(bulk.INDEXES)
            if not importer.searchable:
                importer.note_cut(bulk.finish(processes, tell))
            if not dry_run:
                tell("Gathering the archive's words", 0, 0)
                Word.objects.keep_up()
        except BaseException as error:
            _close_run(report, ImportRun.Status.FAILED)
            _log(report, "broken off", error=f"{type(error).__name__}: {error}", seconds=time.monotonic() - begun)
            raise
        tell("", 0, 0)
        _close_run(report, ImportRun.Status.FINISHED)
        _log(report, "finished", **report.as_json())
    return report


def _open_run(
    report: ImportReport, files: list[dict[str, Any]], release: str, user: User | None, resume: int | None
) -> None:
    """Go on with the run that was broken off over the same files, or open a new one."""
    broken_off = ImportRun.objects.exclude(status=ImportRun.Status.FINISHED).filter(
        release_name=release, files=files, undone_by=None
    )
    if resume is not None:
        broken_off = broken_off.filter(pk=resume)
    run = broken_off.order_by("-pk").first() if all("sha256" in file for file in files) else None
    if run is None and resume is not None:
        raise NothingToResumeError(
            f"Run {resume} cannot be gone on with: there is no run of that number, over these very files and with this "
            "release, that was broken off. Without --resume the import starts anew and leaves alone what is held."
        )
    if run is not None:
        report.resume(run)
        run.status = ImportRun.Status.RUNNING
        run.save(update_fields=["status"])
        return
    report.run = ImportRun.objects.create(started_by=user, release_name=release, files=files)


def _close_run(report: ImportReport, status: ImportRun.Status) -> None:
    """Write how the run ended, if the database still can; counts and place were written with the last batch."""
    if report.run is not None and not connection.needs_rollback and connection.is_usable():
        report.run.status, report.run.finished_at = status, timezone.now()
        report.run.save(update_fields=["status", "finished_at"])


def _log(report: ImportReport, event: str, **facts: Any) -> None:
    """Write one line of the log: a JSON object with the run, the event and its facts."""
    facts = {"event": event, "run": report.run.pk if report.run else None} | facts
    logger.info("%s", json.dumps(facts, default=str))


class _Importer:
    """Takes batches through the workers into the tables, in order, and counts what becomes of each cable."""

    def __init__(self, report: ImportReport, size: int, tell: bulk.Tell, *, searchable: bool) -> None:
        self.report = report
        self.searchable = searchable
        self._sink = Plan(report.preview) if report.run is None else Store(report.run, searchable=searchable)
        self._size = size
        self._bytes = 0
        self._tell = tell
        self._problems: list[ImportProblem] = []
        self._told = time.monotonic()

    def count_bytes(self, count: int) -> None:
        """Note that so many more bytes of the files were read."""
        self._bytes += count

    def take(self, batches: Iterable[Batch], pool: Workers) -> None:
        """Import every batch. At most as many as the workers can hold are in memory."""
        waiting: deque[tuple[Batch, int, Promise]] = deque()
        for batch in batches:
            hashed = [(item, content_hash(item)) for item in batch.items if isinstance(item, RawCable)]
            known = known_hashes(hash_ for _, hash_ in hashed)
            new = [(raw, hash_) for raw, hash_ in hashed if hash_ not in known]
            waiting.append((batch, len(hashed) - len(new), pool.prepare(new)))
            if len(waiting) > pool.at_once:
                self._store(*waiting.popleft())
        while waiting:
            self._store(*waiting.popleft())
        self._write_place()

    def note_cut(self, cable_ids: list[int]) -> None:
        """Record that these cables have more words than search can hold."""
        for identifier, file in Cable.everything.filter(pk__in=cable_ids).values_list("identifier", "source_file"):
            self._problem(SEARCHED_IN_PART, file, identifier=identifier)
        self._write_place()

    def _store(self, batch: Batch, unchanged: int, promise: Promise) -> None:
        prepared = promise.result()
        unreadable = [item for item in batch.items if isinstance(item, Unreadable)]
        with transaction.atomic():
            for item in unreadable:
                self._problem(Problem("", item.reason, item.text, item.line), item.file)
            storable = [cable for cable in prepared if cable.refusal is None]
            for cable in prepared:
                if cable.refusal is not None:
                    self._problem(replace(cable.refusal, line=cable.raw.line), cable.raw.file, cable)
            for part in without_repeats(storable):
                for stored in self._sink.write(part):
                    self._count(stored)
            self.report.forms.update(item.form for item in batch.items if isinstance(item, RawCable))
            self.report.read += unchanged + len(prepared)
            self.report.unchanged += unchanged
            if self.report.run is not None:
                self.report.run.items = batch.end
                if storable or self._problems:
                    self._write_place()
        if time.monotonic() - self._told > SECONDS_BETWEEN_PLACES:
            self._write_place()
            _log(self.report, "reached", items=batch.end, **self.report.as_json())
            self._told = time.monotonic()
        self._tell("Reading", self._bytes, self._size)

    def _count(self, stored: Stored) -> None:
        match stored.outcome:
            case Outcome.CREATED:
                self.report.created += 1
            case Outcome.UPDATED:
                self.report.updated += 1
            case Outcome.UNCHANGED:
                self.report.unchanged += 1
        for problem in stored.problems:
            refused = stored.cable if stored.outcome is Outcome.REFUSED else None
            self._problem(problem, stored.cable.raw.file, refused, stored.cable.identifier)

    def _problem(self, problem: Problem, file: str, refused: Prepared | None = None, identifier: str = "") -> None:
        """Note a problem; of a cable that was refused all that was received is kept, so that it can be retried."""
        name = identifier or (refused.printed_identifier if refused else "")
        row = ImportProblem(
            run=self.report.run,
            file=file,
            line=problem.line,
            identifier=name[:100],
            field=problem.field[:40],
            reason=problem.reason,
            text=problem.text,
            received=as_received(refused.raw) if refused else None,
        )
        self.report.add_problem(row)
        self._problems.append(row)

    def _write_place(self) -> None:
        """Write the run's counts and place, and the problems since the last time."""
        report, run = self.report, self.report.run
        if run is None:
            self._problems = []
            return
        run.read, run.created, run.updated, run.unchanged = (
            report.read,
            report.created,
            report.updated,
            report.unchanged,
        )
        run.forms = dict(report.forms)
        run.save()
        ImportProblem.objects.bulk_create(self._problems)
        self._problems = []


def as_received(raw: RawCable) -> dict[str, Any]:
    """Return the fields of a raw cable as JSON holds them."""
    return asdict(replace(raw, attributes=dict(raw.attributes), problems=()))
