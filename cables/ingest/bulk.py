"""A first, large import: search is built once, after all texts are in, and not kept up to date row by row.

Whether such an import is under way is read from the database itself: an index of the search is missing. So whatever
breaks it off, the next import knows, and finishes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from django.contrib.postgres.indexes import GinIndex
from django.db import OperationalError, connection, transaction
from django.db.models import Max, Model

from cables.ingest.turns import taken
from cables.models import Cable, CableTag, Paragraph, Reference, SearchEntry, SearchGist, Withholding
from cables.models.search_entry import PAIRS, PROMINENT
from cables.models.search_pairs import choose_frequent_words

MUCH = 50_000_000
"""Bytes of files from which building the index afterwards pays."""
FEW = 5_000
"""Cables that a search without the index still goes through in a fifth of a second."""
ENTRIES_AT_ONCE = 1000

# The words are what a search needs; the others make frequent words fast, and come after it.
_WORDS = "search_words"
INDEXES: dict[str, tuple[type[Model], GinIndex]] = {
    index.name: (model, index)
    for model in (SearchEntry, SearchGist)
    for index in model._meta.indexes
    if isinstance(index, GinIndex)
}
"""The search's indexes of words, by name, with their models."""
_LOCK_TIMEOUT = "55P03"
# More memory than this makes the build no faster (docs/benchmarks/import.md).
_BUILD_MEMORY = "64MB"

Tell = Callable[[str, int, int], None]


def under_way() -> bool:
    """Return whether an index of the search is missing."""
    return bool(_missing())


def left_unfinished() -> bool:
    """Return whether a first, large import was broken off before search was made, and none goes on."""
    return under_way() and not taken()


def _missing() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM unnest(%s::text[]) name WHERE to_regclass(name) IS NULL", [list(INDEXES)])
        return [row[0] for row in cursor.fetchall()]


def begin_if_worth_it(size: int) -> bool:
    """Return whether an import of files of that many bytes is to be finished by `finish`."""
    if under_way():
        return True
    if size < MUCH or Cable.everything.order_by()[: FEW + 1].count() > FEW:
        return False
    _drop_indexes()
    return True


def finish(workers: int, tell: Tell) -> list[int]:
    """Make the missing search entries, the index and the references that all are open.

    `workers` connections work at a time. `tell` is told what goes on, how much is done and of how much. Return the
    numbers of cables whose texts were too long to be searched whole. Can be broken off and called again.
    """
    cut = _make_entries(workers, tell)
    tell("Settling references", 0, 0)
    _analyze(Reference, Withholding)  # else each reference is compared with every cable
    Reference.objects.settle_all()
    tell("Building the search index", 0, 0)
    if _WORDS in _missing():
        _build_index(_WORDS, workers)
    tell("Gathering statistics", 0, 0)
    _analyze(SearchEntry, SearchGist)
    for name in _missing():
        tell("Building the indexes of frequent words", 0, 0)
        _build_index(name, workers)
    return cut


def _drop_indexes() -> None:
    """Drop the indexes; readers never wait for it longer than the timeout."""
    for name, (model, index) in INDEXES.items():
        while name not in _missing():
            try:
                with transaction.atomic(), connection.schema_editor() as editor:
                    editor.execute("SET LOCAL lock_timeout = '500ms'")
                    editor.remove_index(model, index)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) != _LOCK_TIMEOUT:
                    raise
                time.sleep(0.5)


def _build_index(name: str, workers: int) -> None:
    model, index = INDEXES[name]
    with transaction.atomic(), connection.schema_editor() as editor:
        editor.execute(f"SET LOCAL maintenance_work_mem = '{_BUILD_MEMORY}'")
        editor.execute(f"SET LOCAL max_parallel_maintenance_workers = {max(workers - 1, 0):d}")
        if name == PAIRS:
            choose_frequent_words()
        editor.add_index(model, index)
        if name in {PAIRS, PROMINENT}:
            # Statistics of it would take its function for every row of the sample, and nobody needs them.
            editor.execute(f"ALTER INDEX {name} ALTER COLUMN 1 SET STATISTICS 0")


def _make_entries(workers: int, tell: Tell) -> list[int]:
    """Make the entries of all cables that have none, the oldest first."""
    phase = "Making search entries"
    total, done = Cable.everything.count(), SearchEntry.objects.count()
    last = Cable.everything.aggregate(last=Max("pk"))["last"] or 0
    cut: list[int] = []
    tell(phase, done, total)
    _analyze(Cable, CableTag, Paragraph)  # with no statistics making the entries takes half as long again
    with ThreadPoolExecutor(workers) as executor:
        for made, too_long in executor.map(_entries_of, _ranges(last)):
            done += made
            cut += too_long
            tell(phase, done, total)
    return cut


def _analyze(*models: type[Model]) -> None:
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _ranges(last: int) -> Iterator[tuple[int, int]]:
    return ((start, start + ENTRIES_AT_ONCE) for start in range(0, last + 1, ENTRIES_AT_ONCE))


def _entries_of(numbers: tuple[int, int]) -> tuple[int, list[int]]:
    """Make the missing entries of cables numbered from, up to but not with; return how many, and which were cut."""
    start, end = numbers
    missing = Cable.everything.filter(pk__gte=start, pk__lt=end, search_entry=None)
    try:
        ids = list(missing.order_by().values_list("pk", flat=True))
        return len(ids), SearchEntry.objects.refresh(ids)
    finally:
        connection.close()  # this thread's own
