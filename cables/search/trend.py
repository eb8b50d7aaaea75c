"""The trend of a search: how many of its cables are of each year, or month, and which share of all that are held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from cables.models import SearchEntry
from cables.search.finding import found, quick_plans
from cables.search.holdings import holdings

MONTHLY_UP_TO = 3
"""Years up to which a trend is told by month."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or a month of it, the number of cables found in it, and of all that are held."""

    year: int
    month: int | None
    count: int
    held: int

    @property
    def name(self) -> str:
        """The period as filters and addresses carry it: "2005" or "2005-03"."""
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def share(self) -> float:
        """How many of a hundred cables held were found."""
        return 100 * self.count / self.held if self.held else 0.0


def trend(entries: QuerySet[SearchEntry]) -> list[Period]:
    """Return every period from the first cable found to the last, by month where they are few years."""
    with quick_plans():
        held = holdings()
        places = found(held, entries)
        everything = np.arange(len(held.cables), dtype=np.int32)
        months, all_months = held.months(places), held.months(everything)
    if not len(months):
        return []
    by_month = months.max() // 12 - months.min() // 12 < MONTHLY_UP_TO
    each = 1 if by_month else 12
    counts, all_counts = (np.bincount(numbers // each) for numbers in (months, all_months))
    return [
        Period(
            year=number * each // 12,
            month=number % 12 + 1 if by_month else None,
            count=int(counts[number]),
            held=int(all_counts[number]),
        )
        for number in range(int(months.min()) // each, int(months.max()) // each + 1)
    ]
