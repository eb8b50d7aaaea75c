"""A cable's header (ACP-127): precedence, date-time group, sections and origin."""

from __future__ import annotations

import re
from functools import lru_cache

from cables.parsing.located import Located
from cables.parsing.posts import origin_of_address
from cables.parsing.preamble import read_preamble

_LIMIT = 60_000
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}"
_DATE_TIME_GROUP = re.compile(
    r"(?:^|(?<=\s))(?P<codes>(?:[ZNOPR][ \t]{1,3}){1,3})?"
    rf"(?P<group>\d{{6}}[ ]?Z[ ]{{0,3}}{_MONTH}[ ]{{0,3}}(?:\d{{4}}|\d\d))\b",
    re.IGNORECASE | re.MULTILINE,
)
_ROUTING_LINE = re.compile(r"^[ \t]{0,20}(?P<code>[ZOPR])[ZOPR][ \t]{1,4}RU[A-Z]{2,6}\b", re.MULTILINE)
_PRECEDENCES = {"Z": "FLASH", "N": "NIACT IMMEDIATE", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
_SECTIONS = re.compile(
    r"ECT(?:(?<=\bECT)|(?<=\bSECT))I?ON[ \t]{0,4}(?:\d{1,2})[ \t]{0,4}OF[ \t]{0,4}(?P<total>\d{1,2})(?!\d)"
)  # of capitals
_PAGE_SECTIONS = re.compile(
    r"PAGE(?<=\bPAGE)[ \t]{1,20}\d{1,3}[ \t][^\n]{3,40}?[ \t]\d{1,2}[ \t]{1,4}OF[ \t]{1,4}(?P<total>\d{1,2})"
    r"[ \t]{1,20}\d{6}"
)
_FROM = re.compile(r"^[ \t]{0,20}FM[ \t]{1,8}(?P<address>[^\r\n]{1,200})", re.MULTILINE)


def locate_precedence(header: str) -> Located[str]:
    """The precedence of the action addressees in full ("IMMEDIATE"), and where it stands.

    Two codes before the date-time group are of action and of information addressees.
    """
    found = _date_time_group(header)
    if found and found["codes"]:
        return Located(_PRECEDENCES[found["codes"][0].upper()], found.start("codes"), found.end())
    line = _ROUTING_LINE.search(header, 0, _LIMIT)
    return Located(_PRECEDENCES[line["code"]], line.start("code"), line.end()) if line else Located("")


def parse_precedence(header: str) -> str:
    """The precedence of the action addressees in full, "" where none is told."""
    return locate_precedence(header).value


def locate_date_time_group(header: str) -> Located[str]:
    """The date-time group as printed ("110944Z SEP 07"), and where it stands."""
    found = _date_time_group(header)
    return Located(found["group"], found.start("group"), found.end("group")) if found else Located("")


def parse_date_time_group(header: str) -> str:
    """The date-time group as printed, "" where there is none."""
    return locate_date_time_group(header).value


@lru_cache(maxsize=4)  # of a cable, group and precedence are read from it
def _date_time_group(header: str) -> re.Match[str] | None:
    return _DATE_TIME_GROUP.search(header, 0, _LIMIT)


def locate_sections(text: str) -> Located[int | None]:
    """The number of sections in which a cable was sent ("SECTION 01 OF 03" -> 3), and where it is told."""
    found = _SECTIONS.search(read_preamble(text).capitals)
    if found is None and "PAGE" in text:
        found = _PAGE_SECTIONS.search(text, 0, _LIMIT)
    total = int(found["total"]) if found else 0
    return Located(total, found.start(), found.end()) if found and total else Located(None)


def parse_sections(text: str) -> int | None:
    """The number of sections in which a cable was sent, None where it is not told."""
    return locate_sections(text).value


def locate_origin(header: str) -> Located[str]:
    """The origin as archives name it ("Embassy Bern"), from the FM line, and where that stands."""
    found = _FROM.search(header, 0, _LIMIT)
    name = origin_of_address(found["address"]) if found else ""
    return Located(name, found.start(), found.end()) if found and name else Located("")


def parse_origin(header: str) -> str:
    """The origin as archives name it, from the FM line; "" where there is none."""
    return locate_origin(header).value
