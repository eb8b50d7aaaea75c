"""Classifications: the levels, and how many cables have each."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.models import Classification, SearchEntry


def classifications(request: HttpRequest) -> HttpResponse:
    """Answer with the levels of classification and how many cables have each."""
    counts = dict(SearchEntry.objects.order_by().values_list("classification").annotate(count=Count("pk")))
    levels = [(level, counts[level]) for level in reversed(Classification) if level in counts]
    return render(request, "cables/classifications.html", {"levels": levels})
