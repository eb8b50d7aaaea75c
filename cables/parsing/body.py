"""A body taken apart: preamble, headings, numbered paragraphs, tables, apparatus, signature and end marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cables.parsing.body_lines import Line, LineKind, split_lines
from cables.parsing.columns import may_be_row, table_end
from cables.parsing.headings import heading_at
from cables.parsing.located import Located
from cables.parsing.numbering import Numbered, paragraph_starts
from cables.parsing.portion_marks import read_portion_mark
from cables.parsing.reading import Vocabulary, kept_lines, reading_text
from cables.parsing.records import ParsedParagraph
from cables.parsing.sections import mark_repeated_headers, text_start
from cables.parsing.signers import Signature, find_signature, located_names

# Looked up for every line: an attribute of an Enum takes several times as long.
_TEXT, _BLANK, _APPARATUS, _END = LineKind.TEXT, LineKind.BLANK, LineKind.APPARATUS, LineKind.END


class BodyReading(NamedTuple):
    """The pieces of a body, and the names under it with the place of the lines they stand on."""

    pieces: list[ParsedParagraph]
    signers: Located[list[str]]


def parse_paragraphs(body: str) -> list[ParsedParagraph]:
    """Return the pieces of a body in order; the `raw` of all put together is the body, character for character.

    Numbered paragraphs are those whose numbers rise from 1 by one. A paragraph that a page break or a repeated
    header cuts comes as several pieces with the apparatus between them: the pieces after the first repeat its
    number, marking and level, so a piece of kind "paragraph" or "table" with the number of the one before it
    continues it. Text without numbers becomes a paragraph at every blank line. Blank lines belong to the piece
    before them.
    """
    return read_body(body).pieces


def read_body(body: str) -> BodyReading:
    """Return the pieces and the signers of a body, in time proportional to its length."""
    lines = split_lines(body)
    starts = paragraph_starts(lines)
    first_line = text_start(lines, starts[0].line if starts else len(lines))
    mark_repeated_headers(lines, first_line)
    starts = [start for start in starts if lines[start.line].kind is LineKind.TEXT]
    signature = find_signature(lines)
    return BodyReading(_Assembly(body, lines, starts).pieces(first_line, signature), located_names(lines, signature))


class _Assembly:
    """The pass over the lines of one body that makes pieces of them."""

    def __init__(self, body: str, lines: list[Line], starts: Sequence[Numbered]) -> None:
        self._body = body
        self._lines = lines
        self._starts = {start.line: start for start in starts}
        self._vocabulary = Vocabulary(body)
        self._pieces: list[ParsedParagraph] = []
        self._number = self._marking = self._level = self._heading = ""

    def pieces(self, first_line: int, signature: Signature) -> list[ParsedParagraph]:
        text_end = signature.first
        if signature.first == signature.end:
            text_end = self._first_end_mark(signature.end)
        text_end = max(text_end, first_line)
        self._preamble(first_line)
        index = first_line
        while index < text_end:
            index = self._next_piece(index, text_end)
        self._number = self._marking = self._level = self._heading = ""
        if signature.first < signature.end and text_end == signature.first:
            after = self._over_blanks(signature.end)
            self._add("signature", text_end, after, " ".join(signature.names))
            text_end = after
        self._add("end", text_end, len(self._lines), self._rows(text_end, len(self._lines)))
        return self._pieces

    def _next_piece(self, index: int, limit: int) -> int:
        """Add the piece that starts at a line of the text, and return the index after it."""
        line = self._lines[index]
        if line.kind in (LineKind.APPARATUS, LineKind.END, LineKind.BLANK):
            return self._apparatus(index, limit)
        if (end := min(self._table_end(index), limit)) > index:
            rows_end, end = end, min(self._over_blanks(end), limit)
            self._add("table", index, end, self._table(index, rows_end))
            return end
        if heading := heading_at(self._lines, index, self._starts.__contains__, numbered=bool(self._starts)):
            end = min(self._over_blanks(heading.end), limit)
            self._number = self._marking = self._level = ""
            self._heading = heading.text
            self._add("heading", index, end, heading.text)
            return end
        return self._paragraph(index, limit)

    def _preamble(self, end: int) -> None:
        """Add what stands before the text: its page breaks are pieces of their own, as everywhere."""
        index = 0
        while index < end:
            first = index
            is_break = self._is_page_break(index)
            while index < end and self._is_page_break(index) == is_break:
                index += 1
            self._add("apparatus" if is_break else "preamble", first, index, self._rows(first, index))

    def _is_page_break(self, index: int) -> bool:
        line = self._lines[index]
        return line.kind is LineKind.APPARATUS and any(character.isdigit() for character in line.text)

    def _apparatus(self, index: int, limit: int) -> int:
        first = index
        while index < limit and self._lines[index].kind in (LineKind.APPARATUS, LineKind.END, LineKind.BLANK):
            index += 1
        if index < limit and self._lines[index].kind is LineKind.RULE and not self._heading_at(index):
            index = min(self._over_blanks(index + 1), limit)
        self._add("apparatus", first, index, self._rows(first, index))
        return index

    def _paragraph(self, first: int, limit: int) -> int:
        lines = self._lines
        row, index = self._first_row(first, limit)
        rows = [row]
        while index < limit and not self._ends_paragraph(index):
            kind = lines[index].kind
            if kind is _TEXT:
                rows.append(lines[index].text)
            elif kind is _BLANK and not self._number:
                index += 1
                break
            elif kind is _BLANK:
                rows.append("")
            index += 1
        self._add("paragraph", first, index, reading_text(rows, self._vocabulary).rstrip("-= "))
        return index

    def _first_row(self, index: int, limit: int) -> tuple[str, int]:
        """Return the first row of a paragraph's text and the index of the line after it; note its number and mark."""
        lines = self._lines
        text = lines[index].text
        if start := self._starts.get(index):
            text = start.text
            if not text and index + 1 < limit and lines[index + 1].kind is LineKind.TEXT:
                index += 1  # the number stands on a line of its own
                text = lines[index].text
            self._number = str(start.number)
            self._marking, self._level, text = read_portion_mark(text)
        elif not self._number:
            self._marking, self._level, text = read_portion_mark(text, numbered=False)
        return "" if lines[index].kind is LineKind.RULE else text, index + 1

    def _ends_paragraph(self, index: int) -> bool:
        """Return whether something else starts at a line: the next paragraph, apparatus, a heading or a table."""
        kind = self._lines[index].kind
        if kind is _APPARATUS or kind is _END or index in self._starts:
            return True
        if kind is _BLANK or not self._may_break(index):
            return False
        return self._heading_at(index) or self._table_end(index) > index

    def _table_end(self, index: int) -> int:
        """Return the index after the table that starts at a line; no table runs into a numbered paragraph."""
        if index in self._starts:
            return index
        end = table_end(self._lines, index)
        if end == index:
            return index
        return next((n for n in range(index, end) if n in self._starts), end)

    def _may_break(self, index: int) -> bool:
        """Return whether a heading or a table might start at a line: in the midst of running text none does."""
        lines = self._lines
        _, _, text, kind = lines[index]
        if kind is not _TEXT or index + 1 == len(lines) or index + 1 in self._starts:
            return True
        if lines[index - 1].kind is not _TEXT or lines[index + 1].kind is not _TEXT:
            return True
        return text[-1] in "-=_" or may_be_row(text)

    def _heading_at(self, index: int) -> bool:
        return heading_at(self._lines, index, self._starts.__contains__, numbered=bool(self._starts)) is not None

    def _first_end_mark(self, floor: int) -> int:
        """Return the index of the first end mark after the last line of text, or the number of lines."""
        return next(
            (n for n in range(floor, len(self._lines)) if self._lines[n].kind is LineKind.END),
            len(self._lines),
        )

    def _over_blanks(self, index: int) -> int:
        while index < len(self._lines) and self._lines[index].kind is LineKind.BLANK:
            index += 1
        return index

    def _rows(self, first: int, end: int) -> str:
        return "\n".join(line.text for line in self._lines[first:end] if line.text)

    def _table(self, first: int, end: int) -> str:
        return kept_lines([self._body[line.start : line.end] for line in self._lines[first:end]])

    def _add(self, kind: str, first: int, end: int, text: str) -> None:
        if first == end:
            return
        raw = self._body[self._lines[first].start : self._lines[end - 1].end]
        inside = kind in ("paragraph", "table")
        self._pieces.append(
            ParsedParagraph(
                position=len(self._pieces) + 1,
                kind=kind,
                raw=raw,
                text=text,
                number=self._number if inside else "",
                marking=self._marking if inside else "",
                level=self._level if inside else "",
                heading=self._heading if inside else "",
            )
        )
