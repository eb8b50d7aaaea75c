"""What every search entry can be counted by, held in memory as arrays that follow the database.

Counting TAGS over a hundred thousand hits takes the database longer than finding them; over arrays it takes
milliseconds. Each process keeps one copy, about 60 bytes a cable. Triggers on the table of entries note every change
in SearchChange (migration 0006), so a copy is brought up to the moment that the reader's transaction sees, no earlier
and no later: what is withheld or replaced leaves every count at once.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
from django.db import connection

from cables.search.numbers import Numbers, number_columns

MANY = 20_000
"""Changed entries from which reading all anew is quicker than mending."""
NO_DAY = -(2**31) + 1

_ROWS = """
SELECT cable_id, coalesce(day - date '1970-01-01', {no_day}) AS day, coalesce(origin_id, 0) AS origin,
       classification::integer AS level, length, tag_ids, captions
FROM cables_searchentry {which} ORDER BY day DESC, cable_id DESC
"""
# Which changes this transaction sees that a copy may lack; whether it has itself changed something; and from which
# transaction on another one may still be under way.
_SEEN = """
SELECT here.writes, here.horizon, change.id, change.transaction, change.cables
FROM (SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS writes,
             pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon) here
LEFT JOIN cables_searchchange change ON change.transaction >= coalesce(%s, here.horizon)
"""


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of numbers for each cable: those of cable n stand in `values` from starts[n] to starts[n + 1]."""

    starts: Numbers
    values: Numbers

    def counts(self, chosen: Numbers) -> Numbers:
        """Return how many of the chosen places have each value, by the value; none has a value twice."""
        lengths = np.diff(self.starts)
        if len(chosen) * 4 > len(lengths):
            marked = np.zeros(len(lengths), bool)
            marked[chosen] = True
            return _counts(self.values[np.repeat(marked, lengths)])
        wanted = lengths[chosen]
        # The places in `values` of each chosen list, one list after the other.
        steps = np.arange(wanted.sum(), dtype=np.int64) - np.repeat(np.cumsum(wanted) - wanted, wanted)
        return _counts(self.values[np.repeat(self.starts[chosen].astype(np.int64), wanted) + steps])

    def having(self, value: int) -> Numbers:
        """Return the places whose lists have this value, in order."""
        return (np.searchsorted(self.starts, np.flatnonzero(self.values == value), "right") - 1).astype(np.int32)

    def taken(self, places: Numbers) -> Lists:
        """Return the lists of these places, in their order."""
        lengths = np.diff(self.starts)[places]
        steps = np.arange(lengths.sum(), dtype=np.int64) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return Lists(_starts(lengths), self.values[np.repeat(self.starts[places].astype(np.int64), lengths) + steps])

    def followed_by(self, other: Lists) -> Lists:
        """Return these lists and then the others."""
        lengths = np.concatenate([np.diff(self.starts), np.diff(other.starts)])
        return Lists(_starts(lengths), np.concatenate([self.values, other.values]))


@dataclass(frozen=True, slots=True)
class Holdings:
    """Every entry, the newest first, as arrays that are never written to once they are here.

    `cables` are the numbers of the cables, and `place_of` leads from such a number to its place (-1 where it has none).
    By place: `days` since 1970 or NO_DAY, `origins` (0 for none), `levels`, `lengths` (how many different words a text
    has), and lists of TAGS and captions. `caption_names` are the captions by their number in `captions`.
    """

    cables: Numbers
    place_of: Numbers
    days: Numbers
    origins: Numbers
    levels: Numbers
    lengths: Numbers
    tags: Lists
    captions: Lists
    caption_names: tuple[str, ...]

    @property
    def everywhere(self) -> Numbers:
        """The places of all cables."""
        return np.arange(len(self.cables), dtype=np.int32)

    def places(self, cable_ids: Numbers) -> Numbers:
        """Return the places of those of these cables that are held, in order: the newest first."""
        places = self.place_of[cable_ids[cable_ids < len(self.place_of)]]
        return np.sort(places[places >= 0])

    def first_until(self, day: date) -> int:
        """Return the first place whose cable is of that day or before, or has none."""
        return int(np.searchsorted(-self.days, -(day - date(1970, 1, 1)).days))

    def origin_counts(self, places: Numbers) -> Numbers:
        """Return how many of the cables at these places come from each post, by its number."""
        origins = self.origins[places]
        return _counts(origins[origins > 0])

    def years(self, places: Numbers) -> Numbers:
        """Return the years of the cables at these places that have a day."""
        days = self.days[places]
        return days[days != NO_DAY].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970

    def months(self, places: Numbers) -> Numbers:
        """Return the months, counted from January of the year 0, of the cables at these places that have a day."""
        days = self.days[places]
        return days[days != NO_DAY].astype("datetime64[D]").astype("datetime64[M]").astype(np.int32) + 1970 * 12


