"""The reasons for classification: the sections of E.O. 12958 that the classification authority names.

Its categories stood in section 1.5 when it came into force on 14 October 1995; E.O. 13292 moved them to section 1.4
from 25 March 2003 on, and E.O. 13526 left them there. The orders before it had other categories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

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
_LETTERS_ALONE = re.compile(
    r"\bREAS0?O?NS?\b[\s:.\-]{0,4}(?=\([ ]?[a-h][ ]?[),/&+]|[a-h][ ]?(?:\Z|[,/&;.)(\r\n]|and\b|or\b))", re.IGNORECASE
)
_REACH = 200
_AS_AMENDED = re.compile(r"13292|13526|12958,?\s{1,3}AS\s{1,3}AMENDED")
_SECTION_1_5_FROM, _SECTION_1_4_FROM = date(1995, 10, 14), date(2003, 3, 25)


def locate_classification_reasons(text: str, sent_on: date | None = None) -> Located[list[str]]:
    """The sections named ("1.4(b)", "1.4(d)") in printed order without repeats, and where the authority stands.

    Letters without a section ("reasons (b) and (d)") are of the section that the order named in the preamble, or the
    day on which the cable was sent, implies; where neither does they are left out.
    """
    authority = locate_authority(text)
    found = _reasons(authority.value, text, sent_on)
    if found:
        return Located(found, authority.start, authority.end)
    preamble = read_preamble(text).text
    label = _REASON.search(preamble)
    if label is None:
        return Located([])
    words = preamble[label.end() : label.end() + _REACH]
    found = _reasons(preamble[label.start() : label.end() + _REACH], text, sent_on)
    return Located(found, label.start(), label.end() + len(words.rstrip())) if found else Located([])


def parse_classification_reasons(text: str, sent_on: date | None = None) -> list[str]:
    """The sections of the executive order that are named as reasons, in printed order without repeats."""
    return locate_classification_reasons(text, sent_on).value


def _implied_section(text: str, sent_on: date | None) -> str:
    """The section that holds the categories of a cable's executive order, "" where that is not known."""
    if _AS_AMENDED.search(read_preamble(text).capitals) or (sent_on and sent_on >= _SECTION_1_4_FROM):
        return "1.4"
    return "1.5" if sent_on and sent_on >= _SECTION_1_5_FROM else ""


def _reasons(words: str, text: str, sent_on: date | None) -> list[str]:
    found = dict.fromkeys(_sections(words))
    if not found and (letters := _LETTERS_ALONE.search(words)) and (implied := _implied_section(text, sent_on)):
        found = dict.fromkeys(_letters_of(implied, words, letters.end()))
    return list(found)


def _sections(words: str) -> Iterator[str]:
    for section in _SECTION.finditer(words):
        yield from _letters_of(f"1.{section['section']}", words, section.end())


def _letters_of(section: str, words: str, end: int) -> Iterator[str]:
    """The letters listed after an offset, each with the section."""
    letter = _FIRST.match(words, end)
    while letter:
        yield f"{section}({letter['letter'].lower()})"
        letter = _NEXT.match(words, letter.end())
