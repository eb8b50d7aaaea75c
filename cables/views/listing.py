"""A page of cables, the newest first, as every page that browses shows it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from cables.models import Cable, SearchEntry
from cables.search.numbers import Numbers
from cables.views.bars import bars

CABLES_A_PAGE = 50


def listing(request: HttpRequest, entries: QuerySet[SearchEntry]) -> dict[str, Any]:
    """Return `page` and `cables`, by the query string's page number, and `years`, bars over all the entries."""
    newest_first = entries.order_by("-day", "-cable_id").values_list("cable_id", flat=True)
    over_time = entries.order_by("year").exclude(year=None).values_list("year").annotate(count=Count("pk"))
    return page_of(request, newest_first) | {"years": bars(over_time)}


def page_of(request: HttpRequest, cables: QuerySet[Any, int] | Numbers) -> dict[str, Any]:
    """Return `page`, by the query string's page number, of the cables with these numbers, and `cables`, its cables."""
    page: Page[int] = Paginator(cables, CABLES_A_PAGE).get_page(request.GET.get("page"))
    numbers = [int(number) for number in page.object_list]
    held = Cable.objects.for_lists().in_bulk(numbers)
    return {"page": page, "cables": [held[number] for number in numbers]}
