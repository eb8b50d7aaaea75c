"""What a reader asks for, as a tree: words to be found in texts, facts about cables, and AND, OR, NOT over both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Word:
    """A word, in any of its grammatical forms; `zone` is the part of the cable that it stands in ("" for any)."""

    text: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another."""

    text: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins so."""

    text: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """The word, and those of the archive's words that differ from it by at most `edits` letters."""

    text: str
    edits: int
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order, each at most `distance` words from the next."""

    words: tuple[str, ...]
    distance: int
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A name that was crossed out before release ("XXXXXXXXXXXX")."""

    zone: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about the cable: field "tag", "origin", "country", "class", "caption", "id", "to", "cites", "citedby",
    "mark" or "held", and its value as typed."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Sent from the day `since` to the day `until`, both included; None for an open end."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Together:
    """Text that is found in one paragraph."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part."""

    part: Node


Text = Word | Phrase | Prefix | Fuzzy | Near | Redacted
Node = Text | Fact | Dated | Together | And | Or | Not

CROSSED_OUT = "xxxxx"
"""How every word begins that the redactors have put in a name's place."""
ZONES = ("subject", "summary", "body")
FACTS = ("tag", "origin", "country", "class", "caption", "id", "to", "cites", "citedby", "mark", "held")


def is_text(node: Node) -> bool:
    """Return whether a tree asks for text only, so that one text search answers it."""
    match node:
        case And(parts) | Or(parts):
            return all(map(is_text, parts))
        case Not(part):
            return is_text(part)
        case Fact() | Dated() | Together():
            return False
        case _:
            return True


def words_of(node: Node) -> list[tuple[str, bool]]:
    """Return the texts that a tree asks for and whether each is the beginning of a word, without what it excludes."""
    match node:
        case And(parts) | Or(parts):
            return [text for part in parts for text in words_of(part)]
        case Together(part):
            return words_of(part)
        case Word(text) | Phrase(text):
            return [(text, False)]
        case Prefix(text):
            return [(text, True)]
        case Near(words):
            return [(word, False) for word in words]
        case Redacted():
            return [(CROSSED_OUT, True)]
        case _:
            return []


def zones(node: Node) -> set[str]:
    """Return the parts of cables that a tree's text is looked for in, "" for any."""
    match node:
        case And(parts) | Or(parts):
            return set().union(*map(zones, parts))
        case Not(part) | Together(part):
            return zones(part)
        case Fact() | Dated():
            return set()
        case _:
            return {node.zone}


def any_instead(node: Node | None) -> Node | None:
    """Return the tree with any of its texts enough, None where it does not ask for all of several texts."""
    if not isinstance(node, And) or not all(is_text(part) for part in node.parts):
        return None
    wanted: list[Node] = [part for part in node.parts if not isinstance(part, Not)]
    if len(wanted) < 2:
        return None
    return all_of([any_of(wanted) or node, *(part for part in node.parts if isinstance(part, Not))])


def all_of(parts: list[Node]) -> Node | None:
    """Return the parts as one tree, None where there are none."""
    flat = tuple(one for part in parts for one in (part.parts if isinstance(part, And) else (part,)))
    return None if not flat else flat[0] if len(flat) == 1 else And(flat)


def any_of(parts: list[Node]) -> Node | None:
    """Return a tree that any of the parts satisfies, None where there are none."""
    flat = tuple(one for part in parts for one in (part.parts if isinstance(part, Or) else (part,)))
    return None if not flat else flat[0] if len(flat) == 1 else Or(flat)


def with_texts(node: Node, change: Callable[[Text], Node]) -> Node:
    """Return the tree with each of its texts changed; facts stay as they are."""
    match node:
        case And(parts):
            return And(tuple(with_texts(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(with_texts(part, change) for part in parts))
        case Together(part):
            return Together(with_texts(part, change))
        case Not(part):
            return Not(with_texts(part, change))
        case Fact() | Dated():
            return node
        case _:
            return change(node)
