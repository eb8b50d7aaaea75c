"""The export cables.csv: eight quoted fields a record, no heading, quotes escaped by a backslash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cables.parsing.records import Problem, RawCable, Unreadable
from cables.sources.decoding import decode
from cables.sources.documents import Document
from cables.sources.merged_rows import told_apart

FORM = "cables-csv"
RECORD_LIMIT = 32 * 1024 * 1024
_FIELDS = 8
_START = re.compile(rb'"(\d{1,12})","(\d{1,2}/\d{1,2}/\d{4}\s{1,4}\d{1,2}:\d{2})","')
_LONGEST_START = 64
_BETWEEN = ["", *[","] * (_FIELDS - 1), ""]
_RECORD = re.compile(",".join([r'"((?:[^"\\]++|\\.)*+)"'] * _FIELDS) + r"\s*\Z", re.DOTALL)


def is_cables_csv(text: str) -> bool:
    """Return whether a record starts at the beginning of one of the lines."""
    return any(True for _ in _starts(b"\n" + text.encode(), 0))


def read_cables_csv(document: Document) -> Iterator[RawCable | Unreadable]:
    """Return the cables of each record; a bad one is told with its line and text, and the next ones go on.

    Holds no more than a record and a block in memory, however large the file.
    """
    for line, record, complete in split_records(document.blocks()):
        if not complete:
            reason = f"a record larger than {RECORD_LIMIT // 2**20} MB, which no cable is"
            yield Unreadable(document.name, reason, line, decode(record)[0])
        elif record.strip():
            read = _read_record(document.name, line, record)
            yield from told_apart(read) if isinstance(read, RawCable) else (read,)


def split_records(blocks: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Return (line, record, complete) for each piece from one start of a record to the next.

    A record starts only where its number and date stand at the beginning of a line: bodies hold quotes and
    line breaks of their own, and some a backslash that eats their closing quote. What stands before the first
    start is a piece as well. Of a record over the limit only the beginning comes, as not complete.
    """
    buffer, begin, scanned, line, dropped = b"\n", 1, 0, 1, False
    for block in blocks:
        buffer = buffer[begin - 1 :] + block
        scanned, begin = max(scanned - begin + 1, 0), 1
        for start in _starts(buffer, scanned):
            if start > begin and not dropped:
                yield line, buffer[begin:start], True
            line += buffer.count(b"\n", begin, start)
            begin, dropped = start, False
        scanned = max(begin - 1, len(buffer) - _LONGEST_START)
        if len(buffer) - begin > RECORD_LIMIT:
            if not dropped:
                yield line, buffer[begin : begin + 1000], False
            line += buffer.count(b"\n", begin, scanned)
            begin, dropped = scanned, True
    if not dropped:
        yield line, buffer[begin:], True


def _starts(buffer: bytes, begin: int) -> Iterator[int]:
    at = buffer.find(b'\n"', begin)
    while at >= 0:
        if _START.match(buffer, at + 1):
            yield at + 1
        at = buffer.find(b'\n"', at + 1)


def _read_record(file: str, line: int, record: bytes) -> RawCable | Unreadable:
    text, problems = decode(record, line)
    fields, reason = _split_fields(text)
    if not fields:
        return Unreadable(file, reason, line, text)
    if reason:
        problems = (*problems, Problem("record", reason, "", line))
    number, created, identifier, origin, classification, references, header, body = fields
    return RawCable(
        FORM,
        file,
        line,
        identifier=identifier,
        created=created,
        origin=origin,
        classification=classification,
        references=references,
        header=header,
        body=body,
        attributes={"number": number},
        problems=problems,
    )


def _split_fields(text: str) -> tuple[list[str], str]:
    """Return the fields, and what is wrong with the record ("" as a rule).

    Where the quotes do not match, a record is cut at each '","': right for a closing quote after a backslash
    and for quotes that were not escaped. With other than eight fields there is no telling what belongs where.
    """
    record = text.strip()
    if fields := _plain_fields(record):
        return fields, ""
    match = _RECORD.match(record)
    if match:
        return [_unescape(field) for field in match.groups()], ""
    if not record.startswith('"'):
        return [], "text before the first record"
    if len(record) < 2 or not record.endswith('"'):
        return [], "the record has no closing quote: it is cut off"
    fields = [_unescape(field) for field in record[1:-1].split('","')]
    if len(fields) != _FIELDS:
        return [], f"{len(fields)} fields instead of {_FIELDS}"
    return fields, "the quotes of the record do not match"


def _plain_fields(record: str) -> list[str]:
    """Return the fields of a record whose quotes match and in which no backslash escapes another; else [].

    Nearly all are such, and to split at single characters takes a third of the time that the pattern takes.
    """
    first, *escapes = record.split("\\")
    if "" in escapes:
        return []
    # NUL stands in for an escaped quote meanwhile: decoding has left none in the text.
    kept = ("\x00" + rest[1:] if rest[0] == '"' else rest if rest[0] == "'" else "\\" + rest for rest in escapes)
    fields = "".join((first, *kept)).split('"')
    if len(fields) != 2 * _FIELDS + 1 or fields[::2] != _BETWEEN:
        return []
    return [field.replace("\x00", '"') for field in fields[1::2]] if escapes else fields[1::2]


def _unescape(field: str) -> str:
    """Return the field with quotes and backslashes as they were; any other backslash is the text's own."""
    if "\\" not in field:
        return field
    # NUL stands in for an escaped backslash meanwhile: decoding has left none in the text.
    field = field.replace("\\\\", "\x00").replace('\\"', '"').replace("\\'", "'")
    return field.replace("\x00", "\\")
