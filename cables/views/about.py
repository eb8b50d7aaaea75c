"""What this archive is, to readers and to robots."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.sources import FORMS

_ROBOTS = """\
User-agent: *
Disallow: /search/?
Disallow: /search/facet/
Disallow: /search/suggestions/
Disallow: /search/trend/
Disallow: /admin/
"""


def about(request: HttpRequest) -> HttpResponse:
    """Answer with what this archive is and how it is made."""
    return render(request, "cables/about.html", {"forms": FORMS.values()})


def robots(request: HttpRequest) -> HttpResponse:
    """Answer with the rules for robots: cables are welcome to be found, endless filter combinations are not walked."""
    return HttpResponse(_ROBOTS, content_type="text/plain")
