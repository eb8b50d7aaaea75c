"""Tables in a body: runs of lines whose words stand in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cables.parsing.body_lines import Line, LineKind

_WIDE_GAP = re.compile(r"\S(?: {3,}|\t+)[^\s]|\S ?\|.*\|")
_GAP_OR_BAR = re.compile(r"[^\s.?!:;,\"')”’] {2}| {3}|\t|\|")
_GAP_WITH_FIGURES = re.compile(r"[^\s.?!:;,\"')”’] {2}\S")


def may_be_row(text: str) -> bool:
    """Return whether a line might belong to a table: it has a gap other than the one after a full stop, or a bar."""
    return ("  " in text or "\t" in text or "|" in text) and _GAP_OR_BAR.search(text) is not None


def table_end(lines: Sequence[Line], first: int) -> int:
    """Return the index after the table that starts at a line, or `first` where none starts.

    A table is at least two lines that touch, each with a gap of three spaces or more (or a tab, or two bars) between
    words, or at least three with gaps of two where figures stand. Rules between such lines belong to it. Two spaces
    after a full stop are no gap.
    """
    end = last = first
    score = 0
    while end < len(lines):
        line = lines[end]
        if line.kind is LineKind.RULE and end > first:
            end += 1
            continue
        points = _columns(line.text) if line.kind is LineKind.TEXT else 0
        if not points:
            break
        score += points
        end += 1
        last = end
    return last if score >= 6 else first


def _columns(text: str) -> int:
    """Return 3 for a line in clear columns, 2 where they may be columns, 0 for running text."""
    if len(text) > 200 or not may_be_row(text):
        return 0
    if _WIDE_GAP.search(text):
        return 3
    if _GAP_WITH_FIGURES.search(text) and any(character.isdigit() for character in text):
        return 2
    return 0
