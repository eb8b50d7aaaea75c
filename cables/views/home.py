"""The home page: what this archive is, what it holds, and the ways in."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.models import Cable, Post, SearchEntry, Tag
from cables.views.bars import bars

T = TypeVar("T", Post, Tag)

WAYS_IN = 12
NEWEST = 8


def home(request: HttpRequest) -> HttpResponse:
    """Answer with the home page."""
    entries = SearchEntry.objects.order_by()
    years = entries.exclude(year=None).values_list("year").annotate(count=Count("pk")).order_by("year")
    context = {
        "holdings": entries.aggregate(count=Count("pk"), oldest=Min("day"), newest=Max("day")),
        "years": bars(years),
        "newest": Cable.objects.for_lists().exclude(sent_at=None).order_by("-sent_at", "-id")[:NEWEST],
        "origins": _most(Post.objects.all(), "name"),
        "tags": _most(Tag.objects.filter(kind=Tag.Kind.SUBJECT), "code"),
    }
    return render(request, "cables/home.html", context)


def _most(rows: QuerySet[T], then: str) -> QuerySet[T]:
    """Return the rows with most cables, their number as `count`; where it is the same, in the order of `then`."""
    counted = rows.annotate(count=Count("cables")).filter(count__gt=0)
    return counted.order_by("-count", then)[:WAYS_IN]
