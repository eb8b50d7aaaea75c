"""The sentence by which the mirror pages and the pages made from them tell that a cable is an extract."""

from __future__ import annotations

import re

_NOTICE = re.compile(
    r"\s*(This record is a partial extract of the original cable\."
    r"(?: {0,4}\r?\n? {0,4}The full text of the original cable is not available\.)?)(?:[ \t]*\r?\n)*+"
)


def split_notice(text: str) -> tuple[str, str]:
    """Return the notice that a text begins with, and the text after it; ("", text) when there is none."""
    match = _NOTICE.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)
