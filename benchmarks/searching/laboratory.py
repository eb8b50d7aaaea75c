"""Everything that a measurement of search needs: the archive with its cables, and the same cables in every peer."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from rich.console import Console
from rich.progress import track

from benchmarks.archive import Archive, archive
from benchmarks.peers.face import CableText, Peer, Query
from benchmarks.searching.classes import FEWEST_CHOSEN_FROM, Questions, filters_of
from benchmarks.searching.words import SAMPLE, words_of

NOTES = "laboratory.json"


@dataclass
class Laboratory:
    """The archive, the peers that are installed, ours first, and what it took to make each."""

    archive: Archive
    ours: ModuleType
    folder: Path
    console: Console
    queries: int
    seed: int
    peers: list[Peer] = field(default_factory=list)
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def cables(self) -> int:
        """The number of cables that can be found."""
        return int(self.made["cables"])

    def peer(self, name: str) -> Peer | None:
        """Return the peer of that name, None where it is not installed."""
        return next((peer for peer in self.peers if peer.name == name), None)

    def questions(self, salt: int, *, chosen_from: int = FEWEST_CHOSEN_FROM) -> Questions:
        """Return new questions of the corpus; another salt, other questions."""
        engine = self.peers[0]
        seed = self.seed * 1000 + salt
        chosen = sorted(self.ours.numbers())
        step = max(len(chosen) // SAMPLE, 1)
        sample = self.ours.texts(chosen[self.seed % step :: step][:SAMPLE])
        words = words_of(sample, self.cables, engine.total, self.ours.searchable, seed)  # type: ignore[attr-defined]
        return Questions(words, filters_of(engine.page(Query())), chosen_from=chosen_from)

    def track(self, items: list[Any], what: str) -> Iterable[Any]:
        """Return the items, told on the console as they go by."""
        return track(items, what, console=self.console, transient=True, disable=not self.console.is_terminal)


@contextmanager
def laboratory(
    folder: Path, data: Path, corpus: Callable[[Archive], Path] | None, console: Console, queries: int, seed: int
) -> Iterator[Laboratory]:
    """Open a laboratory in the folder, on the archive in `data`.

    `corpus` gives the file to import, None where the archive holds its cables. What the folder holds already from an
    earlier run is used again: then the archive must not have changed since.
    """
    notes = folder / NOTES
    with archive(data) as opened:
        made: dict[str, Any] = json.loads(notes.read_text()) if notes.exists() else {}
        if corpus is not None and "import_seconds" not in made:
            path = corpus(opened)
            console.print(f"importing {path}")
            made["import_seconds"], made["import_report"] = opened.import_cables(path)
            notes.write_text(json.dumps(made))
        _set_up(opened)
        ours = importlib.import_module("benchmarks.peers.ours")
        room = Laboratory(opened, ours, folder, console, queries, seed, [ours.Ours()], made)
        _add_peers(room)
        notes.write_text(json.dumps(room.made))
        try:
            yield room
        finally:
            for peer in room.peers[1:]:
                peer.close()  # type: ignore[attr-defined]
            ours.connection.close()


def _set_up(opened: Archive) -> None:
    """Make this process one of the archive's own, as its commands are."""
    os.environ.update(opened.environ, DJANGO_SETTINGS_MODULE="archive_site.settings")
    django.setup()


def _add_peers(room: Laboratory) -> None:
    peers = [("fts5", "Fts5", "fts5.db"), ("tantivy_index", "Tantivy", "tantivy")]
    if importlib.util.find_spec("tantivy") is None:
        room.console.print("tantivy is not installed, so it is left out: make bench")
        del peers[1]
    missing = [(name, where) for name, _, where in peers if name not in room.made]
    held = len(room.ours.numbers())
    if room.made.setdefault("cables", held) != held:
        raise SystemExit(f"The archive has changed since {room.folder} was made: empty that folder.")
    for name, where in missing:
        module = importlib.import_module(f"benchmarks.peers.{name}")
        batches = _Timed(room.ours.cables())
        path = room.folder / where
        _clear(path)
        room.console.print(f"the same cables into {name}")
        begun = time.monotonic()
        module.build(path, batches)
        room.made[name] = {
            "seconds": time.monotonic() - begun - batches.seconds,
            "cables": batches.cables,
            "sizes": module.sizes(path),
        }
        room.made["text_bytes"] = batches.size
    for name, kind, where in peers:
        module = importlib.import_module(f"benchmarks.peers.{name}")
        room.peers.append(getattr(module, kind)(room.folder / where))


def _clear(path: Path) -> None:
    """Remove what a run that was broken off left there."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


class _Timed:
    """Batches of cables, counted, with the seconds that getting them took, which are not the peer's."""

    def __init__(self, batches: Iterator[list[CableText]]) -> None:
        self.batches = batches
        self.seconds = 0.0
        self.cables = self.size = 0

    def __iter__(self) -> Iterator[list[CableText]]:
        while True:
            begun = time.monotonic()
            batch = next(self.batches, None)
            if batch is None:
                return
            self.cables += len(batch)
            self.size += sum(one.size for one in batch)
            self.seconds += time.monotonic() - begun
            yield batch
