"""Parts of the text that a cable marks with a word: "SUMMARY: … END SUMMARY.", a heading "COMMENT"."""

from __future__ import annotations

import re
from typing import NamedTuple

from cables.parsing.located import in_capitals
from cables.parsing.records import ParsedParagraph

_MORE = (
    r"(?:EXECUTIVE|INTRODUCTION|OVERVIEW|ACTION|REQUEST|COMMENTS?|BACKGROUND|TABLE|OF|CONTENTS|CONCLUSIONS?"
    r"|RECOMMENDATIONS?|KEY|POINTS|AND|&)"
)
_AFTER = rf"(?:[ /,]{{1,3}}(?:{_MORE}|[A-Z]{{3,14}}(?=[:.]))){{0,6}}"
_LONGEST_LABEL = 120


class MarkedPart(NamedTuple):
    """The words of such a part, and the pieces pieces[first:end] it was read from; empty where there is none."""

    text: str
    first: int = 0
    end: int = 0


class Marks:
    """How a part that goes by a word begins and ends; `sign` are letters of the word that every spelling of it has."""

    def __init__(self, word: str, sign: str, before: str = _MORE) -> None:
        whole = rf"(?:{before}[ /,]{{1,3}}){{0,4}}{word}"
        self._sign = sign
        self._label = re.compile(
            rf"[(\[]?(?:BEGIN )?{whole}{_AFTER}(?:\s(?:CONTINUED|CONT[’']?D))?\s?"
            r"(?:[:.)\]]{1,2}|-{1,2}(?=\s)|$|\n)\s*-*\s*",
            re.IGNORECASE,
        )
        self._bare_label = re.compile(rf"{word}\s+(?=[A-Z])(?!OF\b)")
        self._heading = re.compile(rf"(?:BEGIN )?{whole}\b", re.IGNORECASE)
        self._end = re.compile(rf"END(?<=\bEND)\s?(?:OF\s)?{whole}\b")  # of capitals

    def label(self, text: str) -> re.Match[str] | None:
        """Return the label with which a text begins, None where it begins with none."""
        return self._label.match(text) if self.may_label(text) else None

    def may_label(self, text: str) -> bool:
        """Return whether the word stands near the beginning of a text, as in a label or heading."""
        return self._sign in text[:_LONGEST_LABEL].upper()

    def heads(self, title: str) -> bool:
        """Return whether the title of a heading begins with the word."""
        return self._heading.match(title) is not None

    def end(self, text: str) -> re.Match[str] | None:
        """Return where "END SUMMARY" stands in a text, None where it does not."""
        capitals = in_capitals(text)
        return self._end.search(capitals) if self._sign in capitals else None

    def words(self, text: str) -> str:
        """Return a text without the label before and the end mark after it."""
        end = self.end(text)
        if label := self.label(text) or (self._bare_label.match(text) if end else None):
            text = text[label.end() :]
            end = self.end(text)
        if end:
            text = text[: end.start()].rstrip().removesuffix("(").removesuffix("[")
        return text.strip().removesuffix("--").strip()


def is_text(piece: ParsedParagraph) -> bool:
    """Return whether a piece of a body is text of the cable and no heading."""
    return piece.kind in ("paragraph", "table")
