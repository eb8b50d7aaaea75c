"""Text of five lines (identifier, title, date, classification, origin), then header and body joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cables.parsing.records import RawCable
from cables.sources.decoding import decode
from cables.sources.documents import Document

FORM = "joined-text"
_BEGINNING = re.compile(
    r"\d{2,4}[A-Z][A-Z0-9]{1,60}[ \t]*\r?\n"
    r"[^\r\n]{0,2000}\r?\n"
    r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} [+-]\d{4} \d{4}[ \t]*\r?\n"
)


def is_joined_text(text: str) -> bool:
    """Return whether it begins with an identifier, a title, and a date "Tue Aug 22 00:00:00 +0100 1972"."""
    return _BEGINNING.match(text) is not None


def read_joined_text(document: Document) -> Iterator[RawCable]:
    """Return the cable; header and body have no line break between them, so both are the body."""
    text, problems = decode(document.whole())
    *lines, body = text.split("\n", 5) if text.count("\n") >= 5 else [*text.split("\n"), ""]
    values = [line.rstrip("\r") for line in lines]
    identifier, subject, created, classification, origin = (*values, "", "")[:5]
    yield RawCable(
        FORM,
        document.name,
        identifier=identifier,
        subject=subject,
        created=created,
        classification=classification,
        origin=origin,
        body=body,
        problems=problems,
    )
