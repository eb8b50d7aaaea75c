"""Heat maps: counts by month or day as the cells of a calendar, the fuller the stronger.

The strength of a cell grows with the root of its count, as the side of a square does with its area: a month with a
quarter of the most is half as strong. So what is small beside the most can still be told from nothing.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

STEPS = 5

Address = Callable[[date], str]
"""Gives where the cell of a month (by its first day) or a day leads."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A month (by its first day) or a day: its count, its strength from 0 (none) to STEPS, and where it leads.

    The address is "" where nothing is held.
    """

    day: date
    count: int
    step: int
    address: str


@dataclass(frozen=True, slots=True)
class Range:
    """What a step stands for: the counts from `least` to `most`."""

    step: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year, its count, and its twelve months."""

    year: int
    count: int
    months: list[Cell]

    @property
    def century(self) -> str:
        """The digits of the year that narrow columns have no room for: "19"."""
        return f"{self.year // 100}"

    @property
    def in_century(self) -> str:
        """The two digits that they show: "73"."""
        return f"{self.year % 100:02}"


@dataclass(frozen=True, slots=True)
class Heat:
    """The years that have any, in order, and what the steps of their months stand for."""

    years: list[Year]
    ranges: list[Range]

    @property
    def by_month(self) -> list[list[Cell]]:
        """The months from January to December, each as its cells in all years: for rows of months."""
        return [list(cells) for cells in zip(*(year.months for year in self.years), strict=True)]


def heat(counts: Mapping[tuple[int, int], int], address: Address) -> Heat:
    """Return the heat map of (year, month) -> count; years without any are left out."""
    most = max(counts.values(), default=0)

    def cell(year: int, month: int) -> Cell:
        return _cell(date(year, month, 1), counts.get((year, month), 0), most, address)

    numbers = sorted({year for (year, _), count in counts.items() if count})
    rows = [(number, [cell(number, month) for month in range(1, 13)]) for number in numbers]
    years = [Year(number, sum(cell.count for cell in months), months) for number, months in rows]
    return Heat(years, ranges(most))


def weeks(month: date, counts: Mapping[date, int], most: int, address: Address) -> list[list[Cell | None]]:
    """Return the weeks of a month, from Monday, as the cells of their days: None for those of other months.

    `most` is the count of the strongest cell, of this month or of all that are shown beside it.
    """
    return [
        [_cell(day, counts.get(day, 0), most, address) if (day := _day(month, number)) else None for number in week]
        for week in Calendar().monthdayscalendar(month.year, month.month)
    ]


def strength(count: int, most: int) -> int:
    """Return the step of a count beside the most that there is: 0 for none, else 1 to STEPS."""
    return next(step for step in range(STEPS + 1) if most * step**2 >= count * STEPS**2)


def ranges(most: int) -> list[Range]:
    """Return the steps that counts up to the most can have, each with the counts that have it."""
    ends = [most * step**2 // STEPS**2 for step in range(STEPS + 1)]
    return [Range(step, ends[step - 1] + 1, ends[step]) for step in range(1, STEPS + 1) if ends[step] > ends[step - 1]]


def _cell(day: date, count: int, most: int, address: Address) -> Cell:
    return Cell(day, count, strength(count, most), address(day) if count else "")


def _day(month: date, number: int) -> date | None:
    return month.replace(day=number) if number else None
