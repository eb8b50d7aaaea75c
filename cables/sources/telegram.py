"""Telegrams as text: as transmitted, as archives print them, or from the classification line on."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from cables.parsing.records import RawCable
from cables.sources.decoding import decode
from cables.sources.documents import Document

FORM = "telegram"
_FIRST_LINES = 60
_BEGINNING = 10
_KINDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"VZCZC|DE R[A-Z]{5,6} #?\d|ZN[RYZ] [A-Z]{5}",
        r"(?:[ZOPRYM]{1,2} ){1,3}\d{6} ?Z [A-Z]{3} \d{2}",
        r"FM [A-Z]",
        r"TO [A-Z]",
        r"INFO +[A-Z]",
        r"PAGE +\d{1,2} +[A-Z]",
        r"ACTION [A-Z]|ORIGIN [A-Z]",
        r"-{15,} ?\d{6}",
        r"UNCLAS(?:SIFIED)?\b|LIMITED OFFICIAL USE\b|L I M I T E D\b|U N C L A S\b",
        r"C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L\b|(?:T ?O ?P {1,3})?S ?E ?C ?R ?E ?T\b",
        r"E\.? ?O\.? ?1[12346]\d{2,3}",
        r"TAGS?\b",
        r"SUBJ(?:ECT)?\b",
    )
)

_GROUP_AND_ORIGIN = (
    r"[ \t]{0,8}(?:[ZOPRYM]{1,2} ){1,3}\d{6} ?Z [A-Z]{3} \d{2}[^\n]{0,40}\n(?:[ \t\r]{0,8}\n)?[ \t]{0,8}FM [A-Z]"
)
_FIRST_HEADER = re.compile(f"^{_GROUP_AND_ORIGIN}", re.MULTILINE)
# The lines of transmission, routing, originator and class may come before the date-time group.
_HEADER = re.compile(rf"(?:(?![ \t]*NNNN)[^\n]{{0,120}}\n){{0,12}}?{_GROUP_AND_ORIGIN}")
_BETWEEN = re.compile(r"^[ \t]*NNNN[ \t]*\r?\n\s*|\f\s*|^(?=V?ZCZC)", re.MULTILINE)
_SECTION = re.compile(r"SECTION (\d{1,2}) OF \d")
_LONGEST_HEADER = 3_000


def is_telegram(text: str) -> bool:
    """Return whether a text begins as telegrams do (ACP-127, 5 FAH-2).

    Three kinds of the lines that telegrams begin with are enough, if one of them is among the very first lines.
    """
    lines = [line.strip() for line in text[:16_384].splitlines() if line.strip()][:_FIRST_LINES]
    kinds = [next((at for at, line in enumerate(lines) if kind.match(line)), None) for kind in _KINDS]
    found = [at for at in kinds if at is not None]
    return len(found) >= 3 and min(found) < _BEGINNING


def read_telegram(document: Document) -> Iterator[RawCable]:
    """Return the telegrams of a file, each with the line it starts on; put together they are the file's text.

    All of a telegram's text is its body, whose parts only the parser can tell.
    """
    text, problems = decode(document.whole())
    starts = [0, *_later_starts(text)]
    lines = [text.count("\n", 0, start) + 1 for start in starts]
    for start, end, line, next_line in zip(
        starts, [*starts[1:], len(text)], lines, [*lines[1:], sys.maxsize], strict=True
    ):
        own = tuple(problem for problem in problems if line <= (problem.line or 1) < next_line)
        yield RawCable(FORM, document.name, line, body=text[start:end], problems=own)


def _later_starts(text: str) -> list[int]:
    """Return where each telegram but the first begins.

    ACP-127 ends a message with NNNN and begins the next with ZCZC; printers put a form feed between. A telegram begins
    after such a mark only where a date-time group and an FM line follow: what a telegram quotes has no such marks, and
    a later section of it ("SECTION 02 OF 03") is no telegram of its own.
    """
    first = _FIRST_HEADER.search(text)
    if first is None:
        return []
    found: dict[int, None] = {}
    for mark in _BETWEEN.finditer(text, first.end()):
        start = mark.end()
        header = _HEADER.match(text, start)
        section = _SECTION.search(text, header.end(), header.end() + _LONGEST_HEADER) if header else None
        if header and not (section and int(section[1]) > 1):
            found[start] = None
    return list(found)
