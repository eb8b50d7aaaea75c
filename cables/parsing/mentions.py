"""Mentions of a cable's references in its own text: "REF A", "reftel", "VALDMARK 347", "05VALDMARK347"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cables.parsing.identifiers import split_identifier
from cables.parsing.stations import compact

_LABELS = re.compile(
    r"\b(?P<word>ref(?:erence|tel)?s?)\b(?P<point>\.?\s{0,2})"
    r"(?P<labels>\(?[A-Za-z]\b\)?(?:\s{0,2}(?:,|;|/|-|\band\b|\bor\b|&){1,2}\s{0,2}(?:and\s)?\(?[A-Za-z]\b\)?){0,25})?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b[A-Za-z]\b")
_NUMBER = re.compile(r"(?<=[A-Za-z])[ \n.-]{0,2}(?P<serial>\d{1,8})(?![\d\w])")
_YEAR = re.compile(r"(?:(?<![\dA-Za-z])|(?<=\b[Ee]))'?(?P<year>(?:19|20)?\d\d)[ ]?\Z")
_NAME_END = re.compile(r"(?:[A-Za-z'’][ .'’-]{0,2})+\Z")
_REACH = 48
_ALONE = frozenset(("reftel", "ref"))


class Cited(NamedTuple):
    """A reference that leads somewhere: its label ("A" or ""), the identifier it means, and its words as printed."""

    label: str
    identifier: str
    words: str = ""


class Mention(NamedTuple):
    """Where a text names a reference: text[start:end] means the cable of that identifier."""

    start: int
    end: int
    identifier: str


class Mentions:
    """The references of one cable, to be found in its texts."""

    def __init__(self, cited: Iterable[Cited], *, only_one: bool = False) -> None:
        """`only_one`: the cable has no other reference than the one given, so that "reftel" alone can only mean it."""
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._serials: dict[int, set[tuple[str, str, str]]] = defaultdict(set)  # (station, year, identifier)
        every = list(cited)
        for label, identifier, words in every:
            if label:
                self._labels[label.upper()].add(identifier)
            if parts := split_identifier(identifier):
                year, station, serial = parts
                printed = compact(words.rstrip("0123456789 .-#"))
                for name in {station, printed} - {""}:
                    self._serials[serial].add((name, year[-2:], identifier))
        self._alone = every[0].identifier if only_one and len({one.identifier for one in every}) == 1 else ""

    def find(self, text: str) -> list[Mention]:
        """Return the mentions in a text in order, none within another; what may mean two cables is none.

        Takes time in proportion to the length of the text.
        """
        if not self._labels and not self._serials:
            return []
        found: list[Mention] = []
        done = 0
        for mention in sorted([*self._by_label(text), *self._by_number(text)]):
            if mention.start >= done:
                found.append(mention)
                done = mention.end
        return found

    def _by_label(self, text: str) -> Iterator[Mention]:
        for found in _LABELS.finditer(text):
            word = found["word"].lower()
            if found["labels"] is None:
                if word in _ALONE and self._alone and (word == "reftel" or found["word"].isupper()):
                    yield Mention(*found.span("word"), self._alone)
                continue
            begin = found.start("labels")
            # "Reference a man made" has an article; "ref a" is a label.
            exact = word.startswith("reference")
            linked = False
            for label in _LABEL.finditer(found["labels"]):
                named = self._labels.get(label[0].upper(), set())
                if len(named) == 1 and not (exact and label[0].islower()):
                    start = begin + label.start() if linked or label.start() > 1 else found.start()
                    yield Mention(start, begin + label.end(), next(iter(named)))
                    linked = True
            if not linked and word == "reftel" and self._alone:
                yield Mention(*found.span("word"), self._alone)

    def _by_number(self, text: str) -> Iterator[Mention]:
        for number in _NUMBER.finditer(text):
            named = self._serials.get(int(number["serial"]))
            if not named:
                continue
            before = text[max(0, number.start() - _REACH) : number.start()]
            name = _NAME_END.search(before)
            meant = {}
            for station, year, identifier in named if name else ():
                if (start := _start_of(before, station)) is None:
                    continue
                printed = _YEAR.search(before[:start])
                if printed is None or printed["year"][-2:] == year:
                    meant[identifier] = printed.start() if printed else start
            if len(meant) == 1:
                ((identifier, start),) = meant.items()
                yield Mention(number.start() - len(before) + start, number.end(), identifier)


def _start_of(text: str, station: str) -> int | None:
    """Return where a text starts to end with the letters of a station, None if it does not or a word is cut by it."""
    at = len(text)
    for letter in reversed(station):
        at -= 1
        while at >= 0 and text[at] in " .'’-":
            at -= 1
        if at < 0 or text[at].upper() != letter:
            return None
    return None if at and text[at - 1].isalpha() else at
