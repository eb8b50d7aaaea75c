"""Page breaks: the lines that the telegram system put between the pages of a cable, and how to read over them.

Three forms (samples from 1973 to 2010): "PAGE 02        HARARE  06677  01 OF 03  291400Z", as a rule with the
classification on a line above it; "BERN 00000881  002 OF 003"; and "MADRID 00000869  001.2 OF 004".
"""

from __future__ import annotations

import re

# Stands in place of each character of a page break, so that offsets hold and the break is told from a blank line.
MASK = "\x00"

PAGE_BREAK = re.compile(
    r"""
    \bPAGE[ \t]{1,20}\d{1,3}[ \t]{1,20}                 # PAGE 02
    [A-Z][A-Z'.]{1,14}(?:[ ][A-Z'.]{1,14}){0,2}         # the station, cut to six letters or in full
    [ \t]{1,20}\d{3,6}\b                                # its serial
    (?:[ \t]{1,20}(?:TOSEC|SECTO)[ \t]{1,4}\d{1,6})?
    (?:[ \t]{1,20}\d{1,2}[ \t]{1,4}OF[ \t]{1,4}\d{1,2})?
    (?:[ \t]{1,20}\d{6}[ \t]?Z)?
    |
    \b[A-Z][A-Z'.]{1,14}(?:[ ][A-Z'.]{1,14}){0,3}       # BERN
    [ \t]{1,20}0\d{5,7}\s{1,20}                         # 00000881
    \d{3}(?:\.\d)?[ \t]{1,4}OF[ \t]{1,4}\d{3}\b         # 001.2 OF 004
    """,
    re.VERBOSE,
)
_CLASSIFICATION_ABOVE = re.compile(
    r"(?:^|(?:\n[ \t]{0,60}\r?){1,3}|[ \t]{3})[ \t]{0,60}"
    r"(?:UNCLASSIFIED|LIMITED OFFICIAL USE|CONFIDENTIAL|SECRET|TOP SECRET)[ \t]{0,60}(?:\r?\n[ \t]{0,60}){0,4}\Z"
)
_BLANK_LINES_BELOW = re.compile(r"(?:[ \t]{0,60}\r?\n){0,4}(?=[ \t]{0,60}\r?\n)")
_REACH = 200


def mask_page_breaks(text: str) -> str:
    """The text, as long as before, with each page break masked.

    To a page break belong the classification line that opens it and the blank lines around; its last line end stays.
    """
    if "PAGE" not in text and "OF" not in text:
        return text
    pieces: list[str] = []
    done = 0
    for found in PAGE_BREAK.finditer(text):
        start = max(done, _start(text, found.start()))
        below = _BLANK_LINES_BELOW.match(text, found.end())
        end = below.end() if below else found.end()
        first_line_end = "\n" if text.startswith("\n", start) else ""
        pieces += [text[done:start], first_line_end, MASK * (end - start - len(first_line_end))]
        done = end
    return "".join([*pieces, text[done:]])


def _start(text: str, start: int) -> int:
    above = _CLASSIFICATION_ABOVE.search(text, max(0, start - _REACH), start)
    return above.start() if above else start
