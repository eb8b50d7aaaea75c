"""Pages that explain: what this archive is, how to search it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.sources import FORMS
from cables.views.search_examples import EXAMPLES


def about(request: HttpRequest) -> HttpResponse:
    """Answer with what this archive is and how it is made."""
    return render(request, "cables/about.html", {"forms": FORMS.values()})


def search_help(request: HttpRequest) -> HttpResponse:
    """Answer with how to search."""
    return render(request, "cables/search_help.html", {"groups": EXAMPLES})


def robots(request: HttpRequest) -> HttpResponse:
    """Answer with the rules for robots: cables are welcome to be found, endless filter combinations are not walked."""
    return HttpResponse("User-agent: *\nDisallow: /search/\nDisallow: /admin/\n", content_type="text/plain")
