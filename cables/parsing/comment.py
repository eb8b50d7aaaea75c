"""The comment of a cable: what its writer adds of his own, in paragraphs marked "COMMENT"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cables.parsing.body import parse_paragraphs
from cables.parsing.marked_parts import MarkedPart, Marks, is_text
from cables.parsing.records import ParsedParagraph

_COMMENT = Marks(
    r"COMMENTS?(?! (?:BY|FROM|OF|ON)\b)",
    sign="COMMENT",
    before=r"(?:(?:EMBASSY|POST|MISSION|CONSULATE|CONGEN|AMBASSADOR|CHARGE|BIO(?:GRAPHIC)?|ANALYSIS|CONCLUSIONS?"
    r"|RECOMMENDATIONS?|ACTION|REQUEST|AND|&)(?:['’]?S)?)",
)
_ASIDE = re.compile(r"COMMENT\s?[:.]", re.IGNORECASE)


class _Block(NamedTuple):
    """A paragraph between blank lines, or a heading, and the piece it stands in."""

    piece: int
    is_heading: bool
    text: str


def parse_comment(text: str) -> str:
    """Return the comment of a cable's text, without its label, numbers and portion marks; "" where it has none."""
    return find_comment(parse_paragraphs(text)).text


def find_comment(pieces: Sequence[ParsedParagraph]) -> MarkedPart:
    """Return the comment among the pieces of a body; of several in a cable all, a blank line between them.

    It starts at a label that begins a paragraph ("12. (C) Comment: …"), or at a heading, and ends at "END COMMENT";
    without that, a label covers its paragraph, a heading all under it. Asides in the midst of a paragraph are part of
    that paragraph.
    """
    may_begin = [n for n, piece in enumerate(pieces) if _COMMENT.may_label(piece.text) or "\n\n" in piece.text]
    if not may_begin:
        return MarkedPart("")
    blocks = [
        _Block(index, piece.kind == "heading", text)
        for index, piece in enumerate(pieces[may_begin[0] :], may_begin[0])
        if is_text(piece) or piece.kind == "heading"
        for text in piece.text.split("\n\n")
    ]
    found: list[_Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if block.is_heading and _COMMENT.heads(block.text):
            end = _end_under_heading(blocks, place)
        elif not block.is_heading and _COMMENT.label(block.text):
            place -= 1
            end = _end_of_labelled(blocks, place, pieces)
        else:
            continue
        found += blocks[place:end]
        place = end
    words = [text for block in found if (text := _COMMENT.words(block.text))]
    return MarkedPart("\n\n".join(words), found[0].piece, found[-1].piece + 1) if words else MarkedPart("")


def _end_under_heading(blocks: Sequence[_Block], first: int) -> int:
    """Return the place after the last block under a heading, or after its "END COMMENT"."""
    for place in range(first, len(blocks)):
        if blocks[place].is_heading:
            return place
        if _COMMENT.end(blocks[place].text):
            return place + 1
    return len(blocks)


def _end_of_labelled(blocks: Sequence[_Block], first: int, pieces: Sequence[ParsedParagraph]) -> int:
    """Return the place after the "END COMMENT" of a labelled block; without that, after what continues the block."""
    for place in range(first, len(blocks)):
        text = blocks[place].text
        end = _COMMENT.end(text)
        aside = _ASIDE.search(text, 0, end.start() if end else len(text)) if place > first else None
        if blocks[place].is_heading or aside or (place > first and _COMMENT.label(text)):
            break
        if end:
            return place + 1
    place = first + 1
    while place < len(blocks) and _goes_on(pieces[blocks[place - 1].piece], pieces[blocks[place].piece]):
        place += 1
    return place


def _goes_on(piece: ParsedParagraph, following: ParsedParagraph) -> bool:
    """Return whether a numbered paragraph that a page break cut goes on in a later piece."""
    return piece is not following and piece.number == following.number != ""
