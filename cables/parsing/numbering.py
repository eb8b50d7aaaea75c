"""Which line-leading numbers are paragraph numbers: those that rise from 1 by one through the whole body.

A number before a full stop at the start of a line may as well be a wrapped sentence ("… by the end of\\n2002.  The"),
an item of a list inside a paragraph, or one of a REF line. No single line tells; the sequence does. Of all rising
sequences the one with the best marks is taken: a portion mark, a blank line before it and the same punctuation as the
others speak for a number, a sentence that runs on from the line before and a gap in the count speak against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import digits
from typing import NamedTuple

from cables.parsing.body_lines import TEXT, Lines
from cables.parsing.portion_marks import PortionMark, read_portion_mark

MAX_GAP = 40
"""Redaction has taken whole runs of paragraphs out of some cables; more than these in one place is an error."""

_NUMBER = re.compile(
    r"¶?\s{0,2}(\d{1,3})(\s?\.{1,2}-?(?!\d)|,(?=\s?\()|\)(?=\s|$)|-(?=\s?\()|\s?(?=\([A-Z/]{1,6}\)))\s*"
)
_FULL_LINE = 40
_SENTENCE_END = (".", "!", "?", ":", ";", ")", '"', "”", "’", "'", "…", "*")


_BEGINNINGS = frozenset((*digits, "¶"))


class Numbered(NamedTuple):
    """A paragraph's first line: its place, its number as printed, the text after that, and its portion mark."""

    line: int
    number: int
    text: str
    mark: PortionMark


def read_number(text: str) -> tuple[int, str, str] | None:
    """Return the number at the start of a line, its punctuation and the text after it; None where there is none."""
    match = _NUMBER.match(text)
    if match is None:
        return None
    digits, punctuation = match.groups()
    return None if digits[0] == "0" else (int(digits), punctuation.strip()[:1], text[match.end() :])


def ends_sentence(text: str) -> bool:
    """Return whether a line ends where a sentence may end."""
    return text.endswith(_SENTENCE_END)


def paragraph_starts(lines: Lines) -> list[Numbered]:
    """Return the numbered paragraphs' first lines in order, numbers strictly rising; empty where none are numbered.

    Takes time in proportion to the number of lines.
    """
    candidates = list(_candidates(lines))
    best: dict[int, tuple[float, int]] = {}  # number -> (score of the best sequence that ends with it, its candidate)
    before: list[int] = []
    for place, (start, score) in enumerate(candidates):
        number, marked = start.number, bool(start.mark.marking)
        total, previous = (0.0, -1) if number == 1 else (-1.0 - 0.1 * number, -1)
        if number != 1 and not marked:
            total = -3.0
        if reached := best.get(number - 1):
            follows_other = place and reached[1] != place - 1 and candidates[place - 1][0].number == number - 1
            total, previous = reached[0] - (1.5 if follows_other and not marked else 0.0), reached[1]
        elif number > 1:
            for gap in range(2, min(number - 1, MAX_GAP if marked else 3) + 1):
                if reached := best.get(number - gap):
                    total, previous = max((total, previous), (reached[0] - 0.8 - 0.1 * gap, reached[1]))
        total += score
        if number not in best or total > best[number][0]:
            best[number] = (total, place)
        before.append(previous)
    if not best or max(best.values())[0] <= 0:
        return []
    place = max(best.values(), key=lambda reached: (reached[0], -reached[1]))[1]
    chosen: list[Numbered] = []
    while place >= 0:
        chosen.append(candidates[place][0])
        place = before[place]
    return chosen[::-1]


def _candidates(lines: Lines) -> Iterator[tuple[Numbered, float]]:
    """Return every line that begins with a number, and how well it bears that out by itself."""
    texts, kinds = lines.texts, lines.kinds
    style = ""
    for n in [n for n, text in enumerate(texts) if text[:1] in _BEGINNINGS]:
        read = read_number(texts[n]) if kinds[n] == TEXT else None
        if read is None:
            continue
        number, punctuation, rest = read
        mark = read_portion_mark(rest)
        marked = bool(mark.marking)
        if number == 1 and (marked or not style):
            style = punctuation
        score = 2.5 if marked else 1.0
        if punctuation != style and not marked:
            score -= 2.0
        if n == 0 or kinds[n - 1] != TEXT:
            score += 0.5
        elif not marked and number > 1 and _runs_on(texts[n - 1]):
            score -= 2.0
        yield Numbered(n, number, rest, mark), score


def _runs_on(text: str) -> bool:
    """Return whether the sentence of a line goes on in the next: it fills its line and has no end."""
    return len(text) > _FULL_LINE and not ends_sentence(text)
