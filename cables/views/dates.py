"""Dates: every year month by month, a year or month day by day, a day; each with the way to its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cables.filter_fields import span
from cables.search.days import Days, cables_between, days_of
from cables.search.holdings import holdings
from cables.views.heat import Cell, heat, ranges, weeks
from cables.views.listing import page_of


@dataclass(frozen=True, slots=True)
class Level:
    """Years, months or days: how one of them is called, and where its page is, by a day in it."""

    name: str
    title: Callable[[date], str]
    address: Callable[[date], str]


YEAR = Level("year", lambda day: f"{day.year}", lambda day: reverse("cables:months", args=[day.year]))
MONTH = Level(
    "month", lambda day: f"{day:%B} {day.year}", lambda day: reverse("cables:month", args=[day.year, day.month])
)
DAY = Level(
    "day",
    lambda day: f"{day.day} {MONTH.title(day)}",
    lambda day: reverse("cables:day", args=[day.year, day.month, day.day]),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month as a calendar shows it."""

    month: date
    count: int
    address: str
    weeks: list[list[Cell | None]]


def years(request: HttpRequest) -> HttpResponse:
    """Answer with every year that cables are held of, month by month."""
    days = days_of(holdings())
    return render(request, "cables/years.html", {"days": days, "heat": heat(days.by_month(), MONTH.address)})


def months(request: HttpRequest, year: int) -> HttpResponse:
    """Answer with one year, day by day."""
    return _period(request, YEAR, f"{year:04}")


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Answer with one month, day by day, and its cables."""
    return _period(request, MONTH, f"{year:04}-{month}")


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """Answer with the cables of one day."""
    return _period(request, DAY, f"{year:04}-{month}-{day}")


def _period(request: HttpRequest, level: Level, written: str) -> HttpResponse:
    """Answer with a year, month or day; one without cables has a page as long as it lies between others that have."""
    try:
        first, last = span(written)
    except ValueError:
        return _no_such(request, f"There is no {written} in the calendar.")
    held = holdings()
    days = days_of(held)
    if not (days.first and days.last and days.first <= last and first <= days.last):
        return _no_such(request, f"No cable of {level.title(first)} is held.", days)
    counts = days.within(first, last)
    context = {
        "level": level.name,
        "first": first,
        "last": last,
        "title": level.title(first),
        "address": level.address(first),
        "count": sum(counts.values()),
        "sheets": _sheets(level, first, counts),
        "ranges": ranges(max(counts.values(), default=0)),
        **_neighbours(level, days, first, last),
    }
    if level is not YEAR:
        context |= page_of(request, cables_between(held, first, last))
    return render(request, "cables/period.html", context)


def _sheets(level: Level, first: date, counts: dict[date, int]) -> list[Sheet]:
    """Return the calendars of the months of a year, or of one month; a day has none."""
    numbers = {YEAR.name: range(1, 13), MONTH.name: range(first.month, first.month + 1)}.get(level.name, range(0))
    most = max(counts.values(), default=0)
    sheets = []
    for month in (first.replace(month=number) for number in numbers):
        count = sum(count for day, count in counts.items() if day.month == month.month)
        sheets.append(Sheet(month, count, MONTH.address(month), weeks(month, counts, most, DAY.address)))
    return sheets


def _neighbours(level: Level, days: Days, first: date, last: date) -> dict[str, Any]:
    """Return the nearest years, months or days that have cables, each as its title and address; None for none."""
    found = {"previous": days.before(first), "next": days.after(last)}
    return {name: (level.title(day), level.address(day)) if day else None for name, day in found.items()}


def _no_such(request: HttpRequest, why: str, days: Days | None = None) -> HttpResponse:
    return render(request, "cables/no_such_date.html", {"why": why, "days": days}, status=404)
