"""CSV whose first row names the columns, such as MRN,SUBJECT,FROM,TO,DATE,CLASSIFICATION,TAGS,REF,CONTENT."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import repeat

from cables.parsing.records import Problem, RawCable, Unreadable
from cables.sources.decoding import decode
from cables.sources.documents import Document
from cables.sources.fields import names_of, plain_name, raw_cable

FORM = "mrn-csv"
FIELD_LIMIT = 16 * 1024 * 1024  # csv holds four bytes a character, and twice as many while a field grows
_TOO_LARGE = f"a field larger than {FIELD_LIMIT // 2**20} MB, which no cable has"
_FAULTS_IN_A_ROW = 1000
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
    faults = 0
    while faults < _FAULTS_IN_A_ROW:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            faults += 1
            told = _TOO_LARGE if "field limit" in str(error) else f"the row cannot be read: {error}"
            yield Unreadable(document.name, told, line, lines.take()[0][:1000])
            continue
        text, problems = lines.take()
        if row is None:
            return
        if not any(field.strip() for field in row):
            continue
        if not names:
            names = [name.strip() for name in row]
        elif len(row) != len(names):
            reason = f"{len(row)} fields instead of the {len(names)} that the first row names"
            faults += 1
            yield Unreadable(document.name, reason, line, text)
        else:
            faults = 0
            record = dict(zip(names, row, strict=True))
            yield raw_cable(record, form=FORM, file=document.name, line=line, problems=problems)
    reason = f"{faults} rows one after the other do not fit the first row: the rest was not read"
    yield Unreadable(document.name, reason, rows.line_num)


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
            decoded: Iterable[tuple[str, tuple[Problem, ...]]] = zip(io.StringIO(text, newline="\n"), repeat(()))
            if problems:
                # Line by line, so that each problem is told on the row it stands in.
                decoded = (decode(line, number) for number, line in enumerate(io.BytesIO(piece), count + 1))
            for line, of_line in decoded:
                count += 1
                self._taken.append(line)
                self._problems += of_line
                yield line

    def take(self) -> tuple[str, tuple[Problem, ...]]:
        """Return the text and the problems of the lines since the last call."""
        text, problems = "".join(self._taken), tuple(self._problems)
        self._taken.clear()
        self._problems.clear()
        return text, problems


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Return the bytes in pieces that end where a line ends; of a line longer than any field only the beginning."""
    rest, cut = b"", False
    for block in blocks:
        data = rest + block
        begin = data.find(b"\n") + 1 if cut else 0
        end = data.rfind(b"\n") + 1
        cut = cut and begin == 0
        if end > begin:
            yield data[begin:end]
        rest = b"" if cut else data[end:]
        if len(rest) > FIELD_LIMIT:
            yield rest
            rest, cut = b"", True
    if rest:
        yield rest


def _delimiter(text: str) -> str:
    line = text.lstrip("\ufeff\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=line.count)


def _header(text: str) -> list[str]:
    line = text.lstrip("\ufeff\r\n").partition("\n")[0][:4096]
    return next(csv.reader([line], delimiter=_delimiter(text)), [])
