"""What a cable's page offers beyond its text: citations, the cables beside it, the search that led to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from cables.models import Cable
from cables.search.neighbours import beside
from cables.views.came_from import came_from
from cables.views.cited import FILES, cited, worded


def onward(request: HttpRequest, cable: Cable, codes: Iterable[str]) -> dict[str, Any]:
    """Return what the page's template needs for it; `codes` are those of the cable's TAGS."""
    what = cited(request, cable, codes)
    before, after = beside(cable)
    return {
        "cited": what,
        "worded": worded(what),
        "files": FILES,
        "before": before,
        "after": after,
        "came_from": came_from(request, cable),
    }
