"""Dates: every year month by month, one year, one month."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cables.filter_fields import span
from cables.models import SearchEntry
from cables.views.listing import listing


def years(request: HttpRequest) -> HttpResponse:
    """Answer with every year that cables are held of, month by month."""
    counts = (
        SearchEntry.objects.exclude(day=None)
        .values_list("year", ExtractMonth("day"))
        .annotate(count=Count("pk"))
        .order_by("year", "day__month")
    )
    calendar = [
        (year, {month: count for _, month, count in months}) for year, months in groupby(counts, key=lambda row: row[0])
    ]
    undated = SearchEntry.objects.filter(day=None).count()
    return render(request, "cables/years.html", {"calendar": _rows(calendar), "undated": undated})


def months(request: HttpRequest, year: int) -> HttpResponse:
    """Answer with one year: its months and its cables."""
    first, last = _days(f"{year:04}")
    return _period(request, first, last, {"year": year, "title": str(year)})


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Answer with the cables of one month."""
    first, last = _days(f"{year:04}-{month}")
    return _period(request, first, last, {"year": year, "title": f"{first:%B %Y}"})


def _days(period: str) -> tuple[date, date]:
    """Return the first and last day of a year or month ("2005", "2005-3")."""
    try:
        return span(period)
    except ValueError as error:
        raise Http404(f"There is no {period} in the calendar.") from error


def _period(request: HttpRequest, first: date, last: date, names: dict[str, object]) -> HttpResponse:
    # By the day, of which there is an index in this order: by the year a page of an old one takes a tenth of a second.
    cables = listing(request, SearchEntry.objects.filter(day__range=(first, last)))
    if not cables["page"].paginator.count:
        raise Http404(f"No cable of {names['title']} is held.")
    return render(request, "cables/period.html", names | cables)


def _rows(calendar: list[tuple[int, dict[int, int]]]) -> list[tuple[int, int, list[tuple[date, int]]]]:
    """Return (year, cables in it, [(first day of the month, cables in it)] for all twelve months)."""
    return [
        (year, sum(counts.values()), [(date(year, month, 1), counts.get(month, 0)) for month in range(1, 13)])
        for year, counts in calendar
    ]