@dataclass(frozen=True, slots=True)
class _Copy:
    """Holdings, and which changes they have: all of transactions before `horizon`, and these.

    A change is known by its number and its transaction: an archive that is emptied may begin to count anew.
    """

    holdings: Holdings
    horizon: int
    changes: frozenset[tuple[int, int]]


class _Keeper:
    """Keeps this process's copy; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._copy: _Copy | None = None

    def current(self) -> Holdings:
        """Return the holdings as this thread's transaction sees them."""
        copy = self._copy
        with connection.cursor() as cursor:
            cursor.execute(_SEEN, [copy.horizon if copy else None])
            rows = cursor.fetchall()
        writes, horizon = rows[0][:2]
        seen = {(number, transaction): cables for _, _, number, transaction, cables in rows if number is not None}
        # A transaction that writes sees what nobody else may; one that began earlier sees less than the copy has.
        if copy is None or writes or horizon < copy.horizon or not copy.changes <= seen.keys():
            held = _load()
        elif new := [cables for change, cables in seen.items() if change not in copy.changes]:
            held = _mended(copy.holdings, new)
        else:
            held = copy.holdings
        if not writes:
            open_still = frozenset(change for change in seen if change[1] >= horizon)
            with self._lock:
                if self._copy is copy:
                    self._copy = _Copy(held, horizon, open_still)
        return held


_keeper = _Keeper()


def holdings() -> Holdings:
    """Return every entry as the current transaction sees it; the arrays are shared and not to be changed."""
    return _keeper.current()


def _mended(held: Holdings, changes: list[list[int] | None]) -> Holdings:
    """Return the holdings with the entries that changed read again; None stands for all of them."""
    if any(cables is None for cables in changes):
        return _load()
    changed = np.unique(np.fromiter(chain.from_iterable(c for c in changes if c), np.int32))
    if len(changed) > MANY:
        return _load()
    kept = np.flatnonzero(~np.isin(held.cables, changed)).astype(np.int32)
    new = _load("WHERE cable_id = ANY(%s)", changed.tolist())
    names = held.caption_names + tuple(name for name in new.caption_names if name not in held.caption_names)
    number_of = {name: number for number, name in enumerate(names)}
    renumbered = np.array([number_of[name] for name in new.caption_names], np.int32)
    cables = np.concatenate([held.cables[kept], new.cables])
    days = np.concatenate([held.days[kept], new.days])
    order = np.lexsort((-cables, -days.astype(np.int64))).astype(np.int32)
    cables = cables[order]
    return Holdings(
        cables=cables,
        place_of=_place_of(cables),
        days=days[order],
        origins=np.concatenate([held.origins[kept], new.origins])[order],
        levels=np.concatenate([held.levels[kept], new.levels])[order],
        lengths=np.concatenate([held.lengths[kept], new.lengths])[order],
        tags=held.tags.taken(kept).followed_by(new.tags).taken(order),
        captions=held.captions.taken(kept)
        .followed_by(Lists(new.captions.starts, renumbered[new.captions.values]))
        .taken(order),
        caption_names=names,
    )


def _load(which: str = "", cable_ids: list[int] | None = None) -> Holdings:
    rows = _ROWS.format(which=which, no_day=NO_DAY)
    parameters = [] if cable_ids is None else [cable_ids]
    columns = ["cable_id", "day", "origin", "level", "length", "cardinality(tag_ids)", "cardinality(captions)"]
    cables, days, origins, levels, lengths, tag_counts, caption_counts = number_columns(columns, rows, parameters)
    (tags,) = number_columns(["tag"], f"SELECT unnest(tag_ids) AS tag FROM ({rows}) entries", parameters)  # noqa: S608
    names = _caption_names(which, parameters)
    (captions,) = number_columns(
        ["caption"],
        f"SELECT array_position(%s::text[], unnest(captions)) - 1 AS caption FROM ({rows}) entries",  # noqa: S608
        [list(names), *parameters],
    )
    return Holdings(
        cables=cables,
        place_of=_place_of(cables),
        days=days,
        origins=origins,
        levels=levels,
        lengths=lengths,
        tags=Lists(_starts(tag_counts), tags),
        captions=Lists(_starts(caption_counts), captions),
        caption_names=names,
    )


def _caption_names(which: str, parameters: list[list[int]]) -> tuple[str, ...]:
    """Return every caption that these entries have."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT unnest(captions) FROM cables_searchentry {which}", parameters)  # noqa: S608
        return tuple(sorted(row[0] for row in cursor.fetchall()))


def _place_of(cables: Numbers) -> Numbers:
    places = np.full(int(cables.max(initial=0)) + 1, -1, np.int32)
    places[cables] = np.arange(len(cables), dtype=np.int32)
    return places


def _starts(lengths: Numbers) -> Numbers:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)


def _counts(values: Numbers) -> Numbers:
    return np.bincount(values).astype(np.int32)
