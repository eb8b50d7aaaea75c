"""Telegrams as text: as transmitted, as archives print them, or from the classification line on."""

from __future__ import annotations

import re
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


def is_telegram(text: str) -> bool:
    """Return whether a text begins as telegrams do (ACP-127, 5 FAH-2).

    Three kinds of the lines that telegrams begin with are enough, if one of them is among the very first lines.
    """
    lines = [line.strip() for line in text[:16_384].splitlines() if line.strip()][:_FIRST_LINES]
    kinds = [next((at for at, line in enumerate(lines) if kind.match(line)), None) for kind in _KINDS]
    found = [at for at in kinds if at is not None]
    return len(found) >= 3 and min(found) < _BEGINNING


def read_telegram(document: Document) -> Iterator[RawCable]:
    """Return the telegram: all of its text is the body, whose parts only the parser can tell."""
    body, problems = decode(document.whole())
    yield RawCable(FORM, document.name, body=body, problems=problems)
