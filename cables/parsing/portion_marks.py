"""Portion marks: the classification of one paragraph, in brackets before its first word (E.O. 12958)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

LEVELS = {
    "TS": "TOP SECRET",
    "TOP SECRET": "TOP SECRET",
    "S": "SECRET",
    "SECRET": "SECRET",
    "C": "CONFIDENTIAL",
    "CONFIDENTIAL": "CONFIDENTIAL",
    "LOU": "LIMITED OFFICIAL USE",
    "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE",
    "SBU": "SENSITIVE BUT UNCLASSIFIED",
    "SENSITIVE BUT UNCLASSIFIED": "SENSITIVE BUT UNCLASSIFIED",
    "FOUO": "FOR OFFICIAL USE ONLY",
    "U": "UNCLASSIFIED",
    "UNCLAS": "UNCLASSIFIED",
    "UNCLASSIFIED": "UNCLASSIFIED",
}
"""The level that the first part of a mark stands for."""

_LEVEL = "|".join(sorted(LEVELS, key=len, reverse=True))
_CONTROLS = r"(?:\s?(?:/{1,2}|[-,])\s?|\s(?=REL\b|NF\b|NOFORN\b))[A-Z0-9][A-Z0-9/,&\- ]{0,80}"
_BRACKETED = re.compile(rf"[(\[{{]{{1,2}}\s?({_LEVEL})({_CONTROLS})?\s?[)\]}}]{{1,2}}[.:;]?\s*", re.IGNORECASE)
_UNOPENED = re.compile(rf"({_LEVEL})((?:/{{1,2}}[A-Z]{{1,8}})?)\)\s*")
_UNCLOSED = re.compile(rf"\(({_LEVEL})((?:/{{1,2}}[A-Z]{{1,8}})?)\s+(?=[A-Z][a-z])")
_ENTIRE_TEXT = re.compile(
    r"(CONFIDENTIAL|SECRET|TOP SECRET|LIMITED OFFICIAL USE|LOU|UNCLASSIFIED)\s{0,2}-{1,2}\s{0,2}ENTIRE TEXT"
)
_OPENED = frozenset("([{")
_LONGEST_LABEL = 60
_AFTER_LABEL = re.compile(
    rf"((?:BEGIN )?(?:SUMMARY|COMMENT|INTRODUCTION|BACKGROUND|NOTE)[A-Z/& ]{{0,30}}[:.]?\s{{1,3}})"
    rf"[(]\s?({_LEVEL})({_CONTROLS})?\s?[)]\s*",
    re.IGNORECASE,
)

_CONTROL_WORDS = {
    "NF": "not for foreign nationals",
    "N": "not for foreign nationals",
    "NOFORN": "not for foreign nationals",
    "OC": "distribution controlled by its originator",
    "ORCON": "distribution controlled by its originator",
    "PR": "proprietary information",
    "PROPIN": "proprietary information",
    "FGI": "foreign government information",
}
_BETWEEN_CONTROLS = re.compile(r"\s*(?:/{1,2}|,|-)\s*")
_LONGEST_FIRST = sorted(LEVELS, key=len, reverse=True)
_RELEASABLE = re.compile(r"REL(?:EASABLE)?(?: TO)? (.+)")


class PortionMark(NamedTuple):
    """The mark without its brackets, the level it stands for, and the text after it; marking "" where there is none."""

    marking: str
    level: str
    text: str


def read_portion_mark(text: str, *, numbered: bool = True) -> PortionMark:
    """Return the portion mark at the start of a paragraph's text, and the text without it.

    Slips are read as they are meant: "( C )", "C)" and "(SBU The" without a bracket, "(SBU/N)", a mark after the label
    ("Summary: (SBU) …"). Without a number before it, a mark must have both brackets: "C) Paris" is an item of a list.
    "CONFIDENTIAL - ENTIRE TEXT" marks the cable as a whole and is also the paragraph's only text: it stays.
    """
    if text[:1] in _OPENED:
        match = _BRACKETED.match(text) or (_UNCLOSED.match(text) if numbered else None)
    else:
        match = _UNOPENED.match(text) if numbered else None
    if match:
        return PortionMark(*_meaning(match[1], match[2]), text[match.end() :])
    if "(" in text[:_LONGEST_LABEL] and (match := _AFTER_LABEL.match(text)):
        return PortionMark(*_meaning(match[2], match[3]), match[1] + text[match.end() :])
    if "ENTIRE TEXT" in text and (match := _ENTIRE_TEXT.match(text)):
        return PortionMark(*_meaning(match[1]), text)
    return PortionMark("", "", text)


@lru_cache(maxsize=256)
def _meaning(level: str, controls: str | None = None) -> tuple[str, str]:
    """Return a mark in its one spelling, and the level it stands for."""
    return " ".join((level + (controls or "")).upper().split()), LEVELS[level.upper()]


def mark_in_words(marking: str, level: str) -> str:
    """Return what a portion mark says: "Secret, not for foreign nationals" of "S/NF"; unknown parts as printed."""
    first, *controls = _BETWEEN_CONTROLS.split(marking)
    rest = first.removeprefix(next((name for name in _LONGEST_FIRST if first.startswith(name)), first)).strip()
    told = [level.capitalize() or first]
    for control in filter(None, [rest, *controls]):
        released = _RELEASABLE.fullmatch(control)
        told.append(f"releasable to {released[1]}" if released else _CONTROL_WORDS.get(control, control))
    return ", ".join(told)
