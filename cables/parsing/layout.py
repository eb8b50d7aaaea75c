"""The layout of a body: the kinds of its lines, with those told apart where a piece may begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cables.parsing.body_lines import TEXT, Lines
from cables.parsing.columns import find_rows

START, UNEVEN = "su"
"""Two more kinds of lines of text: the first of a numbered paragraph, and one with a gap or a rule in it."""

OF_TEXT = frozenset((TEXT, START, UNEVEN))
OF_TITLE = OF_TEXT - {START}

_RULES = frozenset("-=_")


class Layout(NamedTuple):
    """The texts and kinds of the lines of a body, and which of them might be rows of a table."""

    texts: list[str]
    kinds: str
    rows: frozenset[int]


def lay_out(lines: Lines, starts: Iterable[int]) -> Layout:
    """Return the layout of a body whose numbered paragraphs start at these lines."""
    kinds = list(lines.kinds)
    for n in starts:
        kinds[n] = START
    rows = find_rows(lines)
    ruled = [n for n, text in enumerate(lines.texts) if text[-1:] in _RULES]
    for n in (*rows, *ruled):
        if kinds[n] == TEXT:
            kinds[n] = UNEVEN
    return Layout(lines.texts, "".join(kinds), rows)
