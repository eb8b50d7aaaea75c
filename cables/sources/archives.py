"""Members of zip and tar archives as documents, read in a stream: nothing is ever written to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from cables.parsing.records import Unreadable
from cables.sources.documents import ByteStream, Document, TooLargeError
from cables.sources.faults import READ_ERRORS, explain
from cables.sources.names import is_hidden, printable

MEMBER_LIMIT = 4 * 1024**3
RATIO_LIMIT = 200
RATIO_FROM = 100 * 1024**2
_BOMB = f"it unpacks to more than {RATIO_LIMIT} times its size: made to do harm, and not read on"

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPRESSIONS: dict[bytes, Callable[[BinaryIO], ByteStream]] = {
    b"\x1f\x8b\x08": lambda raw: gzip.GzipFile(fileobj=raw),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}


def is_archive(head: bytes) -> bool:
    """Return whether a file that begins so is an archive or compressed."""
    return head.startswith((*_ZIP_MAGIC, *_COMPRESSIONS)) or _is_tar(head)


def read_members(name: str, raw: BinaryIO, head: bytes) -> Iterator[Document | Unreadable]:
    """Return each member of an archive as a document, and each that is passed over with the reason.

    A document must be read before the next one is asked for. Folders and hidden files are left out.
    """
    if head.startswith(_ZIP_MAGIC):
        yield from _zip_members(name, raw)
        return
    open_stream = next((known for magic, known in _COMPRESSIONS.items() if head.startswith(magic)), None)
    if open_stream is None:
        yield from _tar_members(name, raw)
        return
    stream = io.BufferedReader(_Guard(open_stream(raw), raw.tell), tarfile.RECORDSIZE)
    if _is_tar(stream.peek(tarfile.BLOCKSIZE)):
        yield from _tar_members(name, stream)
    else:
        yield Document(name, stream)


def _zip_members(name: str, raw: BinaryIO) -> Iterator[Document | Unreadable]:
    size = raw.seek(0, io.SEEK_END)
    unpacked = 0
    with zipfile.ZipFile(raw) as archive:
        for info in archive.infolist():
            if info.is_dir() or is_hidden(info.filename):
                continue
            member = f"{name}/{printable(info.filename)}"
            refusal = _refusal(info.filename, info.file_size, link=stat.S_ISLNK(info.external_attr >> 16))
            if info.flag_bits & 1:
                refusal = "encrypted: unpack the archive with its password first"
            if refusal:
                yield Unreadable(member, refusal)
                continue
            try:
                with archive.open(info) as stream:
                    guard = _Guard(stream, partial(min, info.compress_size, size))
                    yield Document(member, guard)
                    unpacked += guard.unpacked
            except READ_ERRORS as error:
                yield Unreadable(member, explain(error))
            # Members may overlap, so that each looks harmless.
            if _is_bomb(unpacked, size):
                raise TooLargeError(_BOMB)


def _tar_members(name: str, stream: BinaryIO) -> Iterator[Document | Unreadable]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if info.isdir() or is_hidden(info.name):
                continue
            member = f"{name}/{printable(info.name)}"
            refusal = _refusal(info.name, info.size, link=info.issym() or info.islnk())
            if not refusal and (not info.isfile() or info.issparse()):
                refusal = "no regular file"
            content = None if refusal else archive.extractfile(info)
            if content is None:
                yield Unreadable(member, refusal)
            else:
                yield Document(member, content)
        # A header that cannot be read ends the iteration like the end does; only zeros stand after the end.
        if archive.fileobj and any(archive.fileobj.read(tarfile.RECORDSIZE)):
            raise tarfile.ReadError("a member's header cannot be read; what stands after it was not")


def _refusal(path: str, size: int, *, link: bool) -> str:
    """Return why a member is not read ("" if it may be)."""
    if link:
        return "a link inside an archive is not followed"
    pure = PurePosixPath(path.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or any(part.endswith(":") for part in pure.parts[:1]):
        return "its path leads out of the archive"
    if size > MEMBER_LIMIT:
        return f"it unpacks to more than {MEMBER_LIMIT // 1024**3} GB"
    return ""


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * packed


class _Guard(io.RawIOBase):
    """A stream that stops with TooLargeError where it unpacks to far more than it can hold."""

    def __init__(self, source: ByteStream, packed: Callable[[], int]) -> None:
        super().__init__()
        self._source = source
        self._packed = packed
        self.unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        self.unpacked += len(data)
        if _is_bomb(self.unpacked, self._packed()):
            raise TooLargeError(_BOMB)
        buffer[: len(data)] = data
        return len(data)


def _is_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True
