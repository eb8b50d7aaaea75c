"""Header and body of a telegram that came as one text, as transmitted or with the two joined without a line break."""

from __future__ import annotations

import re

from cables.parsing.located import Located

_WITHIN = 20_000
"""Longest header, in characters: the longest lists of addressees have some hundred lines."""

_FROM_LINE = re.compile(r"^FM [A-Z]{2}|(?:^|\s)[ZOPRY](?: [ZOPRY])? {1,3}\d{6} ?Z [A-Z]{3} \d{2}\b", re.MULTILINE)
_FIRST_LINES = 3_000
_LONGEST_LINE = 300
_LEVEL = (
    r"(?:TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS|LIMITED OFFICIAL USE|T O P\s{1,3}S E C R E T|S E C R E T"
    r"|C O N F I D E N T I A L|U N C L A S(?: S I F I E D)?|L I M I T E D\s{1,3}O F F I C I A L\s{1,3}U S E)"
)
_CAPTION = r"(?:[ /]{1,3}(?:NOFORN|NF|SENSITIVE|E F T O|EFTO|NODIS|EXDIS|LIMDIS|FOUO|FOR OFFICIAL USE ONLY))"
_SECTION = r"(?:FINAL )?SECTION \d{1,2} OF \d{1,2}\b"
_POST_AND_SERIAL = r"([A-Z][A-Z'.]{1,15}(?: [A-Z'.]{1,15}){0,3}) {1,4}(\d{1,8})\b"
_CLASSIFICATION_LINE = re.compile(
    rf"(?:(?<![A-Z])|(?<=[A-Z]{{3}})){_LEVEL}{_CAPTION}{{0,3}}[ \t]{{1,8}}(?:{_SECTION}|{_POST_AND_SERIAL})"
)
_MESSAGE_LINE = re.compile(rf"(?:{_LEVEL}{_CAPTION}{{0,3}}[ \t]{{1,8}})?(?:{_SECTION}[ \t]{{1,4}})?{_POST_AND_SERIAL}")
_FIRST_LABEL = re.compile(r"^[ \t]{0,8}(?:E\.?O\.? ?\d{5}|TAGS?\b|SUBJ(?:ECT)?\b)", re.MULTILINE)


def split_header(header: str, body: str) -> tuple[str, str]:
    """Return header and body; put together they are what was given.

    A header that came by itself stays. Otherwise a body that begins with the lines of a transmission (ACP-127:
    "R 250930Z FEB 72", "FM AMEMBASSY …") is cut before its classification line, even in the middle of a line
    ("… WASHDC 9461UNCLASSIFIED TEHRAN 5055"), or before its first label (E.O., TAGS, SUBJECT) where it has no such
    line.
    """
    if header.strip() or "FM " not in body[:_FIRST_LINES]:
        return header, body
    begin = _FROM_LINE.search(body, 0, _FIRST_LINES)
    if begin is None or _FIRST_LABEL.search(body, 0, begin.start()):
        return header, body
    end = _CLASSIFICATION_LINE.search(body, begin.end(), _WITHIN) or _FIRST_LABEL.search(body, begin.end(), _WITHIN)
    if end is None:
        return header, body
    return header + body[: end.start()], body[end.start() :]


def locate_message_name(body: str) -> Located[tuple[str, ...]]:
    """Return station and serial of the first line of a body ("UNCLAS VALDMARK 000538") and their place, or ()."""
    margin = len(body) - len(body.lstrip())
    line_end = body.find("\n", margin)
    end = min(line_end if line_end >= 0 else len(body), margin + _LONGEST_LINE)
    message = _MESSAGE_LINE.search(body, margin, end)
    return Located((message[1], message[2]), message.start(1), message.end(2)) if message else Located(())
