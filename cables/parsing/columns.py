"""Tables in a body: runs of lines whose words stand in columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from cables.parsing.body_lines import RULE, TEXT, Lines

_GAP = re.compile(r"  (?<!   )(?:(?<![\s.?!:;,\"')”’]  )| ) *+(?=\S)")
_OTHER_GAPS = ("\t", "|")
_GAP_BETWEEN_WORDS = re.compile(r"  (?<=[^\s.?!:;,\"')”’]  )\S")
_FIGURE = re.compile(r"\d")
_LONGEST_ROW = 200


def find_rows(lines: Lines) -> frozenset[int]:
    """Return the lines that might belong to a table: they have a gap other than the one after a full stop, or a bar.

    Few other lines are among them (those with a wide margin).
    """
    body, starts = lines.body, lines.starts
    rows = [bisect_right(starts, gap.start()) - 1 for gap in _GAP.finditer(body)]
    for gap in _OTHER_GAPS:
        if gap in body:
            rows += [n for n, text in enumerate(lines.texts) if gap in text]
    return frozenset(rows)


def table_end(lines: Lines, first: int) -> int:
    """Return the index after the table that starts at a line, or `first` where none starts.

    A table is at least two lines that touch, each with a gap of three spaces or more (or a tab, or two bars) between
    words, or at least three with gaps of two where figures stand. Rules between such lines belong to it. Two spaces
    after a full stop are no gap.
    """
    last = first
    score = 0
    for end in range(first, len(lines.texts)):
        kind = lines.kinds[end]
        if kind == RULE and end > first:
            continue
        points = _columns(lines.texts[end]) if kind == TEXT else 0
        if not points:
            break
        score += points
        last = end + 1
    return last if score >= 6 else first


def _columns(text: str) -> int:
    """Return 3 for a line in clear columns, 2 where they may be columns, 0 for running text."""
    if len(text) > _LONGEST_ROW:
        return 0
    bars = text.count("|") - text.startswith("|")
    if "   " in text or "\t" in text or bars > 1:
        return 3
    if _GAP_BETWEEN_WORDS.search(text) and _FIGURE.search(text):
        return 2
    return 0
