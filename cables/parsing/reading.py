"""Text for reading: the lines of one piece of a body joined again as they were before the teleprinter cut them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from cables.parsing.numbering import ends_sentence

HARD_WRAP = 100
"""Teleprinter lines have at most 80 characters: a longer line was never cut, and its line break is the writer's own."""

# Line breaks at which more than a space may be called for: between blocks, after a hyphen or a line too long to have
# been wrapped, before what may be an item of a list.
_JOINT = re.compile(
    rf"\n(?:\n+|(?<=-\n)|(?<=[^\n]{{{HARD_WRAP + 1}}}\n)"
    r"|(?=¶|-[-\s]|[*•·]\s|\([A-Za-z0-9]{1,3}\)|[A-Za-z0-9]{1,2}[.)]))"
)
_ITEM = re.compile(r"--|[-*•·](?=\s)|¶[A-Za-z]\b")
_ITEM_AFTER_SENTENCE = re.compile(r"\([A-Za-z0-9]{1,3}\)|[A-Za-z0-9]{1,2}\)|(?:\d{1,2}|[A-Za-z])\.\s")
_ITEM_REACH = 6
_CONTINUED_ITEM = re.compile(r"-[^\S\n]{2,}")
_BROKEN_WORD = re.compile(r"(?<=[A-Za-z]{2})-\n(?=[^\W\d_])")
_SUFFIX = re.compile(
    r"(?:ING|INGS|ED|ER|ERS|LY|NESS|MENT|MENTS|TION|TIONS|SION|SIONS|CIAL|TIAL|TIVE|TIVES|ABLE|IBLE|ITY|ITIES|WISE|ISM|IST"
    r"|ANCE|ENCE|ANCES|ENCES)\b"
)
_WORD = re.compile(r"[A-Za-z]+")
_ESCAPED_QUOTE = re.compile(r"\\(?=['\"])")


class Vocabulary:
    """The words of one body, gathered when the first of them is asked for."""

    def __init__(self, body: str) -> None:
        self._body = body

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._body.upper()))

    def __contains__(self, word: str) -> bool:
        return word.upper() in self._words


def reading_text(rows: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return rows of text without margins as paragraphs for reading; "" rows are blank lines.

    Lines are joined with a space; blank lines stay as one; items of a list begin on a line of their own, and so does
    what follows a line too long to have been wrapped. A hyphen at the end of a line joins without space ("LIKE-"
    "MINDED" is "LIKE-MINDED"); it is itself dropped only where the halves are surely one word: in capitals (typists of
    telegrams broke words, word processors do not), when the whole word stands elsewhere in the cable or the second
    half is an ending ("OTHER-" "WISE"). Spaces and tabs side by side become one space.
    """
    text = "\n".join(rows).strip("\n")
    parts: list[str] = []
    done = 0
    for joint in _JOINT.finditer(text):
        start, end = joint.span()
        separator = "\n\n"
        if end - start == 1:
            separator, start, end = _between(text, start, end, vocabulary)
        parts += text[done:start].removeprefix("¶").replace("\n", " "), separator
        done = end
    parts.append(text[done:].removeprefix("¶").replace("\n", " "))
    joined = one_spaced("".join(parts))
    return _ESCAPED_QUOTE.sub("", joined) if "\\" in joined else joined


def _between(text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[str, int, int]:
    """Return what is to stand in place of text[start:end], a line break and perhaps a hyphen or bullet beside it."""
    line = text.rfind("\n", 0, start) + 1
    if continued := _CONTINUED_ITEM.match(text, end):
        return " ", start, continued.end()
    if start - line > HARD_WRAP or _is_item(text[end : end + _ITEM_REACH].partition("\n")[0], text[line:start]):
        return "\n", start, end
    if _BROKEN_WORD.match(text, start - 1):
        return "", start - _is_one_word(text, line, start, vocabulary), end
    return " ", start, end


def one_spaced(text: str) -> str:
    """Return a text with one space for every run of spaces and tabs."""
    text = text.replace("\t", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _is_item(text: str, previous: str) -> bool:
    if text[0].isalpha() and not (text[1:2] in (".", ")") or text[2:3] == ")"):
        return False
    return bool(_ITEM.match(text) or (_ITEM_AFTER_SENTENCE.match(text) and ends_sentence(previous)))


def kept_lines(rows: Sequence[str]) -> str:
    """Return rows with their columns: every line as it stands, without the margin that all have in common."""
    lines = [row.rstrip().expandtabs() for row in rows]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    return _ESCAPED_QUOTE.sub("", "\n".join(line[margin:] for line in lines).strip("\n"))


def _is_one_word(text: str, line: int, end: int, vocabulary: Vocabulary) -> bool:
    """Return whether a hyphen that ends text[line:end] was put into a word by a typist."""
    first = text[line : end - 1].rpartition(" ")[2]
    second = _WORD.match(text, end + 1)
    if second is None or not (first.isupper() and second[0].isupper()):
        return False
    return bool(_SUFFIX.fullmatch(second[0])) or first + second[0] in vocabulary
