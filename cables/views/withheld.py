"""What the addresses of a cable answer while it is withheld from the public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from cables.models import Cable, Withholding

_AS_JSON = {"cables:cable-json", "cables:cable-csl", "cables:cable-jsonld"}
_AS_TEXT = {"cables:cable-text", "cables:cable-bib", "cables:cable-ris"}


def gone(request: HttpRequest, cable: Cable, address: str) -> HttpResponse:
    """Answer with status 410 and the reason, in the form that the name of the address asks for."""
    withholding = Withholding.objects.get(cable=cable)
    since, reason = withholding.since, withholding.reason
    if address in _AS_JSON:
        told = {"identifier": cable.identifier, "withheld": since.isoformat(), "reason": reason}
        response: HttpResponse = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    elif address in _AS_TEXT:
        text = f"{cable.identifier} is withheld from the public since {since:%Y-%m-%d}.\n\n{reason}\n"
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    else:
        response = render(
            request, "cables/withheld.html", {"identifier": cable.identifier, "since": since, "reason": reason}
        )
    response.status_code = 410
    return response
