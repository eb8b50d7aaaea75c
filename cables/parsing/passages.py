"""The passages of one paragraph: its prose, and the lists that stand in it.

A paragraph's text for reading (reading.py) has every item of a list on a line of its own; which of these lines are one
list, and which only begin like an item ("-- officers."), is told here by their neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cables.parsing.numbering import ends_sentence
from cables.parsing.portion_marks import read_portion_mark

PROSE, DASHES, MARKED = "prose", "dashes", "marked"
"""The kinds of passages: running text, a list with dashes or bullets, a list with letters or numbers."""

_DASH = re.compile(r"(?:-{1,2}|[*•·])\s+(?=\S)|--(?=\w)")
_MARK = re.compile(r"(\(?)([A-Za-z]|\d{1,2}|[ivx]{2,4})([.)])\s+(?=\S)")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}


class Item(NamedTuple):
    """One item of a list: its letter or number as printed ("(a)", "" in a list with dashes), its words, and the portion
    mark before them with its level, "" where it has none of its own."""

    mark: str
    text: str
    marking: str = ""
    level: str = ""


class Passage(NamedTuple):
    """One passage: the words of prose, or the items of a list."""

    kind: str
    text: str = ""
    items: tuple[Item, ...] = ()


@dataclass(slots=True)
class _Line:
    """A line of the text: the words after its mark, and what the mark may be: families, each with its place in them."""

    printed: str
    text: str
    mark: str = ""
    families: dict[str, int] = field(default_factory=dict)


def passages(text: str) -> list[Passage]:
    """Return the passages of a paragraph's text for reading, in order, in time proportional to its length.

    A list has two items at least, of dashes or of letters or numbers that follow one another. A line that goes on in
    the middle of a sentence is joined to the line before: a word processor, or a line of apparatus taken out, cut it.
    """
    found: list[Passage] = []
    prose: list[str] = []
    for run in _runs(_lines(text)):
        if len(run) == 1 and prose and _goes_on(run[0].printed, prose[-1], dash=True):
            prose.append(run[0].printed)
            continue
        if prose:
            found.append(Passage(PROSE, " ".join(prose)))
        prose = [run[0].printed] if len(run) == 1 else []
        if not prose:
            found.append(Passage(MARKED if run[0].mark else DASHES, items=tuple(map(_item, run))))
    return [*found, Passage(PROSE, " ".join(prose))] if prose else found


def _item(line: _Line) -> Item:
    marking, level, text = read_portion_mark(line.text, numbered=False)
    return Item(line.mark, text, marking, level)


def starts_item(text: str, before: str) -> bool:
    """Return whether a text that follows another, which a page break parts from it, starts with an item of a list."""
    return ends_sentence(before) and bool(_read(text).families)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines, each with those joined to it that only go on with its sentence."""
    parts: list[str] = []
    for printed in filter(None, (line.strip() for line in text.split("\n"))):
        if parts and _goes_on(printed, parts[-1]) and not _read(printed).families:
            parts.append(printed)
            continue
        if parts:
            yield _read(" ".join(parts))
        parts = [printed]
    if parts:
        yield _read(" ".join(parts))


def _goes_on(text: str, before: str, *, dash: bool = False) -> bool:
    return not ends_sentence(before) and (text[0].islower() or (dash and text[0] == "-"))


def _read(printed: str) -> _Line:
    if dash := _DASH.match(printed):
        return _Line(printed, printed[dash.end() :], families={DASHES: 0})
    found = _MARK.match(printed)
    if found is None:
        return _Line(printed, printed)
    opening, name, closing = found.groups()
    families = {}
    if name.isdigit():
        families["1"] = int(name)
    elif len(name) == 1:
        families["A" if name.isupper() else "a"] = ord(name.lower()) - ord("a") + 1
    if name in _ROMAN:
        families["i"] = _ROMAN[name]
    style = opening + closing
    return _Line(printed, printed[found.end() :], found[0].strip(), {style + kind: at for kind, at in families.items()})


def _runs(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines that are one list together; any other line by itself."""
    run: list[_Line] = []
    families: dict[str, int] = {}
    for line in lines:
        following = {
            kind: place
            for kind, place in line.families.items()
            if kind in families and place == families[kind] + (kind != DASHES)
        }
        if run and following:
            run.append(line)
            families = following
            continue
        if run:
            yield run
        run, families = [line], line.families
    if run:
        yield run
