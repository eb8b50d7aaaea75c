"""Headings in a body: titles underlined or between rules, and short titles that stand alone before a paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from cables.parsing.body_lines import APPARATUS, BLANK, RULE
from cables.parsing.layout import OF_TEXT, OF_TITLE, START, UNEVEN, Layout
from cables.parsing.numbering import ends_sentence, read_number

LONGEST_LINE = 90
"""A title's line is no longer than a teleprinter's line and a little."""
MOST_LINES = 3
MOST_WORDS = 12
LONGEST_UNNUMBERED = 60
"""Where no number tells that a paragraph follows, only a short line is taken for a title."""

_KEYWORD = re.compile(
    r"(?:BEGIN )?(?:SUMMARY|COMMENT|INTRODUCTION|BACKGROUND|CONCLUSION|ACTION REQUEST(?:ED)?|BIOGRAPHIC NOTE|NOTE)S?"
    r"(?:(?: AND | & |/)[A-Z ]{3,30})?[:.]?",
    re.IGNORECASE,
)
_SMALL_WORDS = 4
_BESIDE_TITLE = frozenset((BLANK, APPARATUS))
_WORD = re.compile(r"[^\W\d_]+")


class Heading(NamedTuple):
    """A heading's words, and the index after its last line."""

    text: str
    end: int


def heading_at(layout: Layout, index: int, *, numbered: bool) -> Heading | None:
    """Return the heading that starts at a line, or None. `numbered` tells whether paragraphs are."""
    kind = layout.kinds[index]
    if kind == RULE:
        return _overlined(layout, index)
    if kind not in OF_TITLE:
        return None
    if kind == UNEVEN and (inline := _ruled_line(layout.texts[index])):
        return Heading(inline, index + 1)
    return _underlined(layout, index) or _alone(layout, index, numbered=numbered)


def _overlined(layout: Layout, index: int) -> Heading | None:
    kinds = layout.kinds
    end, words = _title_lines(layout, index + 1)
    if not words or kinds[end : end + 1] not in (RULE, APPARATUS):
        return None
    if kinds[end] == RULE:
        return Heading(" ".join(words), end + 1)
    return Heading(" ".join(words), end) if kinds[end:].lstrip(APPARATUS)[:1] == RULE else None


def _underlined(layout: Layout, index: int) -> Heading | None:
    kinds = layout.kinds
    if RULE not in kinds[index + 1 : index + 1 + MOST_LINES]:
        return None
    after_text = index > 0 and kinds[index - 1] in OF_TEXT
    if after_text and kinds[index + 1] != RULE:
        return None
    end, words = _title_lines(layout, index)
    if not words or kinds[end : end + 1] != RULE or _overlined(layout, end):
        return None
    if after_text and not (end - index == 1 and _is_title(words[0])):
        return None
    if words[-1].endswith((".", ",", ";")) or not (words[0][0].isalnum() or words[0][0] in "\"'“‘(/"):
        return None
    return Heading(" ".join(words), end + 1)


def _alone(layout: Layout, index: int, *, numbered: bool) -> Heading | None:
    """Return a title without rules: it looks like one, and a numbered paragraph (where there are such) follows."""
    text, kinds = layout.texts[index], layout.kinds
    after_text = index > 0 and kinds[index - 1] in OF_TEXT
    if len(text) > LONGEST_LINE or (after_text and not ends_sentence(layout.texts[index - 1])):
        return None
    following = index + 1
    while following < len(kinds) and kinds[following] in _BESIDE_TITLE:
        following += 1
    starts = kinds[following : following + 1] == START
    if following == len(kinds) or (following == index + 1 and not starts):
        return None
    if _KEYWORD.fullmatch(text):
        return Heading(text.rstrip(":."), index + 1)
    alone = starts if numbered else not after_text and len(text) <= LONGEST_UNNUMBERED
    return Heading(text, index + 1) if alone and _is_title(text) else None


def _title_lines(layout: Layout, index: int) -> tuple[int, list[str]]:
    """Return the index after at most three lines of text, and the lines; none where they cannot be a title."""
    words: list[str] = []
    while layout.kinds[index : index + 1] in OF_TEXT and len(words) <= MOST_LINES:
        text = layout.texts[index]
        if layout.kinds[index] == START or len(text) > LONGEST_LINE:
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
    if text.endswith((".", ",", ";", ":", "-")) or not (text[0].isalnum() or text[0] in "\"“'‘/"):
        return False
    words = _WORD.findall(text)
    if not 0 < len(words) <= MOST_WORDS:
        return False
    if not (words[0][0].isupper() or text[0].isdigit()) or len(set(text)) < 3:
        return False
    return all(word[0].isupper() for word in words if len(word) >= _SMALL_WORDS)
