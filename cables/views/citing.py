"""The citations of a cable, or of one of its paragraphs: on a page, and as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from cables.views.cited import FILES, JSON_LD, FileForm, cited, paragraph_numbers, worded
from cables.views.held import elsewhere, held_cable


def cite(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the citations of the cable, or of the paragraph that "?paragraph=" names, in every form."""
    held = held_cable(identifier)
    if held is None:
        return elsewhere(request, identifier, "cables:cable-cite")
    numbers, asked = paragraph_numbers(held), request.GET.get("paragraph", "").strip()
    what = cited(request, held, paragraph=asked if asked in numbers else "")
    context = {
        "cable": held,
        "cited": what,
        "worded": worded(what),
        "files": [(form, form.write(what)) for form in FILES],
        "numbers": numbers,
        "missing": "" if asked in numbers else asked,
    }
    return render(request, "cables/cite.html", context)


def as_file(request: HttpRequest, identifier: str, form: FileForm) -> HttpResponse:
    """Answer with one form of citation as a file, of a paragraph where "?paragraph=" names one that there is."""
    held = held_cable(identifier)
    if held is None:
        return elsewhere(request, identifier, form.address_name)
    asked = request.GET.get("paragraph", "")
    what = cited(request, held, paragraph=asked if asked and asked in paragraph_numbers(held) else "")
    disposition = content_disposition_header(form is not JSON_LD, f"{held.identifier}.{form.ending}")
    return HttpResponse(form.write(what), content_type=form.content_type, headers={"Content-Disposition": disposition})
