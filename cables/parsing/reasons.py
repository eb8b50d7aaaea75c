"""The reasons for classification: the sections of E.O. 12958 that the classification authority names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cables.parsing.authority import locate_authority
from cables.parsing.located import Located
from cables.parsing.preamble import read_preamble

_SECTION = re.compile(r"\b[1I][ ]?\.\s{0,3}(?P<section>[2-8])(?![\d/])")
_FIRST = re.compile(r"[\s(\-]{0,4}(?P<letter>[a-h])[ ]?\)?(?![a-z])", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:\s{0,3}(?:[,/&+;\-(]|\band\b|\bor\b|\n)){1,4}\s{0,3}\(?[ ]?(?P<letter>[a-h])[ ]?\)?(?![a-z.]\w)(?![a-z])",
    re.IGNORECASE,
)
_REASON = re.compile(r"\bREASONS?\b[^\n]{0,3}:", re.IGNORECASE)
_REACH = 200


def locate_classification_reasons(text: str) -> Located[list[str]]:
    """The sections named ("1.4(b)", "1.4(d)") in printed order without repeats, and where the authority stands."""
    authority = locate_authority(text)
    found = list(dict.fromkeys(_sections(authority.value)))
    if found:
        return Located(found, authority.start, authority.end)
    preamble = read_preamble(text).text
    label = _REASON.search(preamble)
    if label is None:
        return Located([])
    words = preamble[label.end() : label.end() + _REACH]
    found = list(dict.fromkeys(_sections(words)))
    return Located(found, label.start(), label.end() + len(words.rstrip())) if found else Located([])


def parse_classification_reasons(text: str) -> list[str]:
    """The sections of the executive order that are named as reasons, in printed order without repeats."""
    return locate_classification_reasons(text).value


def _sections(words: str) -> Iterator[str]:
    for section in _SECTION.finditer(words):
        letter = _FIRST.match(words, section.end())
        while letter:
            yield f"1.{section['section']}({letter['letter'].lower()})"
            letter = _NEXT.match(words, letter.end())
