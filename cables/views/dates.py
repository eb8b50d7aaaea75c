"""Dates: every year month by month, one year, one month."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

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
    entries = SearchEntry.objects.filter(year=year)
    return _period(request, entries, {"year": year, "title": str(year)})


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Answer with the cables of one month."""
    try:
        first = date(year, month, 1)
    except ValueError as error:
        raise Http404(f"There is no month {month} of the year {year}.") from error
    entries = SearchEntry.objects.filter(year=year, day__month=month)
    return _period(request, entries, {"year": year, "title": f"{first:%B %Y}"})


def _period(request: HttpRequest, entries: QuerySet[SearchEntry], names: dict[str, object]) -> HttpResponse:
    cables = listing(request, entries)
    if not cables["page"].paginator.count:
        raise Http404(f"No cable of {names['title']} is held.")
    return render(request, "cables/period.html", names | cables)


def _rows(calendar: list[tuple[int, dict[int, int]]]) -> list[tuple[int, int, list[tuple[date, int]]]]:
    """Return (year, cables in it, [(first day of the month, cables in it)] for all twelve months)."""
    return [
        (year, sum(counts.values()), [(date(year, month, 1), counts.get(month, 0)) for month in range(1, 13)])
        for year, counts in calendar
    ]
