"""Files as they come in from a browser: straight into a folder, a piece at a time, and from one page only."""

from __future__ import annotations

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter
from itertools import chain, count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.template.defaultfilters import filesizeformat

from cables.ingest.uploads import INCOMING
from cables.sources.names import printable

FULL = "The disk of the server is too full for these files. Nothing of them was kept. Make room, and upload them again."
TOO_MANY = (
    f"These are more than {settings.DATA_UPLOAD_MAX_NUMBER_FILES:,} files. Pack them into one archive, and upload that."
)
KEPT_FREE = 100_000_000
"""Bytes of the disk that an upload leaves free."""
_LONGEST_NAME = 200
"""Bytes of a file's name; file systems allow 255."""


class NoFiles(FileUploadHandler):
    """Takes no file: for all pages but one. The rest of the request is not read."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Refuse the file. Raises StopUpload."""
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""

    def file_complete(self, file_size: int) -> None:
        """Return no file."""


class ReceivedFile(UploadedFile):
    """A file that lies in its folder already, under the name that it has there."""

    def __init__(self, path: Path, file: BufferedWriter, size: int, sha256: str) -> None:
        super().__init__(file, path.name, size=size)
        self.sha256 = sha256


class FolderUploadHandler(FileUploadHandler):
    """Writes each file into the folder, and notes its SHA-256.

    Where one cannot be written, `trouble` says why, and no more is kept of the request.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.trouble = ""
        self.folder = folder
        self._names: set[str] = set()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a file of that name in the folder. Raises StopUpload where that cannot be."""
        super().new_file(*args, **kwargs)
        self._path = self.folder / self._free_name(str(self.file_name))
        self._digest = hashlib.sha256()
        with self._noting_trouble():
            self.file = self._path.open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece. Raises StopUpload where the disk takes no more."""
        self._digest.update(raw_data)
        with self._noting_trouble():
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile:
        """Return the file, closed."""
        with self._noting_trouble():
            self.file.close()
        return ReceivedFile(self._path, self.file, file_size, self._digest.hexdigest())

    def upload_interrupted(self) -> None:
        """Close the file that did not come to its end; who made the folder deletes it."""
        self.file.close()

    @contextmanager
    def _noting_trouble(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.trouble = told(error)
            raise StopUpload(connection_reset=False) from error

    def _free_name(self, name: str) -> str:
        """Return the name, which has no folder in it, short enough, and unlike any other in the folder."""
        stem, suffix = _shortened(Path(printable(name.lstrip("."))).stem), Path(name).suffix[:20]
        names = chain([f"{stem}{suffix}"], (f"{stem}-{number}{suffix}" for number in count(2)))
        free = next(each for each in names if each.casefold() not in self._names)
        self._names.add(free.casefold())
        return free


@contextmanager
def arriving() -> Iterator[Path]:
    """Return a new folder for files that arrive. What is still in it at the end is deleted. Raises OSError."""
    settings.UPLOAD_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=INCOMING, dir=settings.UPLOAD_DIR))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def limits() -> dict[str, int]:
    """Return how many files an upload may have, and how many bytes together."""
    return {"files": settings.DATA_UPLOAD_MAX_NUMBER_FILES, "bytes": settings.UPLOAD_LIMIT}


def refusal(length: int) -> str:
    """Return why a request of so many bytes cannot be taken, "" where it can."""
    if length > settings.UPLOAD_LIMIT:
        return (
            f"These files are {filesizeformat(length)} together, and an upload may have "
            f"{filesizeformat(settings.UPLOAD_LIMIT)}. Upload them in parts, or have them imported on the server."
        )
    if length > shutil.disk_usage(settings.UPLOAD_DIR).free - KEPT_FREE:
        return FULL
    return ""


def told(error: OSError) -> str:
    """Return why files cannot be kept, in a sentence."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FULL
    return f"The server cannot keep the files: {error.strerror}."


def _shortened(name: str) -> str:
    return name.encode()[:_LONGEST_NAME].decode(errors="ignore") or "file"
