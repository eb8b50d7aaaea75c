"""The trend of a search: how many of its cables are of each year, or month, and which share of all that are held."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractMonth

from cables.models import SearchEntry

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
    dated = entries.exclude(day=None).order_by()
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner takes the comparison of a vector with a query to cost nothing, and would read every vector.
        cursor.execute("SET LOCAL enable_seqscan = off")
        years = dict(dated.values_list("year").annotate(count=Count("pk")))
        by_month = len(years) > 0 and max(years) - min(years) < MONTHLY_UP_TO
        months = _by_month(dated) if by_month else {}
        transaction.set_rollback(True)  # takes the setting back
    if not years:
        return []
    of_the_years = SearchEntry.objects.order_by().filter(year__gte=min(years), year__lte=max(years))
    if not by_month:
        held = dict(of_the_years.values_list("year").annotate(count=Count("pk")))
        return [Period(year, None, years.get(year, 0), held.get(year, 0)) for year in range(min(years), max(years) + 1)]
    held_by_month = _by_month(of_the_years)
    first, last = min(months), max(months)
    return [
        Period(number // 12, number % 12 + 1, months.get(number, 0), held_by_month.get(number, 0))
        for number in range(first, last + 1)
    ]


def _by_month(entries: QuerySet[SearchEntry]) -> dict[int, int]:
    """Return the months, counted from the year 0, that the entries are of -> how many are of each."""
    numbered = entries.annotate(number=F("year") * 12 + ExtractMonth("day") - 1)
    return dict(numbered.values_list("number").annotate(count=Count("pk")))
