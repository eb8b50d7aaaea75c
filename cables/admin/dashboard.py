"""What an administrator wants to know at a glance: what came in, what waits, what is held, whether there is room."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from cables.admin.lists import files_named
from cables.admin.runs import state_of
from cables.ingest import at_work, bulk
from cables.models import ImportProblem, ImportRun, Upload
from cables.search.days import days_of
from cables.search.finding import quick_plans
from cables.search.holdings import holdings

RUNS = 10
REASONS = 5
MOST = 1_000
"""Problems that are counted: of more it is said that there are more."""
LITTLE = 0.1
"""The share of a disk below which its free space is little."""

# The indexes of the search entries are what is made anew beside the old ones when search is rebuilt.
_DATABASE = """
SELECT current_setting('server_version'), pg_database_size(current_database()),
       pg_indexes_size('cables_searchentry') + pg_indexes_size('cables_searchgist')
"""
_PROBLEMS_OF = """
SELECT run, (SELECT count(*) FROM (SELECT FROM cables_importproblem WHERE run_id = run LIMIT %s) first)
FROM unnest(%s::integer[]) run
"""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of rows that was counted up to MOST."""

    counted: int

    def __str__(self) -> str:
        return f"more than {MOST:,}" if self.counted > MOST else f"{self.counted:,}"

    def __bool__(self) -> bool:
        return self.counted > 0


@dataclass(frozen=True, slots=True)
class RunInShort:
    """A run, the names of its first files, how it ended, and how many problems it met."""

    run: ImportRun
    files: str
    state: str
    problems: Count


@dataclass(frozen=True, slots=True)
class OpenProblems:
    """How many problems are open, and the commonest reasons of the newest MOST with how often each was met."""

    count: Count
    reasons: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Held:
    """How many cables, and the posts, TAGS and days that they have."""

    cables: int
    posts: int
    tags: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Room:
    """What the archive takes, and what is free on the disk of its data folder, in bytes; `is_little` is a warning."""

    postgresql: str
    database: int
    uploads: int
    free: int
    is_little: bool


def dashboard(request: HttpRequest) -> dict[str, Any]:
    """Return what the first page of the administration shows this person."""
    allowed = request.user.has_perm
    shown: dict[str, Any] = {"held": held()}
    if allowed("cables.view_importrun"):
        shown |= {"runs": last_runs(), "room": room(), "search_is_unfinished": bulk.left_unfinished()}
    if allowed("cables.add_importrun"):
        shown |= {"uploads": unfinished_uploads(), "worker_lives": bool(at_work.living())}
    if allowed("cables.view_importproblem"):
        shown["problems"] = open_problems()
    return shown


def last_runs() -> list[RunInShort]:
    """Return the last runs in short, the newest first."""
    runs = list(ImportRun.objects.select_related("started_by")[:RUNS])
    with quick_plans(), connection.cursor() as cursor:
        cursor.execute(_PROBLEMS_OF, [MOST + 1, [run.pk for run in runs]])
        problems = dict(cursor.fetchall())
    return [RunInShort(run, files_named(run), state_of(run), Count(problems[run.pk])) for run in runs]


def unfinished_uploads() -> QuerySet[Upload]:
    """Return the last uploads that are neither imported nor discarded: somebody decides, or the worker is at them."""
    done = [Upload.State.IMPORTED, Upload.State.DISCARDED]
    return Upload.objects.exclude(state__in=done).defer("preview").select_related("uploaded_by")[:RUNS]


def open_problems() -> OpenProblems:
    """Return what is known of the problems that wait for somebody."""
    waiting = ImportProblem.objects.open().order_by("-pk")
    reasons = list(waiting.values_list("reason", flat=True)[: MOST + 1])
    return OpenProblems(Count(len(reasons)), Counter(reasons[:MOST]).most_common(REASONS))


def held() -> Held:
    """Return what is held, counted in memory."""
    here = holdings()
    days = days_of(here)
    posts, tags = here.origin_counts(here.everywhere), here.tags.counts(here.everywhere)
    return Held(len(here.cables), int(np.count_nonzero(posts)), int(np.count_nonzero(tags)), days.first, days.last)


def room() -> Room:
    """Return what there is room for."""
    with connection.cursor() as cursor:
        cursor.execute(_DATABASE)
        version, database, search_indexes = cursor.fetchone()
    disk = shutil.disk_usage(settings.DATA_DIR)
    is_little = disk.free < max(LITTLE * disk.total, 2 * search_indexes)
    uploads = sum(_sizes(settings.UPLOAD_DIR))
    return Room(version, database, uploads, disk.free, is_little)


def _sizes(folder: Path) -> Iterator[int]:
    """Yield the sizes of the files below a folder; a file that goes meanwhile has none."""
    for place in folder.rglob("*"):
        try:
            yield place.lstat().st_size if not place.is_dir() else 0
        except OSError:
            continue
