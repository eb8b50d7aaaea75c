"""Every value of one facet of a search, with its count."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from cables.filters import CableFilter
from cables.search.engine import breakdown
from cables.search.facets import FacetValue
from cables.views.too_long import told_if_too_long

FACETS = {
    "tag": ("TAG", "TAGS"),
    "origin": ("origin", "origins"),
    "country": ("country", "countries"),
    "caption": ("caption", "captions"),
}
"""What one value and what several are called, of the facets that the page of results cuts short."""


@told_if_too_long
def facet(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with every value that the cables found have, or those of them that hold the words of "find"."""
    if name not in FACETS:
        raise Http404
    chosen = CableFilter(request.GET)
    found = breakdown(chosen.qs, name)
    find = request.GET.get("find", "").strip().replace("\x00", "")
    context = {
        "chosen": chosen,
        "name": name,
        "one": FACETS[name][0],
        "several": FACETS[name][1],
        "found": found,
        "find": find,
        "values": holding(find, found.values),
        "search": reverse("cables:search"),
        "asked": [(name, value) for name, values in QueryDict(chosen.query_string()).lists() for value in values],
    }
    return render(request, "cables/facet.html", context)


def holding(find: str, values: Iterable[FacetValue]) -> list[FacetValue]:
    """Return the values that hold each of the words, in what addresses carry or in what people read; case is free."""
    words = find.casefold().split()
    return [value for value in values if all(word in f"{value.value} {value.label}".casefold() for word in words)]
