"""Which cables there are: identifier, sender and time of each, in the order of sending.

From a table of real identifiers by month where one is given, else from the invented posts.
"""

from __future__ import annotations

import calendar
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from cables.corpus.realistic.senders import Sender, invented_senders, real_sender
from cables.corpus.timeline import LAST_DAY, Serials, quotas
from cables.corpus.world import POSTS, dice
from cables.parsing.identifiers import canonical_identifier, join_identifier, split_identifier

# Years in two digits from this one on are of the last century.
FIRST_YEAR = 60
# Cables of each year of the best-known collection (251,287; the dozen before 1979 left out), by its own list.
YEARS = {
    1985: 87, 1986: 45, 1987: 35, 1988: 73, 1989: 74, 1990: 102, 1991: 52, 1992: 103, 1993: 31, 1994: 80, 1995: 109,
    1996: 48, 1997: 58, 1998: 62, 1999: 56, 2000: 432, 2001: 878, 2002: 2570, 2003: 8083, 2004: 11808, 2005: 24131,
    2006: 42385, 2007: 44688, 2008: 49427, 2009: 56797, 2010: 9004,
}  # fmt: skip
# The Department sends as many telegrams as all posts, but an archive of posts holds few of them.
SHARE_OF_STATE = 0.032


class BadTableError(ValueError):
    """The table of identifiers cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One cable: its identifier as printed and in canonical form, its sender, its serial number, and when it was sent
    (UTC; its year is the identifier's)."""

    identifier: str
    canonical: str
    sender: Sender
    serial: int
    sent_at: datetime


def invented_identities(count: int, seed: int) -> Iterator[Identity]:
    """`count` cables of the invented posts, spread over the years as the best-known collection is."""
    # With so many cables a post sends more than its own number a year: its serials then rise without gaps.
    chance, serials, senders = dice("posts", seed), Serials(), invented_senders()
    yearly = [post.yearly for post in POSTS[1:]]
    weights = list(accumulate((SHARE_OF_STATE * sum(yearly), *yearly)))
    for year, quota in quotas(count, YEARS):
        start = datetime(year, 1, 1, tzinfo=UTC)
        minutes = int((min(datetime(year + 1, 1, 1, tzinfo=UTC), LAST_DAY) - start).total_seconds()) // 60
        for place in range(quota):
            when = start + timedelta(minutes=place * minutes // quota)
            post = chance.choices(POSTS, cum_weights=weights)[0]
            serial = serials.take(post, when)
            identifier = join_identifier(f"{year % 100:02}", post.station, str(serial))
            yield Identity(identifier, identifier, senders[post.station], serial, when)


class IdentifierTable:
    """A table of identifiers by month: lines "07ANKARA555,3" in the order of sending, each once, gzipped or not.

    Two printed forms of one identifier are one cable here: the misprinted one is left out. Raises BadTableError where
    the file cannot be read or a line is none of these.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._canonical: dict[str, str] = {}
        self._dropped: set[str] = set()
        self._per_month: Counter[tuple[str, int]] = Counter()
        self._last_serial: dict[tuple[str, str], int] = {}
        self._read_through()

    def __len__(self) -> int:
        return self._per_month.total()

    def _lines(self) -> Iterator[tuple[str, int]]:
        opened = gzip.open if self._path.suffix == ".gz" else open
        try:
            with opened(self._path, "rt", encoding="ascii") as file:
                for number, line in enumerate(file, 1):
                    identifier, _, month = line.rstrip("\n").partition(",")
                    if not month.isdecimal() or not 1 <= int(month) <= 12:
                        raise BadTableError(f"{self._path}, line {number}: not an identifier, a comma and a month")
                    yield identifier, int(month)
        except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
            raise BadTableError(f"{self._path} cannot be read: {error}") from error

    def _read_through(self) -> None:
        misprints: dict[str, str] = {}
        for number, (printed, _) in enumerate(self._lines(), 1):
            canonical = canonical_identifier(printed)
            if split_identifier(canonical) is None:
                raise BadTableError(f"{self._path}, line {number}: {printed[:60]!r} is no identifier")
            if canonical != printed:
                self._canonical[printed] = canonical
                if misprints.setdefault(canonical, printed) != printed:
                    self._dropped.add(printed)
        for printed, _ in self._lines():
            if printed in misprints:
                self._dropped.add(misprints[printed])
        for _, month, (year, station, serial) in self._kept():
            self._per_month[year, month] += 1
            self._last_serial[year, station] = max(serial, self._last_serial.get((year, station), 0))
        if not self._per_month:
            raise BadTableError(f"{self._path} holds no identifiers")

    def _kept(self) -> Iterator[tuple[str, int, tuple[str, str, int]]]:
        for printed, month in self._lines():
            parts = split_identifier(self._canonical.get(printed, printed))
            if printed not in self._dropped and parts:
                yield printed, month, parts

    def identities(self, count: int, seed: int) -> Iterator[Identity]:
        """`count` cables: an even sample of the table, or all of it and serials that go on beyond the last of each
        station's year. They come in the order of the days."""
        total, chance = len(self), dice("hours", seed)
        sent: Counter[tuple[str, int]] = Counter()
        for place, (printed, month, (year, station, serial)) in enumerate(self._kept()):
            copies = (place + 1) * count // total - place * count // total
            full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= FIRST_YEAR else 2000)
            days = calendar.monthrange(full, month)[1]
            day = 1 + sent[year, month] * days // self._per_month[year, month]
            sent[year, month] += 1
            for copy in range(copies):
                further = serial + copy * (self._last_serial[year, station] + 1)
                canonical = join_identifier(year, station, str(further))
                minute = int(chance.random() * 1440)
                when = datetime(full, month, day, minute // 60, minute % 60, tzinfo=UTC)
                yield Identity(canonical if copy else printed, canonical, real_sender(station), further, when)
