"""Invented cables as files on disk, each form as archives hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Protocol, TextIO

from cables.corpus.pages import mirror_page, old_mirror_page, seed_page
from cables.corpus.records import InventedCable
from cables.corpus.threads import LAST_ARCHIVES_YEAR, invented_cables
from cables.corpus.world import dice

FORMS = ("mixed", "csv", "html", "text")
# The kinds of file that each form holds, and of a hundred cables how many go into each.
SHARES = {
    "mixed": {"csv": 78, "mirror": 9, "old mirror": 4, "partial": 3, "telegram": 4, "seed": 2},
    "csv": {"csv": 100},
    "html": {"mirror": 62, "old mirror": 31, "partial": 7},
    "text": {"telegram": 100},
}


class Exported(Protocol):
    """What a record of cables.csv needs of a cable."""

    @property
    def identifier(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def sent_at(self) -> datetime: ...
    @property
    def classification(self) -> str: ...
    @property
    def references(self) -> tuple[str, ...]: ...
    @property
    def header(self) -> str: ...
    @property
    def body(self) -> str: ...


class CorpusWriter:
    """Writes cables one after another into a folder and remembers which files it made, in order."""

    def __init__(self, out: Path, form: str, seed: int) -> None:
        self.paths: list[Path] = []
        self._out, self._form = out, form
        self._chance: Random = dice("files", seed)
        self._open = ExitStack()
        self._csv: TextIO | None = None
        self._rows = 0

    def __enter__(self) -> CorpusWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def write(self, cable: InventedCable) -> None:
        """Writes one cable. Those of 1973-79 go to the National Archives' form where the form has texts at all."""
        shares = SHARES[self._form]
        kind = self._chance.choices(list(shares), list(shares.values()))[0]
        if cable.year <= LAST_ARCHIVES_YEAR and "telegram" in shares:
            kind = "archives"
        if kind == "csv":
            self._add_row(cable)
            return
        folder, suffix, text = self._file(kind, cable)
        path = self._out / folder / f"{cable.identifier}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        self.paths.append(path)

    def _file(self, kind: str, cable: InventedCable) -> tuple[str, str, str]:
        month = f"{cable.sent_at:%Y/%m}"
        makers: dict[str, Callable[[], tuple[str, str, str]]] = {
            "archives": lambda: (f"national-archives/{cable.year}", ".txt", archives_text(cable)),
            "telegram": lambda: ("telegrams", ".txt", f"{cable.header}\n{cable.body}\n"),
            "mirror": lambda: (f"mirror-2011/{month}", ".html", mirror_page(cable, self._chance)),
            "partial": lambda: (f"mirror-2011/{month}", ".html", mirror_page(cable, self._chance, partial=True)),
            "old mirror": lambda: (f"mirror-2010/{month}", ".html", old_mirror_page(cable)),
            "seed": lambda: ("pages", ".txt", seed_page(cable, self._chance)),
        }
        return makers[kind]()

    def _add_row(self, cable: InventedCable) -> None:
        if self._csv is None:
            path = self._out / "cables.csv"
            self._csv = self._open.enter_context(path.open("w", encoding="utf-8", newline="\n"))
            self.paths.append(path)
        self._rows += 1
        self._csv.write(csv_row(csv_fields(self._rows, cable)))


def csv_fields(number: int, cable: Exported) -> tuple[str, ...]:
    """The eight fields of one record of cables.csv, as texts."""
    sent = cable.sent_at
    return (
        str(number),
        f"{sent.month}/{sent.day}/{sent.year} {sent.hour}:{sent.minute:02}",
        cable.identifier,
        cable.origin,
        cable.classification,
        "|".join(cable.references),
        cable.header,
        cable.body,
    )


def csv_row(fields: Iterable[str]) -> str:
    """One record of cables.csv: every field in double quotes, quotation marks escaped by a backslash."""
    return ",".join(['"' + field.replace("\\", "\\\\").replace('"', '\\"') + '"' for field in fields]) + "\n"


def archives_text(cable: InventedCable) -> str:
    """One file of the Central Foreign Policy Files: message text, then message attributes."""
    attributes = "\n".join(f"{key}: {value}" for key, value in cable.attributes.items())
    return (
        f"{'':25}Message Text\n\n{cable.header}\n\n{cable.body}\n\n\n"
        "*** Current Handling Restrictions *** n/a\n*** Current Classification *** UNCLASSIFIED\n\n"
        f"{'':25}Message Attributes\n\n{attributes}\n"
    )


def write_corpus(
    out: Path,
    count: int,
    *,
    form: str = "mixed",
    seed: int = 1,
    progress: Callable[[], object] = lambda: None,
) -> list[Path]:
    """The files written into the folder `out`, made if absent: `count` invented cables in a form of FORMS.

    `progress` is called after each cable. The same count, form and seed give the same bytes.
    """
    out.mkdir(parents=True, exist_ok=True)
    with CorpusWriter(out, form, seed) as writer:
        for cable in invented_cables(count, seed):
            writer.write(cable)
            progress()
    return writer.paths
