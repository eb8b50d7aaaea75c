"""Coverage: what is held against what is known to exist, by sender and month.

Two sources tell of cables that are not held: a table of identifiers that an operator loaded (KnownCount), and the
references of cables that are held. A month's cables are known to be as many as the table lists, or as are held where
those are more: no table is complete.

Cables are held by post, and identifiers name stations. A station is that of the post to which the table of posts gives
it, else of the post that sent most of the cables held with its name; what is known of a station that no post here
stands for is listed under the station.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.db import connection
from django.db.models import Max

from cables.models import KnownCount
from cables.models.reference import NAMES
from cables.models.withholding import SHOWN
from cables.parsing.dates import whole_year
from cables.parsing.identifiers import split_identifier
from cables.reference_data import tables
from cables.search.holdings import NO_DAY, Holdings

Month = tuple[int, int]
"""Year and month; (0, 0) for cables without a day."""
UNDATED: Month = (0, 0)
NO_ORIGIN = 0
"""In place of a post's number, for cables that state no origin."""

# Every post, and the stations in the identifiers of its cables.
_STATIONS = f"""
SELECT post.id, post.name, coalesce(sent.station, ''), coalesce(sent.number, 0)
FROM cables_post post
LEFT JOIN (
    SELECT origin_id, translate(identifier, '0123456789', '') AS station, count(*) AS number
    FROM cables_cable WHERE {SHOWN.format(cable="cables_cable.id")} GROUP BY 1, 2
) sent ON sent.origin_id = post.id
"""  # noqa: S608 - put together from constants
# A cable that names itself in its own REF line has no target, and is held; so is one that is withheld.
_CITED = f"""
{NAMES}
SELECT DISTINCT target_identifier FROM cables_reference
WHERE target_id IS NULL AND target_identifier <> '' AND NOT EXISTS (
    SELECT FROM name WHERE known_as = target_identifier
) AND {SHOWN.format(cable="cables_reference.cable_id")}
"""  # noqa: S608 - likewise


@dataclass(frozen=True, slots=True)
class Share:
    """How many cables are held, and how many are known to exist: None where no table tells."""

    held: int = 0
    known: int | None = None

    def __add__(self, other: Share) -> Share:
        known = None if self.known is None and other.known is None else (self.known or 0) + (other.known or 0)
        return Share(self.held + other.held, known)

    def __str__(self) -> str:
        return f"{self.held}" if self.known is None else f"{self.held}/{self.known}"

    @property
    def tenths(self) -> int:
        """How many tenths of what is known are held, from 0 (none) to 10 (all): 1 to 9 for any less than all."""
        if not self.known:
            return 0
        if self.held in {0, self.known}:
            return 10 * bool(self.held)
        return min(9, max(1, round(10 * self.held / self.known)))


