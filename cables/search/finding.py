"""The entries that a filter has chosen, found by the database: all of them at once, or the next ones by date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from cables.models import SearchEntry
from cables.search.holdings import Holdings, holdings
from cables.search.numbers import Numbers, number_columns

LOOKED_AT = 500
"""The next cables by date that a walk looks at before it asks for all hits."""

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


def walk(entries: QuerySet[SearchEntry], count: int, after: int | None = None) -> list[int]:
    """Return the numbers of the next `count` cables of these entries, the newest first, after the cable `after`.

    Needs no total, and takes no longer however deep it is: hits of a frequent word are among the next few cables, and
    those of a rare one are few. An `after` that is not held begins anew.
    """
    with quick_plans():
        held = holdings()
        last = held.places(np.array([] if after is None else [after], np.int32))
        here = int(last[0]) + 1 if len(last) else 0
        near = entries.filter(pk__in=held.cables[here : here + LOOKED_AT].tolist())
        places = found(held, near)
        if len(places) < count:
            places = found(held, entries)
            places = places[np.searchsorted(places, here) :]
        return [int(number) for number in held.cables[places[:count]]]
