"""The subject of a cable, from its SUBJECT line, wrapped over as many lines as it takes."""

from __future__ import annotations

import html
import re

from cables.parsing.located import Located, in_capitals
from cables.parsing.page_breaks import MASK
from cables.parsing.preamble import read_preamble

# 5 FAH-2 asks for one short line; eight are more than any subject observed.
_MOST_LINES = 8

_STOP = re.compile(
    r"""
    [ \t]{0,40}(?:
        ¶ | [-=_*~]{3} | \(?\d{1,2}\.[ \t(]
        | PAGE[ \t]+\d
        | (?:U[ ]N[ ]C[ ]L[ ]A|C[ ]O[ ]N[ ]F[ ]I|S[ ]E[ ]C[ ]R[ ]E|T[ ]O[ ]P[ ]{1,3}S)
        | SUMMARY\b[ \t:.]{0,8}(?:\Z|\n) | DERIVED[ \t]FROM\b | REASONS?[ \t]{0,2}: | DECLASSIFY[ \t]ON\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_STOP_AMID = re.compile(r"SENSITIVE(?<=\bSENSITIVE)[ \t]BUT[ \t]UNCLAS")  # of capitals
_SENTENCE_OPENING = re.compile(r"(?:This|The|Please|From|For)\b(?:[ \t][\w'’]+){2}")
_SPACES = re.compile(r"\s+")


def locate_subject(text: str) -> Located[str]:
    """The subject in one line, with its portion mark if it has one, and where label and words stand.

    Character references are resolved and the backslashes of a broken export dropped. The value starts on the label's
    line, or after blank lines if that line is otherwise empty, and ends before a blank line, the next field, or
    whatever cannot be part of a subject.
    """
    preamble = read_preamble(text)
    field = preamble.first("subject")
    if field is None:
        return Located("")
    kept: list[str] = []
    end = start = field.value
    for line in preamble.text[field.value : field.end].splitlines(keepends=True):
        start, line_start = start + len(line), start
        words = line.replace(MASK, " ").strip(" \t\r\n\\")
        if not words:
            if kept and MASK not in line:
                break
            continue
        stop = _STOP.match(line) or _STOP_AMID.search(in_capitals(line))
        if stop:
            words = line[: stop.start()].strip()
        if kept and _is_prose_after_capitals(kept, words):
            break
        if words:
            kept.append(words)
            end = line_start + len(line.rstrip())
        if stop or len(kept) == _MOST_LINES:
            break
    value = html.unescape(_SPACES.sub(" ", " ".join(kept))).strip()
    return Located(value, field.start, end) if value else Located("")


def parse_subject(text: str) -> str:
    """The subject in one line, empty where there is none."""
    return locate_subject(text).value


def _is_prose_after_capitals(kept: list[str], words: str) -> bool:
    """Whether a line opens a sentence of its own ("This is an action request.") under a subject in capitals."""
    return " ".join(kept).isupper() and _SENTENCE_OPENING.match(words) is not None
