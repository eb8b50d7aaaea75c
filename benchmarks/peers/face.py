"""What is asked of every peer, and what it answers, in words that belong to none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

HITS_A_PAGE = 25
VALUES_A_FACET = 12
RELEVANCE, NEWEST = "relevance", "newest"
ZONES = {"subject": 10.0, "summary": 4.0, "about": 2.0, "body": 1.0}
"""The texts of a cable, and what a word in each weighs beside one in the body: as ts_rank weighs A, B, C and D."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question: `every` of these, at least one of `some`, and `none` of these, within the filters.

    An item is a word, a phrase ("harbour authority") or a beginning ("harb*"). `years`: from the first to the last.
    """

    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    origin: str = ""
    tag: str = ""
    classification: str = ""
    years: tuple[int, int] | None = None
    only_body: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: the cables of one page, how many there are in all, and facet -> value -> how many have it."""

    hits: list[int]
    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CableText:
    """A cable as the peers take it: the texts that our own search covers, and what is filtered and counted by."""

    id: int
    identifier: str
    subject: str
    summary: str
    about: str
    body: str
    day: str
    year: int | None
    origin: str
    classification: str
    tags: tuple[str, ...]

    @property
    def size(self) -> int:
        """The number of bytes of its texts."""
        return sum(len(text.encode()) for text in (self.subject, self.summary, self.about, self.body))


class Peer(Protocol):
    """A search engine that holds the cables."""

    name: str

    def page(self, query: Query, order: str = RELEVANCE, number: int = 1) -> Page:
        """Return a page of hits, the exact total, and facets over all hits: origin, year, classification, tag."""

    def hits(self, query: Query, order: str = RELEVANCE, number: int = 1) -> list[int]:
        """Return the cables of one page alone."""


def is_beginning(item: str) -> bool:
    """Return whether an item of a query is a beginning of words."""
    return item.endswith("*")
