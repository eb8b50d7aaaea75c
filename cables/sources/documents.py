"""A file, or a member of an archive, as the readers of forms see it: a name and a stream of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Protocol

from cables.sources.decoding import as_utf8

HEAD_BYTES = 64 * 1024
BLOCK_BYTES = 1024 * 1024
WHOLE_LIMIT = 64 * 1024 * 1024


class ByteStream(Protocol):
    """Whatever gives its bytes one after the other."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""


class TooLargeError(Exception):
    """A document of one cable is larger than any cable can be."""


class Document:
    """The bytes of one file: its `head` to tell its form by, then `blocks` or the `whole`, once.

    `name` is the file as a person would name it, `line` the line on which the bytes begin.
    """

    def __init__(self, name: str, stream: ByteStream) -> None:
        self.name = name
        self._blocks = as_utf8(_read_blocks(stream))
        self.head = next(self._blocks, b"")

    def blocks(self) -> Iterator[bytes]:
        """Return all bytes from the beginning, in blocks; UTF-16 is recoded to UTF-8."""
        return chain((self.head,), self._blocks)

    def whole(self, limit: int = WHOLE_LIMIT) -> bytes:
        """Return all bytes at once; raises TooLargeError when there are more than `limit`."""
        parts: list[bytes] = []
        size = 0
        for block in self.blocks():
            parts.append(block)
            size += len(block)
            if size > limit:
                raise TooLargeError(f"larger than {limit // 2**20} MB, which no file of one cable is")
        return b"".join(parts)


def _read_blocks(stream: ByteStream) -> Iterator[bytes]:
    size = HEAD_BYTES
    while block := _read_full(stream, size):
        yield block
        size = BLOCK_BYTES


def _read_full(stream: ByteStream, size: int) -> bytes:
    """Return `size` bytes, fewer only at the end: decompressors return less than they are asked for."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
