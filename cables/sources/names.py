"""Names of files as a person reads them and as a database can hold them."""

from __future__ import annotations

from pathlib import PurePosixPath

from cables.sources.decoding import REPLACEMENT


def printable(name: str) -> str:
    """Return a file's name with U+FFFD for bytes that are not UTF-8: Python has them as lone surrogates."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return text.replace("\x00", REPLACEMENT)


def is_hidden(name: str) -> bool:
    """Return whether a file is one of the system's own (.DS_Store, __MACOSX) and hidden from people."""
    parts = PurePosixPath(name).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)
