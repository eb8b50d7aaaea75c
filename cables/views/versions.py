"""The versions of a cable: what each release had, and how its text and fields differ from what the page shows."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.comparing.differences import Allowance, Stretch
from cables.comparing.forms import compare
from cables.ingest.versions import lists_of
from cables.models import Post, Version
from cables.views.held import elsewhere, held_cable, kept_of

MOST = 10
"""Versions that one page compares: each is a whole text."""


class ComparedVersion(NamedTuple):
    """A version beside what is shown: the fields that differ (label, shown, in the version) and the stretches of both
    texts."""

    version: Version
    fields: list[tuple[str, str, str]]
    stretches: list[Stretch]


def versions(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with every version of a cable that is kept, and what differs in it."""
    held = held_cable(identifier)
    if held is None:
        return elsewhere(request, identifier, "cables:cable-versions")
    allowance = Allowance()
    kept = kept_of(held, MOST + 1)
    shown = held.stored_fields() | lists_of([held])[held.pk]
    posts = dict(Post.objects.filter(pk__in={v.fields.get("origin") for v in kept} - {None}).values_list("pk", "name"))
    if held.origin:
        posts[held.origin.pk] = held.origin.name
    context = {
        "cable": held,
        "compared": [
            ComparedVersion(version, *compare(_named(shown, posts), _named(version.fields, posts), allowance))
            for version in kept[:MOST]
        ],
        "more": len(kept) > MOST,
        "most": MOST,
        "coarse": allowance.spent,
    }
    return render(request, "cables/versions.html", context)


def _named(fields: dict[str, Any], posts: dict[int, str]) -> dict[str, Any]:
    """Return the fields with the origin's name in the place of its number, where they have it."""
    return fields | {"origin": posts.get(fields["origin"], "")} if "origin" in fields else fields