@dataclass(frozen=True)
class Sender:
    """What is held and known of one post or station.

    `post` is the number of the post, NO_ORIGIN, or None for a station without a post. `cited` is how many cables of
    each year are cited by cables that are held, and not held themselves.
    """

    post: int | None
    station: str
    months: Mapping[Month, Share]
    cited: Mapping[int, int]

    @cached_property
    def years(self) -> dict[int, Share]:
        """The shares by year; 0 for cables without a day."""
        years: dict[int, Share] = {}
        for (year, _), share in self.months.items():
            years[year] = years[year] + share if year in years else share
        return years

    @cached_property
    def total(self) -> Share:
        """The share of all years together."""
        return sum(self.years.values(), Share())

    @cached_property
    def cited_in_all(self) -> int:
        """How many cables of all years are cited and not held."""
        return sum(self.cited.values())


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every sender of which a cable is held, known or cited, by post and by station; whether a table was loaded.

    `cited_elsewhere` is how many cables are cited under names that are no known station's: misprints, as a rule.
    """

    of_posts: Mapping[int, Sender]
    of_stations: Mapping[str, Sender]
    cited_elsewhere: int
    loaded: bool


@dataclass(slots=True)
class _Found:
    """What is found of a sender, before it is put together."""

    held: dict[Month, int] = field(default_factory=dict)
    listed: Counter[Month] = field(default_factory=Counter)
    cited: Counter[int] = field(default_factory=Counter)


_kept: tuple[Holdings, int | None, Coverage] | None = None


def coverage(held: Holdings) -> Coverage:
    """Return what is held and known of every sender.

    At full size that takes the database half a second or more, so each process keeps it until an entry changes or
    another table is loaded.
    """
    global _kept  # noqa: PLW0603 - replaced whole: threads see the old one or the new one
    table = KnownCount.objects.aggregate(last=Max("pk"))["last"]
    kept = _kept
    if kept is None or kept[0] is not held or kept[1] != table:
        kept = _kept = held, table, _reckoned(held)
    return kept[2]


def _reckoned(held: Holdings) -> Coverage:
    found: dict[int | str, _Found] = defaultdict(_Found)
    for (origin, month), count in _held_by_month(held):
        found[origin].held[month] = count
    posts = _post_of_station()
    loaded, elsewhere = False, 0
    for station, first, number in KnownCount.objects.values_list("station", "month", "number"):
        found[posts.get(station, station)].listed[first.year, first.month] += number
        loaded = True
    for identifier in _cited():
        year, station, _ = split_identifier(identifier) or ("0", "", 0)
        sender = posts.get(station, station)
        if sender in found or station in tables.stations():
            found[sender].cited[whole_year(year)] += 1
        else:
            elsewhere += 1
    stations = {post: station for station, post in posts.items()}
    senders = [_put_together(key, pieces, stations, loaded=loaded) for key, pieces in found.items()]
    return Coverage(
        of_posts={sender.post: sender for sender in senders if sender.post is not None},
        of_stations={sender.station: sender for sender in senders if sender.post is None},
        cited_elsewhere=elsewhere,
        loaded=loaded,
    )


def _put_together(key: int | str, found: _Found, stations: Mapping[int, str], *, loaded: bool) -> Sender:
    shares = {}
    for month in sorted(found.held.keys() | found.listed.keys()):
        count = found.held.get(month, 0)
        shares[month] = Share(count, max(count, found.listed[month]) if loaded else None)
    if isinstance(key, str):
        return Sender(None, key, shares, found.cited)
    return Sender(key, stations.get(key, ""), shares, found.cited)


def _held_by_month(held: Holdings) -> Iterable[tuple[tuple[int, Month], int]]:
    """Return ((origin, month), cables held of it), in any order."""
    dated = held.days != NO_DAY
    months = np.where(dated, held.days, 0).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    keys = (held.origins.astype(np.int64) << 32) + np.where(dated, months, 0)
    values, counts = np.unique(keys, return_counts=True)
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        origin, month = value >> 32, value & 0xFFFFFFFF
        yield (origin, (month // 12, month % 12 + 1) if month else UNDATED), count


def _post_of_station() -> dict[str, int]:
    """Return station -> number of the post that it is; of several that one of which most cables are held.

    A post that has several stations has its chief one last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATIONS)
        rows = cursor.fetchall()
    listed = {entry.name: entry.station for entry in tables.posts()}
    of_post: Counter[int] = Counter()
    for pk, _, _, count in rows:
        of_post[pk] += count
    offers: dict[str, list[tuple[bool, int, int]]] = defaultdict(list)
    for pk, name, station, count in rows:
        offers[station].append((False, count, -pk))
        if name in listed:
            offers[listed[name]].append((True, of_post[pk], -pk))
    best = sorted((max(of_it), station) for station, of_it in offers.items() if station)
    return {station: -negative for (_, _, negative), station in best}


def _cited() -> list[str]:
    """Return the identifiers that cables held cite and that are not held, each once."""
    with connection.cursor() as cursor:
        cursor.execute(_CITED)
        return [row[0] for row in cursor.fetchall()]
