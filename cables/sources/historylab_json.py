"""JSON records of Columbia University's History Lab: an array, a single object, or a line each."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from cables.parsing.records import Problem, RawCable, Unreadable
from cables.sources.decoding import make_storable
from cables.sources.documents import Document
from cables.sources.fields import raw_cable

FORM = "historylab-json"
RECORD_LIMIT = 32 * 1024 * 1024
_FAULTS_IN_A_ROW = 100
_LONGEST_TOKEN = 16  # a number, word or escape that the end of a block cuts is found faulty at most so far before it
_LONGEST_INDENT = 1000
_BEGINNING = re.compile(r'\s*(?:\[\s*)?\{\s*["}]|\s*\[\s*\]')
_BETWEEN = re.compile(r"[\s,\[\]]*")
_NEXT_LINE = re.compile(r"\n[ \t]*(?=\{)")
_NO_CABLE = "a JSON record without the keys of a cable (doc_nbr or identifier, and subject or body)"


def is_json(text: str) -> bool:
    """Return whether the text begins as an array of objects or an object."""
    return _BEGINNING.match(text.lstrip("\ufeff")) is not None


def read_json(document: Document) -> Iterator[RawCable | Unreadable]:
    """Return the cable of each object; a bad one is told, and the next that begins a line goes on.

    Holds no more than an object and a block in memory, however large the file.
    """
    faults = 0
    for line, record in _objects(document.blocks()):
        found = _read_record(document.name, line, record)
        yield found
        faults = faults + 1 if isinstance(found, Unreadable) else 0
        if faults == _FAULTS_IN_A_ROW:
            yield Unreadable(document.name, f"{faults} records in a row are no cables: the rest was not read", line)
            return


def _read_record(file: str, line: int, record: Mapping[str, object] | str) -> RawCable | Unreadable:
    """Return the cable of an object, or why it is none; a str is the fault that stands in an object's place."""
    if isinstance(record, str):
        return Unreadable(file, f"not JSON: {record}", line)
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    for key, value in record.items():
        text, unstorable = make_storable(_as_text(value), line)
        fields[make_storable(key)[0]] = text
        problems += unstorable
    cable = raw_cable(fields, form=FORM, file=file, line=line, problems=tuple(problems))
    if cable.identifier and (cable.subject or cable.body):
        return cable
    return Unreadable(file, _NO_CABLE, line, json.dumps(fields, ensure_ascii=False))


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _objects(blocks: Iterable[bytes]) -> Iterator[tuple[int, Mapping[str, object] | str]]:
    """Return (line, object) for each object of the stream, or (line, fault) where there should be one."""
    text = _Text(blocks)
    scan = json.JSONDecoder().raw_decode
    while text.skip(_BETWEEN):
        try:
            record, end = scan(text.buffer, text.at)
        except (ValueError, RecursionError) as error:
            if _may_be_unfinished(error, text) and text.read_more():
                continue
            yield text.line, "nested too deeply" if isinstance(error, RecursionError) else str(error)
            text.skip_to(_NEXT_LINE)
        else:
            yield text.line, record if isinstance(record, dict) else "a value that is no object"
            text.move(end)


def _may_be_unfinished(error: Exception, text: _Text) -> bool:
    if not isinstance(error, json.JSONDecodeError) or len(text.buffer) - text.at > RECORD_LIMIT:
        return False
    return error.msg.startswith("Unterminated") or error.pos > len(text.buffer) - _LONGEST_TOKEN


class _Text:
    """The text of a stream from `at` on, as much of it as was asked for, and the line where that is."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        # Bad bytes come as surrogates, which make_storable replaces and tells for each record.
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
        self.buffer, self.at, self.line = "", 0, 1

    def read_more(self) -> bool:
        """Read as much again as is held, lest a long object be scanned once a block; False at the end."""
        wanted = len(self.buffer) - self.at
        parts = [self.buffer[self.at :]]
        read = 0
        for block in self._blocks:
            parts.append(self._decoder.decode(block))
            read += len(block)
            if read >= wanted:
                break
        self.buffer, self.at = "".join(parts), 0
        return read > 0

    def move(self, end: int) -> None:
        """Go on to that place of the buffer."""
        self.line += self.buffer.count("\n", self.at, end)
        self.at = end

    def skip(self, pattern: re.Pattern[str]) -> bool:
        """Go on behind what matches here (it may be empty); False at the end of the stream."""
        while True:
            match = pattern.match(self.buffer, self.at)
            self.move(match.end() if match else self.at)
            if self.at < len(self.buffer):
                return True
            if not self.read_more():
                return False

    def skip_to(self, pattern: re.Pattern[str]) -> None:
        """Go on behind the next match of a pattern that begins with a line break, or to the end."""
        while True:
            match = pattern.search(self.buffer, self.at)
            if match:
                self.move(match.end())
                return
            # The break that the pattern begins with may be the end of what has been read so far.
            edge = self.buffer.rfind("\n", max(self.at, len(self.buffer) - _LONGEST_INDENT))
            self.move(edge if edge >= 0 and self.buffer[edge:].isspace() else len(self.buffer))
            if not self.read_more():
                return
