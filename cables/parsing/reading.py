"""Text for reading: the lines of one piece of a body joined again as they were before the teleprinter cut them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from cables.parsing.numbering import ends_sentence

HARD_WRAP = 100
"""Teleprinter lines have at most 80 characters: a longer line was never cut, and its line break is the writer's own."""

_ITEM = re.compile(r"--|[-*•·](?=\s)|¶[A-Za-z]\b")
_ITEM_AFTER_SENTENCE = re.compile(r"\([A-Za-z0-9ivx]{1,3}\)|[A-Za-z0-9]{1,2}\)|(?:\d{1,2}|[A-Za-z])\.\s")
_CONTINUED_ITEM = re.compile(r"-\s{2,}")
_BROKEN_WORD = re.compile(r"[A-Za-z]{2,}-$")
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
        return frozenset(word.upper() for word in _WORD.findall(self._body))

    def __contains__(self, word: str) -> bool:
        return word.upper() in self._words


def reading_text(rows: Iterable[str], vocabulary: Vocabulary) -> str:
    """Return rows of text without margins as paragraphs for reading; "" rows are blank lines.

    Lines are joined with a space; blank lines stay as one; items of a list begin on a line of their own, and so does
    what follows a line too long to have been wrapped. A hyphen at the end of a line joins without space ("LIKE-"
    "MINDED" is "LIKE-MINDED"); it is itself dropped only where the halves are surely one word: in capitals (typists of
    telegrams broke words, word processors do not), when the whole word stands elsewhere in the cable or the second
    half is an ending ("OTHER-" "WISE").
    """
    parts: list[str] = []
    previous = ""
    for row in rows:
        if not row:
            previous = ""
            continue
        text = " ".join(row.split()) if "  " in row or "\t" in row else row
        if not previous:
            parts.append("\n\n" if parts else "")
        elif _CONTINUED_ITEM.match(row):
            text = text[2:]
            parts.append(" ")
        elif len(previous) > HARD_WRAP or _is_item(text, previous):
            parts.append("\n")
        elif previous.endswith("-") and _BROKEN_WORD.search(previous[-3:]) and text[0].isalpha():
            if _is_one_word(previous, text, vocabulary):
                parts[-1] = parts[-1][:-1]
        else:
            parts.append(" ")
        parts.append(text.removeprefix("¶"))
        previous = text
    return _ESCAPED_QUOTE.sub("", "".join(parts))


def _is_item(text: str, previous: str) -> bool:
    if text[0].isalpha() and not (text[1:2] in (".", ")") or text[2:3] == ")"):
        return False
    return bool(_ITEM.match(text) or (_ITEM_AFTER_SENTENCE.match(text) and ends_sentence(previous)))


def kept_lines(rows: Sequence[str]) -> str:
    """Return rows with their columns: every line as it stands, without the margin that all have in common."""
    lines = [row.rstrip().expandtabs() for row in rows]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    return _ESCAPED_QUOTE.sub("", "\n".join(line[margin:] for line in lines).strip("\n"))


def _is_one_word(before: str, after: str, vocabulary: Vocabulary) -> bool:
    first = before.rpartition(" ")[2][:-1]
    match = _WORD.match(after)
    if match is None or not (first.isupper() and match[0].isupper()):
        return False
    return bool(_SUFFIX.fullmatch(match[0])) or first + match[0] in vocabulary
