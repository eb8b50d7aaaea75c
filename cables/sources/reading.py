"""Files, folders and archives to cables."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cables.parsing.records import RawCable, Unreadable
from cables.sources.archives import is_archive, read_members
from cables.sources.detect import find_reader
from cables.sources.documents import HEAD_BYTES, Document
from cables.sources.faults import READ_ERRORS, explain
from cables.sources.names import is_hidden, printable


def read_path(path: Path | str, watch: Callable[[int], None] | None = None) -> Iterator[RawCable | Unreadable]:
    """Return every cable in a file, an archive, or a folder and the folders in it, in sorted order.

    Whatever cannot be read is told as Unreadable and the rest goes on; nothing raises. In a folder hidden
    files are left out, and links to folders are told but not followed. `watch` is told the number of bytes of each
    piece that is read from the disk.
    """
    top = Path(path)
    pending = [top]
    while pending:
        path = pending.pop()
        name = printable(str(path))
        try:
            if path.is_dir() and path.is_symlink() and path is not top:
                yield Unreadable(name, "a link to a folder is not followed")
            elif path.is_dir():
                inside = sorted(entry for entry in path.iterdir() if not is_hidden(entry.name))
                pending += reversed(inside)
            elif stat.S_ISREG(path.stat().st_mode):
                yield from _read_file(path, name, watch)
            else:
                yield Unreadable(name, "no regular file")
        except READ_ERRORS as error:
            yield Unreadable(name, explain(error))


def _read_file(path: Path, name: str, watch: Callable[[int], None] | None) -> Iterator[RawCable | Unreadable]:
    with _Watched(path, watch) as raw:
        head = raw.peek(HEAD_BYTES)
        if not is_archive(head):
            yield from read_document(Document(name, raw))
            return
        for member in read_members(name, raw, head):
            if isinstance(member, Unreadable):
                yield member
            elif is_archive(member.head):
                yield Unreadable(member.name, "an archive inside an archive: unpack it first")
            else:
                yield from read_document(member)


def read_document(document: Document) -> Iterator[RawCable | Unreadable]:
    """Return the cables of a document; a fault ends it, not the archive that it is in."""
    found = find_reader(document.head)
    if isinstance(found, str):
        yield Unreadable(document.name, found)
        return
    try:
        yield from found(document)
    except READ_ERRORS as error:
        yield Unreadable(document.name, explain(error))


class _Watched(io.BufferedReader):
    """A file opened for reading that tells the size of each piece read."""

    def __init__(self, path: Path, watch: Callable[[int], None] | None) -> None:
        super().__init__(io.FileIO(path), HEAD_BYTES)
        self._watch = watch

    def read(self, *size: Any) -> bytes:
        data = super().read(*size)
        if self._watch:
            self._watch(len(data))
        return data
