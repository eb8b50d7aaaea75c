"""Search: words and filters in, a page of cables out."""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from psycopg.errors import QueryCanceled

from cables.filters import CableFilter, Sort
from cables.search.engine import search as run_search
from cables.search.language import only_excludes
from cables.search.lookup import find_cable
from cables.views.suggestions import correction


def search(request: HttpRequest) -> HttpResponse:
    """Answer with the cables that the query string asks for, or lead to the one cable that it names."""
    chosen = CableFilter(request.GET)
    if chosen.words and (cable := find_cable(chosen.words)):
        return redirect(cable)
    try:
        results = run_search(chosen.wanted, request.GET.get("page", "1"))
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        return render(request, "cables/search_too_long.html", {"chosen": chosen}, status=503)
    context = {
        "chosen": chosen,
        "results": results,
        "page": results.page,
        "sorts": [(value, label) for value, label in Sort.CHOICES if chosen.words or value != Sort.RELEVANCE],
        "correction": correction(chosen, results.total),
        "only_excludes": only_excludes(chosen.reading.tree),
        "address": request.build_absolute_uri(f"{reverse('cables:search')}?{chosen.query_string()}"),
    }
    return render(request, "cables/search.html", context)
