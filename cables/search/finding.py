"""The entries that a filter has chosen, found by the database: all of them at once, or the next ones by date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from cables.models import SearchEntry
from cables.search.holdings import Holdings, holdings
from cables.search.numbers import Numbers, number_columns

LOOKED_AT = 150
"""The next cables by date that a walk looks at before it asks for all hits."""
AGAIN = 5
"""A walk that found at least one in so many of the hits it is to find there looks as much farther as it takes."""

# The planner takes the comparison of a vector with a query to cost nothing, and would read every vector; and readers
# are served faster side by side than each by several processes.
_PLANS = "SET LOCAL enable_seqscan = {switch}; SET LOCAL max_parallel_workers_per_gather = {workers}"


@contextmanager
def quick_plans() -> Iterator[None]:
    """Let the database find hits by its indexes meanwhile, all at one moment."""
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLANS.format(switch="off", workers=0))
        yield
        if nested:  # else the settings end with the transaction
            cursor.execute(_PLANS.format(switch="on", workers="DEFAULT"))


def found(held: Holdings, entries: QuerySet[SearchEntry]) -> Numbers:
    """Return the places of the entries, the newest first."""
    if not entries.query.where:
        return np.arange(len(held.cables), dtype=np.int32)
    try:
        query, parameters = entries.order_by().values("cable_id").query.sql_with_params()
    except EmptyResultSet:  # Django sees by itself that nothing can be found
        return np.empty(0, np.int32)
    (cables,) = number_columns(["cable_id"], query, parameters)
    return held.places(cables)


def walk(
    entries: QuerySet[SearchEntry], count: int, after: int | None = None, *, until: date | None = None
) -> list[int]:
    """Return the numbers of the next `count` cables of these entries, the newest first, after the cable `after`.

    Needs no total, and takes no longer however deep it is: hits of a frequent word are among the next few cables, and
    those of a rare one are few. An `after` that is not held begins anew. `until` is a day after which none of the
    entries are, where one is known: the walk begins there.
    """
    with quick_plans():
        held = holdings()
        last = held.places(np.array([] if after is None else [after], np.int32))
        here = int(last[0]) + 1 if len(last) else held.first_until(until) if until else 0
        places = _between(held, entries, here, here + LOOKED_AT)
        if count > len(places) >= count / AGAIN:
            farther = here + 2 * LOOKED_AT + 2 * LOOKED_AT * (count - len(places)) // len(places)
            places = np.concatenate([places, _between(held, entries, here + LOOKED_AT, farther)])
        if len(places) < count:
            places = found(held, entries)
            places = places[np.searchsorted(places, here) :]
        return [int(number) for number in held.cables[places[:count]]]


def _between(held: Holdings, entries: QuerySet[SearchEntry], first: int, end: int) -> Numbers:
    """Return the places of the entries from the place `first` up to, but not with, the place `end`."""
    return found(held, entries.filter(pk__in=held.cables[first:end].tolist()))
