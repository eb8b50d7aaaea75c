"""Classifications and captions: what each means, and how many cables of which years have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.reference_data import tables
from cables.search.markings import Marking, markings
from cables.views.bars import HEIGHT, bars


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a marking stands for: in full, in a sentence, and where that is laid down; "" where it is not known."""

    title: str = ""
    meaning: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A marking with its meaning, and its years as one path of SVG."""

    marking: Marking
    meaning: Meaning
    columns: str

    @property
    def most(self) -> int | None:
        """The year that has the most of its cables."""
        return max(self.marking.years, key=lambda year: year[1])[0] if self.marking.years else None


def classifications(request: HttpRequest) -> HttpResponse:
    """Answer with the levels of classification and the captions that cables have."""
    levels, captions = markings()
    years = [year for marking in levels for year, _ in marking.years]
    first, last = (min(years), max(years)) if years else (0, 0)
    level_meanings = {entry.level: Meaning("", entry.meaning, entry.source) for entry in tables.classifications()}
    caption_meanings = {entry.code: Meaning(entry.title, entry.meaning) for entry in tables.captions()}
    context = {
        "levels": _entries(levels, level_meanings, first, last),
        "captions": _entries(captions, caption_meanings, first, last),
        "span": last - first + 1,
    }
    return render(request, "cables/classifications.html", context)


def _entries(markings: list[Marking], meanings: Mapping[str, Meaning], first: int, last: int) -> list[Entry]:
    return [
        Entry(marking, meanings.get(marking.value, Meaning()), _columns(marking, first, last)) for marking in markings
    ]


def _columns(marking: Marking, first: int, last: int) -> str:
    """Return the columns of a marking's years, from the first year to the last of the archive."""
    return "".join(
        f"M{bar.position}.1 {HEIGHT}V{bar.top}h.8V{HEIGHT}"
        for bar in bars([(first, 0), (last, 0), *marking.years])
        if bar.count
    )
