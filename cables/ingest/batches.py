"""What the files hold, in batches of bounded size, each with its place in the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from cables.parsing.records import RawCable, Unreadable
from cables.sources import read_path

CABLES = 200
CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Cables and unreadable places in the order of the files; `end` is how many there are up to the batch's last."""

    items: list[RawCable | Unreadable]
    end: int


def read_batches(
    paths: Iterable[Path], *, release: str = "", below: Path | None = None, skip: int = 0, watch: Callable[[int], None]
) -> Iterator[Batch]:
    """Return what the paths hold from item `skip` on; at most a batch is in memory.

    `release` names the release where the files name none; `below` is a folder that no name shows; `watch` is told the
    number of bytes of every piece read.
    """
    prefix = f"{below}/" if below else ""
    stream = chain.from_iterable(read_path(path, watch) for path in paths)
    items: list[RawCable | Unreadable] = []
    size, end = 0, skip
    for item in islice(stream, skip, None):
        items.append(_named(item, release, prefix))
        end += 1
        size += len(item.header) + len(item.body) if isinstance(item, RawCable) else len(item.text)
        if len(items) >= CABLES or size >= CHARACTERS:
            yield Batch(items, end)
            items, size = [], 0
    if items:
        yield Batch(items, end)


def _named(item: RawCable | Unreadable, release: str, prefix: str) -> RawCable | Unreadable:
    """Return the item with its release, and without the folder that no report names."""
    if isinstance(item, Unreadable):
        if not prefix:
            return item
        return replace(item, file=item.file.replace(prefix, ""), reason=item.reason.replace(prefix, ""))
    if not prefix and (item.release_name or not release):
        return item
    return replace(item, file=item.file.removeprefix(prefix), release_name=item.release_name or release)


def size_of(paths: Iterable[Path]) -> int:
    """Return how many bytes the files, and those in the folders, have on disk."""
    return sum(size for path in paths for _, size, _ in _listing(path))


def fingerprint(path: Path, below: Path | None = None) -> dict[str, Any]:
    """Return the path as given and what tells whether it is still the same: size in bytes and SHA-256 in hexadecimal.

    Of a file the SHA-256 is that of its content; of a folder that of the names, sizes and times of all files in it.
    """
    named = {"path": str(path.relative_to(below) if below else path)}
    try:
        if path.is_dir():
            listing = repr(_listing(path)).encode("utf-8", "surrogateescape")
            return named | {"sha256": hashlib.sha256(listing).hexdigest(), "bytes": size_of([path])}
        if not path.is_file():
            return named
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return named | {"sha256": digest, "bytes": path.stat().st_size}
    except OSError:  # reading it as a source says why
        return named


def _listing(path: Path) -> list[tuple[str, int, int]]:
    """Return name, bytes and time in nanoseconds of a file, or of every file in a folder and the folders in it."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    listing = []
    for file in files:
        try:
            if file.is_file():
                info = file.stat()
                listing.append((str(file), info.st_size, info.st_mtime_ns))
        except OSError:  # reading it as a source says why
            continue
    return listing
