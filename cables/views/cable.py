"""A cable's own pages: for reading, as received, as text, as JSON; and the addresses that lead to it."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from cables.models import Cable, Paragraph
from cables.search.lookup import find_cable, near_identifiers
from cables.search.similar import similar as similar_cables
from cables.views.reading import anchored, reading_blocks
from cables.views.record import as_record

MOST_SIMILAR = 25


def cable(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the cable's page: its facts and the text for reading."""
    return _page(request, identifier, "cables:cable")


def as_received(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the same page, the text as it was received."""
    return _page(request, identifier, "cables:cable-received")


def as_text(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the cable as plain text: header, an empty line, body."""
    held = _held(identifier)
    if held is None:
        return _elsewhere(request, identifier, "cables:cable-text")
    return HttpResponse(f"{held.header}\n\n{held.body}".lstrip(), content_type="text/plain; charset=utf-8")


def as_json(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with every field of the cable as JSON."""
    held = _held(identifier)
    if held is None:
        return _elsewhere(request, identifier, "cables:cable-json")
    return JsonResponse(as_record(held), json_dumps_params={"indent": 2, "ensure_ascii": False})


def similar(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the cables most like the cable."""
    held = None if "\x00" in identifier else Cable.objects.for_lists().filter(identifier=identifier).first()
    if held is None:
        return _elsewhere(request, identifier, "cables:cable-similar")
    alike = similar_cables(held.pk, MOST_SIMILAR)
    prefetch_related_objects(alike, "origin")
    return render(request, "cables/similar.html", {"cable": held, "similar": alike})


def mirror_address(request: HttpRequest, identifier: str) -> HttpResponse:
    """Lead from the address that the 2010-11 mirrors had ("/cable/2005/02/05ALMATY538.html") to the cable's page."""
    return redirect("cables:cable", identifier, permanent=True)


def _page(request: HttpRequest, identifier: str, address: str) -> HttpResponse:
    held = _held(identifier)
    if held is None:
        return _elsewhere(request, identifier, address)
    received = address == "cables:cable-received"
    paragraphs = Paragraph.objects.of(held)
    context = {
        "cable": held,
        "received": received,
        "text": anchored(paragraphs) if received else reading_blocks(paragraphs),
        "tags": [
            (tag, tag.title_in(held.sent_at.year if held.sent_at else None))
            for tag in held.tags.order_by("cabletag__position")
        ],
        "references": held.references.select_related("target").defer("target__header", "target__body"),
        "cited_by": Cable.objects.for_lists().filter(references__target=held).distinct().order_by("sent_at", "id"),
        "similar": similar_cables(held.pk),
        "versions": held.versions.filter(former_reading=False),
        "readings": held.versions.filter(former_reading=True),
    }
    return render(request, "cables/cable.html", context)


def _held(identifier: str) -> Cable | None:
    if "\x00" in identifier:
        return None
    return Cable.objects.select_related("origin").filter(identifier=identifier).first()


def _elsewhere(request: HttpRequest, identifier: str, address: str) -> HttpResponse:
    """Lead to the canonical address where the name is another spelling; else say what is known of a cable not held."""
    if found := find_cable(identifier):
        return redirect(address, found.identifier, permanent=True)
    if "\x00" in identifier:
        raise Http404("No cable has such a name.")
    citing = Cable.objects.for_lists().filter(references__target_identifier=identifier.upper()).distinct()
    context = {
        "identifier": identifier,
        "citing": citing.order_by("sent_at", "id")[:50],
        "near": near_identifiers(identifier).held,
    }
    return render(request, "cables/not_held.html", context, status=404)
