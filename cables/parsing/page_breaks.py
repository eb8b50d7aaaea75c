"""Page breaks: the lines that the telegram systems put between the pages of a cable, and how to read over them.

Three forms (samples from 1973 to 2010): "PAGE 02        HARARE  06677  01 OF 03  291400Z" of ACP-127 telegrams, as a
rule with the classification on a line above it; "BERN 00000881  002 OF 003" and "MADRID 00000869  001.2 OF 004" of the
Department's later system. A break may stand in the middle of a line.
"""

from __future__ import annotations

import re
from itertools import islice

# Stands in place of each character of a page break, so that offsets hold and the break is told from a blank line.
MASK = "\x00"

MAX_PAGES = 1_000
"""The breaks that are looked for in one text: a page has at least twenty lines."""

_NUMBERED_PAGE = re.compile(
    r"""
    PAGE[ \t]{1,20}\d{2,3}[ \t]{1,20}                               # PAGE 02
    [A-Z][A-Z.']{1,14}(?:[ \t][A-Z][A-Z.']{0,14}){0,3}[ \t]{1,20}   # the station, of up to four words, cut or in full
    \d{4,6}                                                         # its serial number
    (?:[ \t]{1,20}(?:TOSEC|SECTO)[ \t]{1,4}\d{1,6})?
    (?:[ \t]{1,20}\d{1,2}[ \t]{0,4}OF[ \t]{0,4}\d{1,2})?            # section 01 OF 03
    (?:[ \t]{1,20}\d{6}[ \t]?Z\b)?                                  # and the time of filing
    """,
    re.VERBOSE,
)
_OF_PAGES = (" OF 0", " of 0")  # no cable has a hundred pages
_PAGES = re.compile(r" (?:OF|of) \d{3}(?:\.\d)?")
_SERIAL_AND_PAGE = re.compile(r"\d{5,8}\s{1,20}\d{3}(?:\.\d)?\Z")
_LONGEST_SERIAL_AND_PAGE = 33
_STATION_BEFORE = re.compile(r"(?:(?<=[ \t]{2})|(?<=[^A-Z\s][ \t])|^)[A-Z][A-Z.']*(?: [A-Z][A-Z.']*){0,3}[ \t]*$")
_LAST_WORD = re.compile(r"[^\s]{1,20}[ \t]*$")
_LONGEST_STATION = 40

_CLASSIFICATION_ABOVE = re.compile(
    r"(?:^|(?:\n[ \t]{0,60}\r?){1,3}|[ \t]{3})[ \t]{0,60}"
    r"(?:UNCLASSIFIED|LIMITED OFFICIAL USE|CONFIDENTIAL|SECRET|TOP SECRET)[ \t]{0,60}(?:\r?\n[ \t]{0,60}){0,4}\Z"
)
_BLANK_LINES_BELOW = re.compile(r"(?:[ \t]{0,60}\r?\n){0,4}(?=[ \t]{0,60}\r?\n)")
_REACH = 200


def find_page_breaks(text: str) -> list[tuple[int, int]]:
    """Return start and end of every page break in a text in order, the station's name included."""
    found: list[tuple[int, int]] = []
    if "PAGE" in text:
        found += [match.span() for match in islice(_NUMBERED_PAGE.finditer(text), MAX_PAGES)]
    for of in _OF_PAGES:
        done, at = 0, text.find(of)
        while at >= 0 and len(found) < 2 * MAX_PAGES:
            serial = _SERIAL_AND_PAGE.search(text, max(at - _LONGEST_SERIAL_AND_PAGE, done), at)
            if serial and (pages := _PAGES.match(text, at)):
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


def mask_page_breaks(text: str) -> str:
    """Return the text, as long as before, with each page break masked.

    To a page break belong the classification line that opens it and the blank lines around; its last line end stays.
    """
    pieces: list[str] = []
    done = 0
    for first, last in find_page_breaks(text):
        above = _CLASSIFICATION_ABOVE.search(text, max(done, first - _REACH), first)
        start = above.start() if above else first
        below = _BLANK_LINES_BELOW.match(text, last)
        end = below.end() if below else last
        first_line_end = "\n" if text.startswith("\n", start) else ""
        pieces += [text[done:start], first_line_end, MASK * (end - start - len(first_line_end))]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _station_start(text: str, floor: int, serial: int) -> int:
    """Return the offset of the station's name before a serial number, or of the number where none stands there."""
    window = text[max(serial - _LONGEST_STATION, floor) : serial].rpartition("\n")[2]
    station = _STATION_BEFORE.search(window) or _LAST_WORD.search(window)
    return serial - len(window) + station.start() if station else serial
