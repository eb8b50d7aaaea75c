"""A cable that is not imported yet, as its page will look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cables.ingest.catalogue import slug_of
from cables.ingest.preparing import PARAGRAPH_COLUMNS, REFERENCE_COLUMNS, Prepared, prepare
from cables.ingest.values import as_stored
from cables.models import Cable, Paragraph, Post, Reference, Tag, Upload
from cables.parsing.records import RawCable
from cables.views import facts
from cables.views.reading import contents, marks, reading_blocks


@dataclass(frozen=True, slots=True)
class Arriving:
    """A cable that is held nowhere yet, with its TAGS."""

    cable: Cable
    tags: list[Tag]


def as_it_will_look(request: HttpRequest, upload: Upload, place: int) -> HttpResponse:
    """Answer with the facts and the text of one of the first cables of an upload, the first being 1."""
    first = (upload.preview or {}).get("first", [])
    if not 1 <= place <= len(first):
        raise Http404
    prepared = prepare(RawCable(**first[place - 1]), "")
    if prepared.refusal:  # today's parser reads it otherwise than the one that looked it through
        raise Http404
    arriving = Arriving(_cable(prepared), _tags(prepared.tags))
    paragraphs = _paragraphs(prepared)
    references = facts.cites(_references(prepared))
    context = {
        "upload": upload,
        "held": arriving,
        "cable": arriving.cable,
        "address": request.build_absolute_uri(arriving.cable.get_absolute_url()),
        "text": reading_blocks(paragraphs),
        "contents": contents(paragraphs),
        "marks": marks(paragraphs),
        **facts.told(arriving.cable),
        "references": references,
        "mentions": facts.mentions(references),
        "place": place,
        "count": len(first),
    }
    return render(request, "cables/preview.html", context)


def _cable(prepared: Prepared) -> Cable:
    values: dict[str, Any] = as_stored(prepared.values)
    name = values.pop("origin")
    slug = slug_of(name)
    origin = Post.objects.filter(slug=slug).first() or Post(name=name, slug=slug) if name else None
    return Cable(**values, origin=origin)


def _tags(codes: Sequence[str]) -> list[Tag]:
    known = Tag.objects.in_bulk(codes, field_name="code")
    return [known.get(code) or Tag(code=code) for code in codes]


def _paragraphs(prepared: Prepared) -> list[Paragraph]:
    """Return the pieces of the body, each with its `raw` text."""
    pieces = [Paragraph(**dict(zip(PARAGRAPH_COLUMNS, row, strict=True))) for row in prepared.paragraphs]
    body = prepared.values["body"]
    for piece, (start, end) in zip(pieces, pairwise([*(each.start for each in pieces), len(body)]), strict=True):
        piece.raw = body[start:end]
    return pieces


def _references(prepared: Prepared) -> list[Reference]:
    """Return the references, those to cables that are held leading there."""
    rows = [Reference(**dict(zip(REFERENCE_COLUMNS, row, strict=True))) for row in prepared.references]
    wanted = {row.target_identifier for row in rows if row.target_identifier}
    held = Cable.objects.for_lists().in_bulk(wanted, field_name="identifier")
    for row in rows:
        row.target = held.get(row.target_identifier)
    return rows
