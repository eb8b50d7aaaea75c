"""A body laid out for the page: blocks for reading, or the text as received with its anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cables.models import Paragraph


@dataclass(slots=True)
class Block:
    """What a reader sees as one: a heading, a paragraph with what continues it, a table, folded apparatus, a signature.

    `anchor` is the fragment that the 2011 mirror pages used ("par3"), "" where there is none or it stands already.
    `apparatus` holds the page breaks that the telegram has inside the paragraph, as received.
    """

    kind: str
    text: str
    anchor: str = ""
    number: str = ""
    marking: str = ""
    level: str = ""
    apparatus: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text as received, and the anchor that stands before it."""

    raw: str
    anchor: str


def reading_blocks(paragraphs: Iterable[Paragraph]) -> list[Block]:
    """Return the blocks of a body: a paragraph that a page break splits is one block again."""
    blocks: list[Block] = []
    open_block: Block | None = None
    waiting: list[str] = []
    for piece, anchor in _anchors(paragraphs):
        if piece.kind == Paragraph.Kind.APPARATUS:
            waiting.append(piece.raw.strip("\r\n"))
            continue
        if open_block and _continues(piece, open_block):
            open_block.apparatus += waiting
            open_block.text = f"{open_block.text} {piece.text}"
            waiting = []
            continue
        if waiting:
            blocks.append(Block(Paragraph.Kind.APPARATUS, "\n".join(waiting)))
            waiting = []
        block = Block(piece.kind, piece.text or piece.raw, anchor, piece.number, piece.marking, piece.level)
        blocks.append(block)
        open_block = block if piece.kind == Paragraph.Kind.PARAGRAPH else None
    if waiting:
        blocks.append(Block(Paragraph.Kind.APPARATUS, "\n".join(waiting)))
    return blocks


def anchored(paragraphs: Iterable[Paragraph]) -> list[Piece]:
    """Return the pieces of a body as received, each with its anchor; their texts together are the body."""
    return [Piece(piece.raw, anchor) for piece, anchor in _anchors(paragraphs)]


def _anchors(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Give each piece with its anchor: the first piece of each number has one."""
    seen: set[str] = set()
    for piece in paragraphs:
        anchor = f"par{piece.number}" if piece.number and piece.number not in seen else ""
        seen.add(piece.number)
        yield piece, anchor


def _continues(piece: Paragraph, block: Block) -> bool:
    return piece.kind == Paragraph.Kind.PARAGRAPH and bool(piece.number) and piece.number == block.number
