"""Bytes to text that a database can hold: nothing is lost silently, every replaced character is told."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from cables.parsing.records import Problem

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_REPLACEMENT_BYTES = REPLACEMENT.encode()
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes, line: int = 1) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of UTF-8 bytes, and a problem for each kind of character that had to be replaced.

    `line` is the line of the file on which the bytes begin. Bad bytes and NUL become U+FFFD; a byte order
    mark is taken off.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    problems: list[Problem] = []
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data.decode(errors="replace")
        count = text.count(REPLACEMENT) - data.count(_REPLACEMENT_BYTES)
        problems.append(_replaced(count, "not UTF-8", line + data.count(b"\n", 0, error.start)))
    if "\x00" in text:  # of what cannot be stored, UTF-8 has this only
        text, unstorable = make_storable(text, line)
        problems += unstorable
    return text, tuple(problems)


def make_storable(text: str, line: int = 1) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with NUL and lone surrogates, which PostgreSQL cannot hold, as U+FFFD, told."""
    if text.isascii() and "\x00" not in text:
        return text, ()
    first = _NOT_STORABLE.search(text)
    if first is None:
        return text, ()
    text, count = _NOT_STORABLE.subn(REPLACEMENT, text)
    reason = "NUL or half of a surrogate pair"
    return text, (_replaced(count, reason, line + text.count("\n", 0, first.start())),)


def as_utf8(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Return the blocks in UTF-8: recoded where the stream begins with the byte order mark of UTF-16."""
    decoder: codecs.IncrementalDecoder | None = None
    for number, block in enumerate(blocks):
        if number == 0 and block.startswith(_UTF16_MARKS):
            decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        yield decoder.decode(block).encode(errors="replace") if decoder else block
    if decoder and (rest := decoder.decode(b"", final=True)):
        yield rest.encode()


def _replaced(count: int, what: str, line: int) -> Problem:
    subject = "one character is" if count == 1 else f"{count} characters are"
    return Problem("encoding", f"{subject} {what}, and stored as U+FFFD", REPLACEMENT, line)
