"""Headings in a body: titles underlined or between rules, and short titles that stand alone before a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cables.parsing.body_lines import Line, LineKind
from cables.parsing.numbering import ends_sentence, read_number

LONGEST_LINE = 90
"""A title's line is no longer than a teleprinter's line and a little."""
MOST_LINES = 3
LONGEST_UNNUMBERED = 60
"""Where no number tells that a paragraph follows, only a short line is taken for a title."""

_KEYWORD = re.compile(
    r"(?:BEGIN )?(?:SUMMARY|COMMENT|INTRODUCTION|BACKGROUND|CONCLUSION|ACTION REQUEST(?:ED)?|BIOGRAPHIC NOTE|NOTE)S?"
    r"(?:(?: AND | & |/)[A-Z ]{3,30})?[:.]?",
    re.IGNORECASE,
)
_SMALL_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")


class Heading(NamedTuple):
    """A heading's words, and the index after its last line."""

    text: str
    end: int


def heading_at(lines: Sequence[Line], index: int, is_start: Callable[[int], bool], *, numbered: bool) -> Heading | None:
    """Return the heading that starts at a line, or None. `is_start` tells the first lines of numbered paragraphs."""
    line = lines[index]
    if line.kind is LineKind.RULE:
        return _overlined(lines, index, is_start)
    if line.kind is not LineKind.TEXT or is_start(index):
        return None
    if inline := _ruled_line(line.text):
        return Heading(inline, index + 1)
    return _underlined(lines, index, is_start) or _alone(lines, index, is_start, numbered=numbered)


def _overlined(lines: Sequence[Line], index: int, is_start: Callable[[int], bool]) -> Heading | None:
    end, words = _title_lines(lines, index + 1, is_start)
    if not words or end == len(lines) or lines[end].kind not in (LineKind.RULE, LineKind.APPARATUS):
        return None
    if lines[end].kind is LineKind.RULE:
        return Heading(" ".join(words), end + 1)
    after = end
    while after < len(lines) and lines[after].kind is LineKind.APPARATUS:
        after += 1
    return Heading(" ".join(words), end) if after < len(lines) and lines[after].kind is LineKind.RULE else None


def _underlined(lines: Sequence[Line], index: int, is_start: Callable[[int], bool]) -> Heading | None:
    after_text = index > 0 and lines[index - 1].kind is LineKind.TEXT
    if after_text and (index + 1 == len(lines) or lines[index + 1].kind is not LineKind.RULE):
        return None
    end, words = _title_lines(lines, index, is_start)
    if not words or end == len(lines) or lines[end].kind is not LineKind.RULE or _overlined(lines, end, is_start):
        return None
    if after_text and not (end - index == 1 and _is_title(words[0])):
        return None
    if words[-1].endswith((".", ",", ";")) or not (words[0][0].isalnum() or words[0][0] in "\"'“‘(/"):
        return None
    return Heading(" ".join(words), end + 1)


def _alone(lines: Sequence[Line], index: int, is_start: Callable[[int], bool], *, numbered: bool) -> Heading | None:
    """Return a title without rules: it looks like one, and a numbered paragraph (where there are such) follows."""
    text = lines[index].text
    after_text = index > 0 and lines[index - 1].kind is LineKind.TEXT
    following = index + 1
    while following < len(lines) and lines[following].kind in (LineKind.BLANK, LineKind.APPARATUS):
        following += 1
    touches = following == index + 1
    starts = following < len(lines) and is_start(following)
    if (
        following == len(lines)
        or len(text) > LONGEST_LINE
        or (touches and not starts)
        or (after_text and not ends_sentence(lines[index - 1].text))
    ):
        return None
    if _KEYWORD.fullmatch(text):
        return Heading(text.rstrip(":."), index + 1)
    alone = starts if numbered else not after_text and len(text) <= LONGEST_UNNUMBERED
    return Heading(text, index + 1) if alone and _is_title(text) else None


def _title_lines(lines: Sequence[Line], index: int, is_start: Callable[[int], bool]) -> tuple[int, list[str]]:
    """Return the index after at most three lines of text, and the lines; none where they cannot be a title."""
    words: list[str] = []
    while index < len(lines) and lines[index].kind is LineKind.TEXT and len(words) <= MOST_LINES:
        text = lines[index].text
        if is_start(index) or len(text) > LONGEST_LINE:
            return index, []
        words.append(text)
        index += 1
    return index, words if len(words) <= MOST_LINES else []


def _ruled_line(text: str) -> str:
    """Return the title of a line that ends with its own underline ("COMMENT -------"), else ""."""
    if text[-1] not in "-=_":
        return ""
    title = text.rstrip("-=_ ")
    rule = text[len(title) :].strip()
    if len(rule) < 4 or "--" not in rule.replace("=", "-").replace("_", "-") or not 1 < len(title) <= LONGEST_LINE:
        return ""
    return "" if read_number(title) else title


def _is_title(text: str) -> bool:
    """Return whether a line reads as a title: no end of a sentence, long words with a capital, not too many of them."""
    words = _WORD.findall(text)
    if (
        not words
        or len(words) > 12
        or text.endswith((".", ",", ";", ":", "-"))
        or not (text[0].isalnum() or text[0] in "\"“'‘/")
    ):
        return False
    if not (words[0][0].isupper() or text[0].isdigit()) or len(set(text)) < 3:
        return False
    return all(word[0].isupper() for word in words if len(word) >= _SMALL_WORDS)
