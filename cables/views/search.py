"""Search: words and filters in, a page of cables out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from cables.filters import CableFilter, Sort
from cables.models import Cable
from cables.search.engine import search as run_search
from cables.search.language import only_excludes
from cables.search.lookup import find_cable
from cables.views.fewer import any_word, without_one
from cables.views.histogram import histogram
from cables.views.suggestions import correction
from cables.views.time_asked import time_asked
from cables.views.too_long import told_if_too_long


@vary_on_headers("HX-Request")  # what comes into a page that is open already has its focus at the results
@told_if_too_long
def search(request: HttpRequest) -> HttpResponse:
    """Answer with the cables that the query string asks for, or lead to the one that it names, be it withheld."""
    chosen = CableFilter(request.GET)
    if chosen.words and (cable := find_cable(chosen.words, Cable.everything.all())):
        return redirect(cable)
    results = run_search(chosen.wanted, request.GET.get("page", "1"))
    context = {
        "chosen": chosen,
        "results": results,
        "page": results.page,
        "sorts": [(value, label) for value, label in Sort.CHOICES if chosen.words or value != Sort.RELEVANCE],
        "histogram": histogram(chosen, results),
        "time_asked": time_asked(chosen),
        "correction": correction(chosen, results.total),
        "any_word": any_word(chosen, results),
        "without_one": without_one(chosen, results),
        "only_excludes": only_excludes(chosen.reading.tree),
        "address": request.build_absolute_uri(f"{reverse('cables:search')}?{chosen.query_string()}"),
        "swapped": "HX-Request" in request.headers,
    }
    return render(request, "cables/search.html", context)
