"""The summary of a cable: what stands between "SUMMARY" and "END SUMMARY", or as much of it as is marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cables.parsing.body import parse_paragraphs
from cables.parsing.located import in_capitals
from cables.parsing.records import ParsedParagraph

_SUMMARY = r"SUM{1,3}[AE]?R?[YI]"
_WITH = (
    r"(?:EXECUTIVE|INTRODUCTION|OVERVIEW|ACTION|REQUEST|COMMENTS?|BACKGROUND|TABLE|OF|CONTENTS|CONCLUSIONS?"
    r"|RECOMMENDATIONS?|KEY|POINTS|AND|&)"
)
_BEFORE = rf"(?:{_WITH}[ /,]{{1,3}}){{0,4}}"
_AFTER = rf"(?:[ /,]{{1,3}}(?:{_WITH}|[A-Z]{{3,14}}(?=[:.]))){{0,6}}"
_LABEL = re.compile(
    rf"[(\[]?(?:BEGIN )?{_BEFORE}{_SUMMARY}{_AFTER}(?:\s(?:CONTINUED|CONT[’']?D))?\s?"
    r"(?:[:.)\]]{1,2}|-{1,2}(?=\s)|$|\n)\s*-*\s*",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(rf"{_SUMMARY}\s+(?=[A-Z])(?!OF\b)")
_HEADING = re.compile(rf"(?:BEGIN )?{_BEFORE}{_SUMMARY}\b", re.IGNORECASE)
_END = re.compile(rf"END(?<=\bEND)\s?(?:OF\s)?{_BEFORE}{_SUMMARY}\b")  # of capitals


class Summary(NamedTuple):
    """The words of the summary and the pieces pieces[first:end] it was read from; empty where there is none."""

    text: str
    first: int = 0
    end: int = 0


def parse_summary(text: str) -> str:
    """Return the summary of a cable's text, without its label, numbers and portion marks; "" where it has none."""
    return find_summary(parse_paragraphs(text)).text


def find_summary(pieces: Sequence[ParsedParagraph]) -> Summary:
    """Return the summary among the pieces of a body.

    It starts at the label ("SUMMARY AND COMMENT:") or the heading; without either at the first paragraph, if an "END
    SUMMARY" follows. It ends at "END SUMMARY"; without that, a label covers its paragraph to the first blank line, a
    heading all under it.
    """
    end = next((index for index, piece in enumerate(pieces) if _is_text(piece) and _end(piece.text)), None)
    first = _first(pieces)
    if first is None:
        if end is None:
            return Summary("")
        first = next(index for index, piece in enumerate(pieces) if _is_text(piece))
        numbered = (index for index, piece in enumerate(pieces[: end + 1]) if piece.number)
        first = next(numbered, first)
    if end is not None and end >= first:
        last = end
        texts = [piece.text for piece in pieces[first : end + 1] if _is_text(piece)]
    elif label := _LABEL.match(pieces[first].text):
        last = first
        texts = [pieces[first].text[label.end() :].partition("\n\n")[0]]
    else:
        last = _last_under_heading(pieces, first)
        texts = [piece.text for piece in pieces[first : last + 1] if _is_text(piece)]
    parts = [_words(text) for text in texts]
    return Summary("\n\n".join(part for part in parts if part), first, last + 1)


def _is_text(piece: ParsedParagraph) -> bool:
    return piece.kind in ("paragraph", "table")


def _first(pieces: Sequence[ParsedParagraph]) -> int | None:
    for index, piece in enumerate(pieces):
        if _is_text(piece) and _LABEL.match(piece.text):
            return index
        if piece.kind == "heading" and _HEADING.match(piece.text):
            return next((n for n in range(index + 1, len(pieces)) if _is_text(pieces[n])), None)
    return None


def _last_under_heading(pieces: Sequence[ParsedParagraph], first: int) -> int:
    """Return the index of the last piece of text before the next heading."""
    last = first
    for index in range(first + 1, len(pieces)):
        if pieces[index].kind == "heading":
            break
        if _is_text(pieces[index]):
            last = index
    return last


def _words(text: str) -> str:
    end = _end(text)
    if label := _LABEL.match(text) or (_BARE_LABEL.match(text) if end else None):
        text = text[label.end() :]
    if end := _end(text):
        text = text[: end.start()].rstrip().removesuffix("(").removesuffix("[")
    return text.strip().removesuffix("--").strip()


def _end(text: str) -> re.Match[str] | None:
    """Return where "END SUMMARY" stands in a text, None where it does not."""
    return _END.search(in_capitals(text))
