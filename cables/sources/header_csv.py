"""CSV whose first row names the columns, such as MRN,SUBJECT,FROM,TO,DATE,CLASSIFICATION,TAGS,REF,CONTENT."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from cables.parsing.records import Problem, RawCable, Unreadable
from cables.sources.decoding import decode
from cables.sources.documents import Document
from cables.sources.fields import names_of, plain_name, raw_cable

FORM = "mrn-csv"
FIELD_LIMIT = 32 * 1024 * 1024
_DELIMITERS = (",", ";", "\t")


def is_header_csv(text: str) -> bool:
    """Return whether the first line names a column for the identifier and one for the subject or text."""
    names = {plain_name(name) for name in _header(text)}
    return bool(names & names_of("identifier")) and bool(names & (names_of("body") | names_of("subject")))


def read_header_csv(document: Document) -> Iterator[RawCable | Unreadable]:
    """Return the cable of each row; one that does not fit the header is told, and the next go on."""
    csv.field_size_limit(max(csv.field_size_limit(), FIELD_LIMIT))
    delimiter = _delimiter(document.head.decode(errors="replace"))
    lines = _Lines(document.blocks())
    rows = csv.reader(iter(lines), delimiter=delimiter)
    names: list[str] = []
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Unreadable(document.name, f"the row cannot be read: {error}", line, lines.take()[0][:1000])
            continue
        text, problems = lines.take()
        if row is None:
            return
        if not any(row):
            continue
        if not names:
            names = [name.strip() for name in row]
        elif len(row) != len(names):
            reason = f"{len(row)} fields instead of the {len(names)} that the first row names"
            yield Unreadable(document.name, reason, line, text)
        else:
            record = dict(zip(names, row, strict=True))
            yield raw_cable(record, form=FORM, file=document.name, line=line, problems=problems)


class _Lines:
    """The lines of a file as text, for a csv reader; keeps those of the row at hand, and their problems."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = blocks
        self._taken: list[str] = []
        self._problems: list[Problem] = []

    def __iter__(self) -> Iterator[str]:
        count = 0
        for piece in _whole_lines(self._blocks):
            text, problems = decode(piece, count + 1)
            # A problem tells the first line only: with any, each line is decoded by itself.
            lines = piece.splitlines(keepends=True) if problems else []
            for line in text.splitlines(keepends=True):
                ...

    def take(self) -> tuple[str, tuple[Problem, ...]]:
        """Return the text and the problems of the lines since the last call."""
        text, problems = "".join(self._taken), tuple(self._problems)
        self._taken.clear()
        self._problems.clear()
        return text, problems


def _delimiter(text: str) -> str:
    line = text.lstrip("\ufeff\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=line.count)


def _header(text: str) -> list[str]:
    line = text.lstrip("\ufeff\r\n").partition("\n")[0][:4096]
    return next(csv.reader([line], delimiter=_delimiter(text)), [])
