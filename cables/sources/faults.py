"""What can go wrong while bytes are read, and how to tell it to a person."""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib

from cables.sources.documents import TooLargeError

# Damaged archives raise the last three as well: their numbers are read before they are checked.
READ_ERRORS = (
    EOFError,
    OSError,
    TooLargeError,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    struct.error,
    ValueError,
)


def explain(error: Exception) -> str:
    """Return the reason for a person: what is the matter with the file, or with the right to read it."""
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "it may not be read: permission denied"
        case TooLargeError():
            return str(error)
        case OSError(errno=int()):
            return f"it cannot be read: {error.strerror}"
        case NotImplementedError():
            return f"compressed in a way that cannot be read: {error}"
    return f"damaged: {error}"
