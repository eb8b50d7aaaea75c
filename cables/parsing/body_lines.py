"""The lines of a body, each told for what it is: text, blank, rule, apparatus of transmission, or end mark.

The forms of page breaks are those of ACP-127 telegrams of the 1970s to 1990s ("PAGE 02 HARARE 06677 01 OF 03
291400Z") and of the Department's later system ("MOSCOW 00012751  002 OF 003"). A break may stand in the middle of a
line: the line is then cut into pieces, so that joining the raw text of all pieces always gives the body.
"""

from __future__ import annotations

import re
from collections import deque
from enum import Enum, auto
from itertools import islice
from string import ascii_uppercase, digits
from typing import NamedTuple

MAX_LINES = 10_000
"""No cable comes near it (the longest known has about 1,600 lines): what follows is kept as one line of text."""

MAX_PAGES = 1_000
"""The breaks that are looked for in one body: a page has at least twenty lines."""


class LineKind(Enum):
    """What a line is."""

    TEXT = auto()
    BLANK = auto()
    RULE = auto()
    APPARATUS = auto()
    END = auto()


class Line(NamedTuple):
    """A line, or the part of one beside a page break: body[start:end], its text without margins, and its kind.

    A run of blank lines is one Line.
    """

    start: int
    end: int
    text: str
    kind: LineKind


_TEXT = LineKind.TEXT  # looked up for every line: an attribute of an Enum takes several times as long
_LINE = re.compile(r"\s*\n|[^\n]+\n?")
_SPACERS = frozenset(("-", ".", ">", "..", "- -", "<", "\\", "#", "##"))
_NUMBERED_PAGE = re.compile(
    r"""
    PAGE[ \t]{1,4}\d{2,3}[ \t]{1,12}                                # PAGE 02
    [A-Z][A-Z.']{1,12}(?:[ \t][A-Z][A-Z.']{0,12}){0,3}[ \t]{1,12}   # the station, of up to four words
    \d{4,6}(?:[ \t]{1,4}TOSEC[ \t]{1,4}\d{4,6})?                    # its serial number
    (?:[ \t]{1,4}\d{1,2}[ \t]?OF[ \t]?\d{1,2})?                     # section 01 OF 03
    (?:[ \t]{1,4}\d{6}[ \t]?Z\b)?                                   # and the time of filing
    """,
    re.VERBOSE,
)
_SERIAL_AND_PAGE = re.compile(r"\d{5,8}[ \t]{1,4}\d{3}(?:\.\d)?[ \t]{0,2}\Z")
_OF_PAGES = re.compile(r"[ \t]{0,2}\d{3}(?:\.\d)?")
_STATION_BEFORE = re.compile(r"(?:(?<=[ \t]{2})|(?<=[^A-Z\s][ \t])|^)[A-Z][A-Z.']*(?: [A-Z][A-Z.']*){0,3}[ \t]*$")
_LAST_WORD = re.compile(r"[^\s]{1,20}[ \t]*$")


def _spaced(word: str) -> str:
    return " ?".join(word)


_MARKINGS = (
    "TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS|LIMITED OFFICIAL USE|SENSITIVE BUT UNCLASSIFIED|SENSITIVE"
    "|FOR OFFICIAL USE ONLY|FOUO|SBU|NOFORN|SIPDIS|EXDIS|NODIS|LIMDIS|STADIS|ROGER CHANNEL|CHEROKEE|TERREP|EFTO"
)
_MARKING = "|".join(_spaced(word) for word in _MARKINGS.replace(" ", "").split("|"))
_LEADING_SIPDIS = re.compile(r"\s*SIPDIS\s+(?=\S)")
_TRAILING_MARKING = re.compile(
    r"(?<=\S)\s+((?:TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|LIMITED OFFICIAL USE)"
    r"(?:\s{1,3}(?:SECRET|CONFIDENTIAL|UNCLASSIFIED))?)$"
)
_END = (
    r"N{3,4}(?:N\w{0,12})?[.#]*|BT|#\d{3,5}|=*\s*CABLE COMPLETE\s*=*|END (?:OF )?CABLE(?: TEXT)?"
    r"|<< END OF DOCUMENT >>.*|\*\*\* Current (?:Handling|Classification).*"
    r"|Message Attributes|>?\s?\d{2,4}[A-Z]{3,8}\d{5} - (?:Classification: )?[A-Z/ ]+"
    r"|(?:[A-Z][a-z]+ [A-Z]\. [A-Z][a-z]+ )?Declassified/Released\b.*|US Department of State"
    r"|(?:EO )?Systematic Review(?: \d{1,2} [A-Za-z]{3} \d{4})?"
)
_SPECIAL_LINE = re.compile(
    rf"(?P<marking>(?:(?:{_MARKING})(?:[ /,.-]+|$))+(?:[A-Z]{{3}}\d{{4}})?)"  # the code is the message centre's
    rf"|(?P<end>{_END})|(?P<rule>[-=_*~+.\u2010-\u2015\u2212\u2500 ]{{2,}})",
    re.IGNORECASE,
)
_KINDS = {"marking": LineKind.APPARATUS, "end": LineKind.END, "rule": LineKind.RULE}
_FIRST_OF_SPECIAL = frozenset(ascii_uppercase + digits + "<>#-=_*~+.\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500")
_STAMP = "DECLASSIFIED/"
_WORDS_OF_SPECIAL = frozenset(
    [word[:2] for word in _MARKINGS.split("|")]
    + [f"{word[0]} " for word in _MARKINGS.split("|")]
    + ["NN", "BT", "EN", "ME", "US", "SY", "EO"]
)
_LONGEST_SPECIAL = 150


