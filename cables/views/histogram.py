"""The picture of a search over time: a column a year, or a month where years are few, each an address that narrows."""

from __future__ import annotations

from calendar import month_abbr, month_name
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cables.filters import CableFilter
from cables.search.engine import Results

MOST_YEARS = 60
"""Years that there is room for; a few cables of a mistaken year must not press all others together."""
_MOST_LABELS = 6  # in the narrowest window
_MOST_LINES = 4
_LOWEST = 1.5  # hundredths of the picture, so that one cable is seen beside thousands


@dataclass(frozen=True, slots=True)
class Column:
    """A year or month, how many cables found are of it, its height in hundredths, and the query string of those."""

    name: str
    count: int
    height: float
    query_string: str

    @property
    def top(self) -> float:
        """Where it begins, from the top."""
        return round(100 - self.height, 2)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Columns and their scale; places and widths are in hundredths of the picture.

    lines: (count, how far from the top it stands); labels: (what stands below the columns, how far from the left).
    `asked` is where the time asked for begins and how wide it is, None where it is all of the picture. `far` cables are
    of years that there is no room for, and `undated` ones of no known year.
    """

    unit: str
    columns: list[Column]
    lines: list[tuple[int, float]]
    labels: list[tuple[str, float]]
    asked: tuple[float, float] | None
    far: int
    undated: int


def histogram(chosen: CableFilter, results: Results) -> Histogram | None:
    """Return the picture of the cables found, None where all are of one month, or of no known one."""
    years, months = results.facets["year"], results.facets["month"]
    unit, a_year = ("month", 12) if months else ("year", 1)
    counts = {_number(value.value, a_year): value.count for value in months or years}
    if len(counts) < 2:
        return None
    numbers = _whole_years(counts) if months else _fullest(counts)
    most = max(counts.get(number, 0) for number in numbers)
    return Histogram(
        unit=unit,
        columns=[_column(chosen, number, a_year, counts.get(number, 0), most) for number in numbers],
        lines=[(count, round(100 - 100 * count / most, 2)) for count in _lines(most)],
        labels=[(label, _place(number + 0.5, numbers)) for number, label in _labels(numbers, a_year)],
        asked=_asked(chosen.ends, numbers, a_year),
        far=sum(count for number, count in counts.items() if number not in numbers),
        undated=results.total - sum(counts.values()),
    )


def _column(chosen: CableFilter, number: int, a_year: int, count: int, most: int) -> Column:
    year, month = number // a_year, number % a_year + 1
    if a_year == 1:
        unit, value, name = "year", f"{year:04}", f"{year:04}"
    else:
        unit, value, name = "month", f"{year:04}-{month:02}", f"{month_name[month]} {year}"
    if not count:
        return Column(name, 0, 0, "")
    return Column(name, count, max(round(100 * count / most, 2), _LOWEST), chosen.adding(unit, value))


def _number(value: str, a_year: int) -> int:
    """Return a year, or the months since the year 0, of a facet's value."""
    year, _, month = value.partition("-")
    return int(year) * a_year + (int(month) - 1 if month else 0)


def _whole_years(counts: Mapping[int, int]) -> range:
    """Return the months from the January before the first to the December after the last."""
    return range(min(counts) // 12 * 12, max(counts) // 12 * 12 + 12)


def _fullest(counts: Mapping[int, int]) -> range:
    """Return the years from the first to the last, less the emptier end while there are more than there is room for."""
    years = sorted(counts)
    while years[-1] - years[0] >= MOST_YEARS:
        years.pop(0 if counts[years[0]] < counts[years[-1]] else -1)
    return range(years[0], years[-1] + 1)


def _lines(most: int) -> range:
    """Return up to _MOST_LINES round counts, at even distances."""
    step = next(
        factor * 10**power for power in range(len(str(most)) + 1) for factor in (1, 2, 5)
        if most // (factor * 10**power) <= _MOST_LINES
    )  # fmt: skip
    return range(step, most + 1, step)


def _labels(numbers: range, a_year: int) -> Iterator[tuple[int, str]]:
    """Yield (number, label) for those that get one: years by round numbers; each January, and months between."""
    if a_year == 1:
        step = next(step for step in (1, 2, 5, 10) if len(numbers) / step <= _MOST_LABELS)
    else:
        step = 3 if len(numbers) == a_year else 6
    for number in numbers:
        if number % step == 0:
            yield number, month_abbr[number % 12 + 1] if number % a_year else f"{number // a_year:04}"


def _place(number: float, numbers: range) -> float:
    return round(100 * (number - numbers.start) / len(numbers), 2)


def _asked(ends: tuple[date | None, date | None], numbers: range, a_year: int) -> tuple[float, float] | None:
    """Return where the time between these ends begins and how wide it is, as far as it is shown."""
    since, until = ends
    begin = max(_point(since, a_year)[0], numbers.start) if since else numbers.start
    end = min(_point(until, a_year)[1], numbers.stop) if until else numbers.stop
    if begin >= end or (begin, end) == (numbers.start, numbers.stop):
        return None
    return _place(begin, numbers), round(_place(end, numbers) - _place(begin, numbers), 2)


def _point(day: date, a_year: int) -> tuple[float, float]:
    """Return where a day begins and ends, in years or months since the year 0; all months here have 31 days."""
    part = (day.month - 1) * 31 + day.day
    year = day.year * a_year
    return year + (part - 1) * a_year / 372, year + part * a_year / 372
