"""Help: how to search, how to read a cable, what the words mean."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.corpus.annotated import annotated_cable
from cables.models import Classification
from cables.reference_data import tables
from cables.search.markings import markings
from cables.search.specimens import specimens
from cables.views.search_examples import examples


def index(request: HttpRequest) -> HttpResponse:
    """Answer with what help there is."""
    return render(request, "cables/help.html")


def searching(request: HttpRequest) -> HttpResponse:
    """Answer with how to search, in examples that find cables of this archive."""
    return render(request, "cables/search_help.html", {"groups": examples(specimens())})


def reading(request: HttpRequest) -> HttpResponse:
    """Answer with how to read a cable: an invented one, explained piece by piece."""
    sections = [
        (section.title, [(row, [(note, _linked(note.see)) for note in row.notes]) for row in section.rows])
        for section in annotated_cable()
    ]
    return render(request, "cables/reading_help.html", {"sections": sections})


def glossary(request: HttpRequest) -> HttpResponse:
    """Answer with the words of the trade, and how many cables have each classification and caption."""
    levels, captions = ({marking.value: marking for marking in some} for some in markings())
    labels = {level.slug: level.label for level in Classification}
    entries = tables.glossary()
    context = {
        "levels": [(entry, labels[entry.level], levels.get(entry.level)) for entry in tables.classifications()],
        "captions": [(caption, captions.get(caption.code)) for caption in tables.captions()],
        "reasons": [
            (section, tables.glossary_anchor(section), title)
            for section, title in tables.classification_reasons().items()
        ],
        "precedences": [entry for entry in entries if entry.kind == "precedence"],
        "words": [entry for entry in entries if entry.kind == "word"],
    }
    return render(request, "cables/glossary.html", context)


def _linked(terms: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the terms with their places on the page of the glossary."""
    return [(term, tables.glossary_anchor(term)) for term in terms]