def split_lines(body: str) -> list[Line]:
    """Return the lines of a body in order; they touch, and cover all of it."""
    lines: list[Line] = []
    breaks = deque(find_page_breaks(body))
    for line in _LINE.finditer(body):
        start, end = line.span()
        if len(lines) >= MAX_LINES:
            lines.append(Line(start, len(body), body[start:].strip(), _TEXT))
            break
        text = line[0].strip()
        if breaks and breaks[0][0] < end:
            _add_around_breaks(lines, body, (start, end), breaks)
        elif text[:1].islower() and text[-1] != "\\":
            lines.append(Line(start, end, text, _TEXT))  # what most lines are
        else:
            _add(lines, body, start, end)
    return lines


def _add_around_breaks(lines: list[Line], body: str, line: tuple[int, int], breaks: deque[tuple[int, int]]) -> None:
    """Add the pieces of a line in which page breaks start, and take these from the breaks."""
    start, end = line
    while breaks and breaks[0][0] < end:
        at, after = breaks.popleft()
        if body[start:at].strip():
            _add(lines, body, start, at)
            start = at
        _cut_trailing_marking(lines, body)
        if not body[after:end].strip():
            after = end
        lines.append(Line(start, after, body[at:after].strip(), LineKind.APPARATUS))
        start = after
    if start < end:
        _add(lines, body, start, end)


def _add(lines: list[Line], body: str, start: int, end: int) -> None:
    text = body[start:end].strip()
    if text.endswith("\\"):
        text = text.rstrip("\\ ")
    if not text or text in _SPACERS:
        lines.append(Line(start, end, "", LineKind.BLANK))
    elif _may_be_special(text) and (special := _SPECIAL_LINE.fullmatch(text)):
        lines.append(Line(start, end, text, _KINDS[special.lastgroup or ""]))
    elif text.startswith("SIPDIS ") and (glued := _LEADING_SIPDIS.match(body, start)):
        lines.append(Line(start, glued.end(), "SIPDIS", LineKind.APPARATUS))
        lines.append(Line(glued.end(), end, text[len("SIPDIS ") :].lstrip(), LineKind.TEXT))
    else:
        lines.append(Line(start, end, text, LineKind.TEXT))


def _may_be_special(text: str) -> bool:
    """Return whether a line begins as markings, end marks and rules do: most lines of text do not."""
    if text[0] not in _FIRST_OF_SPECIAL or len(text) >= _LONGEST_SPECIAL:
        return False
    return not text[0].isalpha() or text[:2].upper() in _WORDS_OF_SPECIAL or _STAMP in text.upper()


def _cut_trailing_marking(lines: list[Line], body: str) -> None:
    """Cut off the classification that ended the page, where the last line of the page's text runs on into it."""
    if (
        not lines
        or lines[-1].kind is not LineKind.TEXT
        or not (match := _TRAILING_MARKING.search(lines[-1].text[-60:]))
    ):
        return
    start, end, text, kind = lines[-1]
    cut = body.rindex(match[1], start, end)
    text = text[: -len(match[0])].rstrip()
    lines[-1:] = [Line(start, cut, text, kind), Line(cut, end, match[1], LineKind.APPARATUS)]


def find_page_breaks(text: str) -> list[tuple[int, int]]:
    """Return start and end of every page break in a text, the station's name included."""
    found = [match.span() for match in islice(_NUMBERED_PAGE.finditer(text), MAX_PAGES)]
    for of in (" OF ", " of "):
        done = 0
        at = text.find(of)
        while at >= 0 and len(found) < 2 * MAX_PAGES:
            serial = _SERIAL_AND_PAGE.search(text, max(at - 25, done), at) if text[at - 1].isdigit() else None
            if serial and (pages := _OF_PAGES.match(text, at + len(of))):
                found.append((_station_start(text, done, serial.start()), pages.end()))
                done = pages.end()
            at = text.find(of, at + len(of))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _station_start(text: str, floor: int, serial: int) -> int:
    """Return the offset of the station's name before a serial number, or of the number where none stands there."""
    window = text[max(serial - 40, floor) : serial].rpartition("\n")[2]
    station = _STATION_BEFORE.search(window) or _LAST_WORD.search(window)
    return serial - len(window) + station.start() if station else serial
