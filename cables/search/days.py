"""The days that cables are of: how many cables each has, and which are next to each other.

Holdings keep every cable's day, sorted, so all of it is counted in a millisecond or two, whatever is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from cables.search.holdings import NO_DAY, Holdings
from cables.search.numbers import Numbers

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Days:
    """The days that have cables, counted from 1970, the oldest first; how many each has; and how many have no day."""

    days: Numbers
    counts: Numbers
    undated: int

    @property
    def total(self) -> int:
        """How many cables have a day."""
        return int(self.counts.sum())

    @property
    def first(self) -> date | None:
        """The oldest day that has cables."""
        return _date(self.days[0]) if len(self.days) else None

    @property
    def last(self) -> date | None:
        """The newest day that has cables."""
        return _date(self.days[-1]) if len(self.days) else None

    def by_year(self) -> dict[int, int]:
        """Return year -> cables of it, for those that have any, in order."""
        return _summed(self.days.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970, self.counts)

    def by_month(self) -> dict[tuple[int, int], int]:
        """Return (year, month) -> cables of it, for those that have any, in order."""
        months = self.days.astype("datetime64[D]").astype("datetime64[M]").astype(int) + 1970 * 12
        return {(month // 12, month % 12 + 1): count for month, count in _summed(months, self.counts).items()}

    def within(self, first: date, last: date) -> dict[date, int]:
        """Return day -> cables of it, for those from first to last that have any, in order."""
        here = slice(np.searchsorted(self.days, _number(first)), np.searchsorted(self.days, _number(last), "right"))
        return {_date(day): int(count) for day, count in zip(self.days[here], self.counts[here], strict=True)}

    def before(self, day: date) -> date | None:
        """Return the last day before this one that has cables."""
        place = np.searchsorted(self.days, _number(day))
        return _date(self.days[place - 1]) if place else None

    def after(self, day: date) -> date | None:
        """Return the first day after this one that has cables."""
        place = np.searchsorted(self.days, _number(day), "right")
        return _date(self.days[place]) if place < len(self.days) else None


def days_of(held: Holdings, places: Numbers | None = None) -> Days:
    """Return the days of the cables at these places, the newest first as holdings give them, or of all cables."""
    days = held.days if places is None else held.days[places]
    dated = days[days != NO_DAY][::-1]
    starts = np.flatnonzero(np.diff(dated, prepend=NO_DAY))
    counts = np.diff(starts, append=len(dated)).astype(np.int32)
    return Days(dated[starts], counts, len(days) - len(dated))


def cables_between(held: Holdings, first: date, last: date) -> Numbers:
    """Return the numbers of the cables from the first day to the last, the newest first."""
    newest_first = -held.days
    start = np.searchsorted(newest_first, -_number(last))
    end = np.searchsorted(newest_first, -_number(first), "right")
    return held.cables[start:end]


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH


def _date(number: np.int32) -> date:
    return date.fromordinal(int(number) + _EPOCH)


def _summed(keys: Numbers, counts: Numbers) -> dict[int, int]:
    """Return key -> the sum of its counts, in order."""
    sums = np.bincount(keys, counts)
    return {int(key): int(sums[key]) for key in np.flatnonzero(sums)}
