"""A body laid out for the page: blocks for reading, or the text as received with its anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cables.models import Paragraph
from cables.parsing.passages import Passage, passages, starts_item
from cables.parsing.portion_marks import mark_in_words
from cables.parsing.table_cells import Table, read_table

FEWEST_HEADINGS = 3
"""A text with fewer needs no list of contents."""


@dataclass(slots=True)
class Block:
    """What a reader sees as one: a heading, a paragraph with what continues it, a table, folded apparatus, a signature.

    `anchor` is the fragment that leads to it: of a paragraph the one that the 2011 mirror pages used ("par3"), "" where
    there is none or it stands already. `apparatus` holds the page breaks that the telegram has inside the paragraph, as
    received.
    """

    kind: str
    texts: list[str]
    anchor: str = ""
    number: str = ""
    marking: str = ""
    level: str = ""
    apparatus: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, what continues them included."""
        return "".join(self.texts)

    @property
    def passages(self) -> list[Passage]:
        """The prose and the lists of a paragraph."""
        return passages(self.text)

    @property
    def table(self) -> Table | None:
        """The cells of a table, None where its columns are not certain."""
        return read_table(self.text)


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
            open_block.texts += "\n" if starts_item(piece.text, open_block.texts[-1]) else " ", piece.text
            waiting = []
            continue
        if waiting:
            blocks.append(Block(Paragraph.Kind.APPARATUS, ["\n".join(waiting)]))
            waiting = []
        block = Block(piece.kind, [piece.text or piece.raw], anchor, piece.number, piece.marking, piece.level)
        blocks.append(block)
        open_block = block if piece.kind == Paragraph.Kind.PARAGRAPH else None
    if waiting:
        blocks.append(Block(Paragraph.Kind.APPARATUS, ["\n".join(waiting)]))
    return blocks


def anchored(paragraphs: Iterable[Paragraph]) -> list[Piece]:
    """Return the pieces of a body as received, each with its anchor; their texts together are the body."""
    return [Piece(piece.raw, anchor) for piece, anchor in _anchors(paragraphs)]


def contents(paragraphs: Iterable[Paragraph]) -> list[tuple[str, str]]:
    """Return the headings of a body, each with its anchor; none where there are too few to need a list."""
    headings = [(piece.text, anchor) for piece, anchor in _anchors(paragraphs) if piece.kind == Paragraph.Kind.HEADING]
    return headings if len(headings) >= FEWEST_HEADINGS else []


def marks(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """Return the portion marks of a body in the order in which they come, each with what it says."""
    return {piece.marking: mark_in_words(piece.marking, piece.level) for piece in paragraphs if piece.marking}


def _anchors(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Give each piece with its anchor: the first piece of each number has one, and each heading."""
    seen: set[str] = set()
    headings = 0
    for piece in paragraphs:
        if piece.kind == Paragraph.Kind.HEADING:
            headings += 1
            yield piece, f"section{headings}"
            continue
        anchor = f"par{piece.number}" if piece.number and piece.number not in seen else ""
        seen.add(piece.number)
        yield piece, anchor


def _continues(piece: Paragraph, block: Block) -> bool:
    return piece.kind == Paragraph.Kind.PARAGRAPH and bool(piece.number) and piece.number == block.number
