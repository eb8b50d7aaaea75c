"""A page of cables, the newest first, as every page that browses shows it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from cables.models import Cable, SearchEntry
from cables.views.bars import bars

CABLES_A_PAGE = 50


def listing(request: HttpRequest, entries: QuerySet[SearchEntry]) -> dict[str, Any]:
    """Return `page` and `cables`, by the query string's page number, and `years`, bars over all the entries."""
    newest_first = entries.order_by("-day", "-cable_id").values_list("cable_id", flat=True)
    page: Page[int] = Paginator(newest_first, CABLES_A_PAGE).get_page(request.GET.get("page"))
    cables = Cable.objects.for_lists().in_bulk(list(page.object_list))
    over_time = entries.order_by("year").exclude(year=None).values_list("year").annotate(count=Count("pk"))
    return {"page": page, "cables": [cables[pk] for pk in page.object_list], "years": bars(over_time)}
