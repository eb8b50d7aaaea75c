"""A body taken apart: preamble, headings, numbered paragraphs, tables, apparatus, signature and end marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from cables.parsing.body_lines import APPARATUS, BLANK, END, RULE, TEXT, Lines, split_lines
from cables.parsing.columns import table_end
from cables.parsing.headings import MOST_LINES, Heading, heading_at
from cables.parsing.layout import OF_TEXT, START, UNEVEN, lay_out
from cables.parsing.located import Located
from cables.parsing.numbering import Numbered, paragraph_starts
from cables.parsing.portion_marks import read_portion_mark
from cables.parsing.reading import Vocabulary, kept_lines, reading_text
from cables.parsing.records import ParsedParagraph
from cables.parsing.sections import mark_repeated_headers, text_start
from cables.parsing.signers import Signature, find_signature, located_names

_NO_TEXT = frozenset((APPARATUS, END, BLANK))
_ENDS = frozenset((APPARATUS, END, START))
# Amid running text nothing begins but what is underlined.
_MAY_BE_TITLE = f"{TEXT}(?:(?![{TEXT}{UNEVEN}])|(?=[{TEXT}{UNEVEN}]{{0,{MOST_LINES - 1}}}{RULE}))"
_MAY_END_NUMBERED = re.compile(f"[^{TEXT}{BLANK}]|{_MAY_BE_TITLE}")
_MAY_END_UNNUMBERED = re.compile(f"[^{TEXT}]|{_MAY_BE_TITLE}")
_DIGIT = re.compile(r"\d")


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
    first_line = text_start(lines, starts[0].line if starts else len(lines.texts))
    mark_repeated_headers(lines, first_line)
    starts = [start for start in starts if lines.kinds[start.line] == TEXT]
    signature = find_signature(lines)
    return BodyReading(_Assembly(lines, starts).pieces(first_line, signature), located_names(lines, signature))


class _Assembly:
    """The pass over the lines of one body that makes pieces of them."""

    def __init__(self, lines: Lines, starts: Sequence[Numbered]) -> None:
        self._lines = lines
        self._starts = {start.line: start for start in starts}
        self._layout = lay_out(lines, self._starts)
        self._vocabulary = Vocabulary(lines.body)
        self._headings: dict[int, Heading | None] = {}
        self._pieces: list[ParsedParagraph] = []
        self._number = self._marking = self._level = self._heading = ""

    def pieces(self, first_line: int, signature: Signature) -> list[ParsedParagraph]:
        last = len(self._layout.kinds)
        text_end = signature.first
        if signature.first == signature.end:
            end_mark = self._layout.kinds.find(END, signature.end)
            text_end = end_mark if end_mark >= 0 else last
        text_end = max(text_end, first_line)
        self._preamble(first_line)
        index = first_line
        while index < text_end:
            index = self._next_piece(index, text_end)
        if signature.first < signature.end and text_end == signature.first:
            after = self._over_blanks(signature.end, last)
            self._add("signature", text_end, after, " ".join(signature.names))
            text_end = after
        self._add("end", text_end, last, self._rows(text_end, last))
        return self._pieces

    def _next_piece(self, index: int, limit: int) -> int:
        """Add the piece that starts at a line of the text, and return the index after it."""
        if self._layout.kinds[index] in _NO_TEXT:
            return self._apparatus(index, limit)
        if (rows_end := min(self._table_end(index), limit)) > index:
            end = self._over_blanks(rows_end, limit)
            self._add("table", index, end, kept_lines([self._lines.raw(n, n + 1) for n in range(index, rows_end)]))
            return end
        if heading := self._heading_at(index):
            end = self._over_blanks(min(heading.end, limit), limit)
            self._number = self._marking = self._level = ""
            self._heading = heading.text
            self._add("heading", index, end, heading.text)
            return end
        return self._paragraph(index, limit)

    def _preamble(self, end: int) -> None:
        """Add what stands before the text: its page breaks are pieces of their own, as everywhere."""
        for is_break, run in groupby(range(end), self._is_page_break):
            places = list(run)
            first, after = places[0], places[-1] + 1
            self._add("apparatus" if is_break else "preamble", first, after, self._rows(first, after))

    def _is_page_break(self, index: int) -> bool:
        return self._layout.kinds[index] == APPARATUS and _DIGIT.search(self._layout.texts[index]) is not None

    def _apparatus(self, first: int, limit: int) -> int:
        kinds, index = self._layout.kinds, first
        while index < limit and kinds[index] in _NO_TEXT:
            index += 1
        if index < limit and kinds[index] == RULE and not self._heading_at(index):
            index = self._over_blanks(index + 1, limit)
        self._add("apparatus", first, index, self._rows(first, index))
        return index

    def _paragraph(self, first: int, limit: int) -> int:
        row, index = self._first_row(first, limit)
        end = self._paragraph_end(index, limit)
        rows = [row, *self._layout.texts[index:end]]
        if RULE in (kinds := self._layout.kinds[index:end]):
            rows[1:] = [text for text, kind in zip(rows[1:], kinds, strict=True) if kind != RULE]
        self._add("paragraph", first, end, reading_text(rows, self._vocabulary).rstrip("-= "))
        return end

    def _first_row(self, index: int, limit: int) -> tuple[str, int]:
        """Return the first row of a paragraph's text and the index of the line after it; note its number and mark."""
        texts, kinds = self._layout.texts, self._layout.kinds
        text = texts[index]
        if start := self._starts.get(index):
            mark = start.mark
            if not start.text and index + 1 < limit and kinds[index + 1] in OF_TEXT:
                index += 1  # the number stands on a line of its own
                mark = read_portion_mark(texts[index])
            self._number = str(start.number)
            self._marking, self._level, text = mark
        elif not self._number:
            self._marking, self._level, text = read_portion_mark(text, numbered=False)
        return "" if kinds[index] == RULE else text, index + 1

    def _paragraph_end(self, index: int, limit: int) -> int:
        """Return the index after the last line of a paragraph: apparatus, a heading, a table or the next one starts.

        A blank line ends a paragraph without number, and belongs to it.
        """
        kinds = self._layout.kinds
        may_end = _MAY_END_NUMBERED if self._number else _MAY_END_UNNUMBERED
        while found := may_end.search(kinds, index, limit):
            index = found.start()
            kind = kinds[index]
            if kind == BLANK:
                return index + 1
            if kind in _ENDS or self._heading_at(index) or self._table_end(index) > index:
                return index
            index += 1
        return limit

    def _table_end(self, index: int) -> int:
        """Return the index after the table that starts at a line; no table runs into a numbered paragraph."""
        if index not in self._layout.rows or index in self._starts:
            return index
        end = table_end(self._lines, index)
        start = self._layout.kinds.find(START, index, end)
        return start if start >= 0 else end

    def _heading_at(self, index: int) -> Heading | None:
        if index not in self._headings:
            self._headings[index] = heading_at(self._layout, index, numbered=bool(self._starts))
        return self._headings[index]

    def _over_blanks(self, index: int, limit: int) -> int:
        kinds = self._layout.kinds
        while index < limit and kinds[index] == BLANK:
            index += 1
        return index

    def _rows(self, first: int, end: int) -> str:
        return "\n".join(filter(None, self._layout.texts[first:end]))

    def _add(self, kind: str, first: int, end: int, text: str) -> None:
        if first == end:
            return
        raw = self._lines.raw(first, end)
        position = len(self._pieces) + 1
        if kind in ("paragraph", "table"):
            told = (self._number, self._marking, self._level, self._heading)
            self._pieces.append(ParsedParagraph(position, kind, raw, text, *told))
        else:
            self._pieces.append(ParsedParagraph(position, kind, raw, text))
