"""TAGS: all that are in use, and one with its cables."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cables.models import SearchEntry, Tag
from cables.views.listing import listing


def tags(request: HttpRequest) -> HttpResponse:
    """Answer with all TAGS in use, grouped by kind."""
    used = Tag.objects.annotate(count=Count("cables")).filter(count__gt=0).order_by("code")
    kinds = {kind: [tag for tag in used if tag.kind == kind] for kind in Tag.Kind}
    groups = [(kind.label, kind.value, members) for kind, members in kinds.items() if members]
    return render(request, "cables/tags.html", {"groups": groups, "total": len(used)})


def tag(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with a TAG's meaning and its cables."""
    if code != code.upper():
        return redirect("cables:tag", code.upper(), permanent=True)
    found = get_object_or_404(Tag, code=code)
    entries = SearchEntry.objects.filter(tag_ids__contains=[found.pk])
    return render(request, "cables/tag.html", {"tag": found, **listing(request, entries)})
