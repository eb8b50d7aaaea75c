"""A cable's own pages: for reading, as received, as text, as JSON; and the addresses that lead to it."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from cables.models import Cable, Paragraph, Reference
from cables.search.similar import similar as similar_cables
from cables.search.thread import thread as find_thread
from cables.views import facts
from cables.views.held import elsewhere, held_cable, held_with_all
from cables.views.onward import onward
from cables.views.reading import anchored, contents, marks, reading_blocks
from cables.views.record import as_record
from cables.views.thread import picture

MOST_SIMILAR = 25
FEW_SIMILAR = 5
"""Of them on the cable's own page."""
MOST_CITING = 10
STEPS = 4
MOST_OF_A_THREAD = 200
STEPS_BESIDE = 2
MOST_BESIDE = 20
"""Of the thread on the cable's own page."""


def cable(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the cable's page: its facts and the text for reading."""
    return _page(request, identifier, "cables:cable")


def as_received(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the same page, the text as it was received."""
    return _page(request, identifier, "cables:cable-received")


def as_text(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the cable as plain text: header, an empty line, body."""
    held = held_cable(identifier)
    if held is None:
        return elsewhere(request, identifier, "cables:cable-text")
    return HttpResponse(f"{held.header}\n\n{held.body}".lstrip(), content_type="text/plain; charset=utf-8")


def as_json(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with every field of the cable as JSON."""
    held = held_cable(identifier)
    if held is None:
        return elsewhere(request, identifier, "cables:cable-json")
    return JsonResponse(as_record(held), json_dumps_params={"indent": 2, "ensure_ascii": False})


def similar(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the cables most like the cable: with the first of them alone where its own page asks for those.

    What is alike takes a larger archive longer to find, and most who come to a cable do not read on to its end.
    """
    held = None if "\x00" in identifier else Cable.objects.for_lists().filter(identifier=identifier).first()
    if held is None:
        return elsewhere(request, identifier, "cables:cable-similar")
    beside = "HX-Request" in request.headers
    alike = similar_cables(held.pk, FEW_SIMILAR if beside else MOST_SIMILAR)
    if not beside:
        prefetch_related_objects(alike, "origin")
    template = "cables/_few_similar.html" if beside else "cables/similar.html"
    response = render(request, template, {"cable": held, "similar": alike})
    patch_vary_headers(response, ["HX-Request"])
    return response


def thread(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with what the cable cites and what cites it, as far as a page of its own holds."""
    held = None if "\x00" in identifier else Cable.objects.for_lists().filter(identifier=identifier).first()
    if held is None:
        return elsewhere(request, identifier, "cables:cable-thread")
    laid_out = picture(find_thread(held.pk, steps=STEPS, most=MOST_OF_A_THREAD))
    return render(request, "cables/thread.html", {"cable": held, "thread": laid_out, "steps": STEPS})


def mirror_address(request: HttpRequest, identifier: str) -> HttpResponse:
    """Lead from the address that the 2010-11 mirrors had ("/cable/2005/02/05ALMATY538.html") to the cable's page."""
    return redirect("cables:cable", identifier, permanent=True)


def _page(request: HttpRequest, identifier: str, address: str) -> HttpResponse:
    held = held_with_all(identifier)
    if held is None:
        return elsewhere(request, identifier, address)
    cable, received = held.cable, address == "cables:cable-received"
    paragraphs = Paragraph.objects.of(cable)
    references = facts.cites(cable.references.select_related("target").defer("target__header", "target__body"))
    citing = Cable.objects.for_lists().filter(pk__in=Reference.objects.filter(target=cable).values("cable"))
    context = {
        "held": held,
        "cable": cable,
        "address": request.build_absolute_uri(cable.get_absolute_url()),
        "received": received,
        "text": anchored(paragraphs) if received else reading_blocks(paragraphs),
        "contents": contents(paragraphs),
        "marks": marks(paragraphs),
        **facts.told(cable),
        "references": references,
        "mentions": facts.mentions(references),
        "cited_by": citing.order_by("sent_at", "id")[:MOST_CITING],
        "thread": picture(find_thread(cable.pk, steps=STEPS_BESIDE, most=MOST_BESIDE)),
        **onward(request, cable, [tag.code for tag in held.tags]),
    }
    return render(request, "cables/cable.html", context)
