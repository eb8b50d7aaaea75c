"""When the invented cables are sent, and the serial numbers they get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from random import Random

from cables.corpus.world import Post

# Cables held of each year, relative to one another: the National Archives' years, then a slow growth.
WEIGHTS = {
    1973: 14, 1974: 18, 1975: 20, 1976: 20, 1977: 22, 1978: 24, 1979: 24,
    1986: 4, 1987: 4, 1988: 5, 1989: 6, 1990: 6, 1991: 6, 1992: 7, 1993: 6, 1994: 7, 1995: 8, 1996: 8, 1997: 8,
    1998: 9, 1999: 10, 2000: 16, 2001: 24, 2002: 40, 2003: 80, 2004: 100, 2005: 150, 2006: 190, 2007: 200,
    2008: 215, 2009: 245, 2010: 40,
}  # fmt: skip
LAST_DAY = datetime(2010, 2, 26, tzinfo=UTC)
FRIDAY = 4


def quotas(count: int, weights: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Each year and how many of `count` cables are sent in it; the numbers add up to `count`."""
    whole, past = sum(weights.values()), 0
    for year, weight in weights.items():
        before = (2 * count * past + whole) // (2 * whole)
        past += weight
        yield year, (2 * count * past + whole) // (2 * whole) - before


def sending_times(count: int, chance: Random) -> Iterator[datetime]:
    """`count` moments in rising order, on working days between six and seven Zulu, spread over the years."""
    for year, quota in quotas(count, WEIGHTS):
        start = datetime(year, 1, 2, tzinfo=UTC)
        days = (min(datetime(year, 12, 30, tzinfo=UTC), LAST_DAY) - start).days
        moments = []
        for _ in range(quota):
            day = start + timedelta(days=chance.randrange(days))
            day -= timedelta(days=max(0, day.weekday() - FRIDAY)) if day.day > 2 else timedelta()
            moments.append(day + timedelta(minutes=chance.randrange(6 * 60, 19 * 60)))
        yield from sorted(moments)


class Serials:
    """The serial numbers of every post: they rise through a year and begin anew with the next."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, int]] = {}

    def take(self, post: Post, when: datetime) -> int:
        """The next serial number of a post at a moment, near what the post has sent by that day of the year."""
        year, last = self._last.get(post.station, (when.year, 0))
        if year != when.year:
            last = 0
        expected = post.yearly * (when.timetuple().tm_yday - 1) // 365
        serial = max(last + 1, expected + 1 + sum(map(ord, post.station)) % 7)
        self._last[post.station] = (when.year, serial)
        return serial
