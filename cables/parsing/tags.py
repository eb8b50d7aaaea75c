"""TAGS: where the TAGS line of a cable stands, and the codes on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cables.parsing.located import Located
from cables.parsing.page_breaks import MASK
from cables.parsing.preamble import Preamble, read_preamble
from cables.parsing.tag_list import continues_phrase, is_known_tag, tag_list

_SEPARATORS = re.compile(r"[\s,;.]+")
_BLANK = f" \t\r\n{MASK}"
_LONGEST_CODE = 6


def locate_tags(text: str) -> Located[list[str]]:
    """The codes of the TAGS line, canonical, in printed order without repeats, and where the line stands.

    The list goes on in the next line if its own ends in a comma or the next holds tags and nothing else. A page break
    between lines is read over; one inside a line ends the list, since what follows it there only repeats codes.
    """
    preamble = read_preamble(text)
    field = preamble.first("tags")
    if field:
        start, value, end = field.start, field.value, _list_end(preamble.text, field.value, field.end)
    else:
        start, end = _unlabelled_line(preamble)
        value = start
    found = tag_list(preamble.text[value:end].replace(MASK, " "))
    return Located(found, start, end) if found else Located([])


def parse_tags(text: str) -> list[str]:
    """The codes of the TAGS line, canonical, in printed order without repeats."""
    return locate_tags(text).value


def _list_end(text: str, value: int, limit: int) -> int:
    """The offset after the last word of the list that begins at `value`."""
    end = value
    for start, line in _lines(text, value, limit):
        words = line.strip(_BLANK)
        before = text[value:end].rstrip()
        if not words:
            if before and not before.endswith(",") and MASK not in line:
                break
            continue
        if before and not before.endswith(",") and not _goes_on(before, words):
            break
        cut = line.find(MASK, line.find(words[0]))
        end = start + len(line[:cut].rstrip(_BLANK) if cut >= 0 else line.rstrip(_BLANK))
        if cut >= 0:
            break
    return end


def _goes_on(before: str, words: str) -> bool:
    """Whether a line holds nothing but tags: codes, most of them known, or the rest of a tag of several words."""
    tokens = [token for token in _SEPARATORS.split(words) if token]
    unknown = [token for token in tokens if not is_known_tag(token)]
    codes = 2 * len(unknown) < len(tokens) and all(len(token) <= _LONGEST_CODE for token in unknown)
    return codes or continues_phrase(_SEPARATORS.split(before)[-1], tokens)


def _unlabelled_line(preamble: Preamble) -> tuple[int, int]:
    """Where a line of known codes alone stands between E.O. and subject, in a preamble whose label was lost."""
    eo, subject = preamble.first("eo"), preamble.first("subject")
    if eo and subject:
        for start, line in _lines(preamble.text, eo.value, subject.start):
            tokens = [token for token in _SEPARATORS.split(line.strip(_BLANK)) if token]
            if len(tokens) > 1 and all(is_known_tag(token) for token in tokens):
                return start, start + len(line.rstrip(_BLANK))
    return 0, 0


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The lines of text[start:end] with their offsets."""
    for line in text[start:end].splitlines(keepends=True):
        yield start, line
        start += len(line)
