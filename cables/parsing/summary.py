"""The summary of a cable: what stands between "SUMMARY" and "END SUMMARY", or as much of it as is marked."""

from __future__ import annotations

from collections.abc import Sequence

from cables.parsing.body import parse_paragraphs
from cables.parsing.marked_parts import MarkedPart, Marks, is_text
from cables.parsing.records import ParsedParagraph

_SUMMARY = Marks(r"SUM{1,3}[AE]?R?[YI]", sign="SUM")


def parse_summary(text: str) -> str:
    """Return the summary of a cable's text, without its label, numbers and portion marks; "" where it has none."""
    return find_summary(parse_paragraphs(text)).text


def find_summary(pieces: Sequence[ParsedParagraph]) -> MarkedPart:
    """Return the summary among the pieces of a body.

    It starts at the label ("SUMMARY AND COMMENT:") or the heading; without either at the first paragraph, if an "END
    SUMMARY" follows. It ends at "END SUMMARY"; without that, a label covers its paragraph to the first blank line, a
    heading all under it.
    """
    end = next((index for index, piece in enumerate(pieces) if is_text(piece) and _SUMMARY.end(piece.text)), None)
    first = _first(pieces)
    if first is None:
        if end is None:
            return MarkedPart("")
        first = next(index for index, piece in enumerate(pieces) if is_text(piece))
        numbered = (index for index, piece in enumerate(pieces[: end + 1]) if piece.number)
        first = next(numbered, first)
    if end is not None and end >= first:
        last = end
        texts = [piece.text for piece in pieces[first : end + 1] if is_text(piece)]
    elif label := _SUMMARY.label(pieces[first].text):
        last = first
        texts = [pieces[first].text[label.end() :].partition("\n\n")[0]]
    else:
        last = _last_under_heading(pieces, first)
        texts = [piece.text for piece in pieces[first : last + 1] if is_text(piece)]
    parts = [_SUMMARY.words(text) for text in texts]
    return MarkedPart("\n\n".join(part for part in parts if part), first, last + 1)


def _first(pieces: Sequence[ParsedParagraph]) -> int | None:
    for index, piece in enumerate(pieces):
        if is_text(piece) and _SUMMARY.label(piece.text):
            return index
        if piece.kind == "heading" and _SUMMARY.heads(piece.text):
            return next((n for n in range(index + 1, len(pieces)) if is_text(pieces[n])), None)
    return None


def _last_under_heading(pieces: Sequence[ParsedParagraph], first: int) -> int:
    """Return the index of the last piece of text before the next heading."""
    last = first
    for index in range(first + 1, len(pieces)):
        if pieces[index].kind == "heading":
            break
        if is_text(pieces[index]):
            last = index
    return last
