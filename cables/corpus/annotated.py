"""The invented cable that the help explains: its text piece by piece, and a note on every piece that has a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from cables.corpus.world import read_toml

_PIECE = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of the cable; `number` is that of the note on them, None where there is none."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a numbered piece is: its name, an explanation, and terms of the glossary that tell more."""

    number: int
    name: str
    text: str
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the cable that has notes, with the lines after it that have none, and the notes."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]

    @property
    def text(self) -> str:
        """The lines as the telegram prints them."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together, under a heading of the page."""

    title: str
    rows: tuple[Row, ...]


@cache
def annotated_cable() -> tuple[Section, ...]:
    """The cable in its order; pieces and notes are numbered from 1 through all of it."""
    numbers = count(1)
    return tuple(_section(section, numbers) for section in read_toml("annotated.toml")["section"])


def _section(section: dict[str, Any], numbers: Iterator[int]) -> Section:
    rows: list[list[str]] = []
    for line in section["text"].removesuffix("\n").split("\n"):
        if _PIECE.search(line):
            rows.append([line])
        else:
            rows[-1].append(line)
    notes = (Note(number=next(numbers), **note) for note in section["notes"])
    return Section(section["title"], tuple(_row("\n".join(lines), notes) for lines in rows))


def _row(text: str, notes: Iterator[Note]) -> Row:
    parts = _PIECE.split(text)  # plain text and what was in brackets, in turn
    own = tuple(next(notes) for _ in parts[1::2])
    numbered = dict(zip(range(1, len(parts), 2), own, strict=True))
    pieces = (Piece(part, numbered[n].number if n in numbered else None) for n, part in enumerate(parts))
    return Row(tuple(piece for piece in pieces if piece.text), own)
