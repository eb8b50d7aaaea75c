"""The classes of queries that are measured: for each, as many questions of the corpus as asked for, none twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from benchmarks.peers.face import Page, Query
from benchmarks.searching.words import Words

ONE, ELEVEN, COMMONEST = 0.01, 0.11, 0.61
FEWEST_CHOSEN_FROM = 12
MOST_DRAWS = 40
RANDOM_SHARES = (0.003, 0.7)


@dataclass(frozen=True, slots=True)
class Filters:
    """Values to filter by, the most frequent first, as an empty query's facets give them."""

    origins: list[str]
    tags: list[str]
    classifications: list[str]
    years: list[int]


def filters_of(everything: Page) -> Filters:
    """Return the values to filter by."""
    by_count = {name: sorted(counts, key=lambda value: -counts[value]) for name, counts in everything.facets.items()}
    years = sorted(int(year) for year in by_count["year"][:10])
    return Filters(by_count["origin"], by_count["tag"], by_count["classification"], years)


class Questions:
    """Draws queries of every class."""

    def __init__(self, words: Words, filters: Filters, *, chosen_from: int = FEWEST_CHOSEN_FROM) -> None:
        """`chosen_from`: how many words stand for a frequency; the more, the less alike they are."""
        self.words = words
        self.filters = filters
        self.chosen_from = chosen_from
        self.chance = words.chance
        self._asked: set[Query] = set()

    def of(self, name: str, count: int) -> list[Query]:
        """Return new queries of a class; fewer where the corpus has no more of them."""
        return list(islice(self._drawn(CLASSES[name]), count))

    def random(self, kind: str, count: int) -> list[Query]:
        """Return new queries of a random kind."""
        return list(islice(self._drawn(KINDS[kind]), count))

    def _drawn(self, draw: Callable[[Questions], Query]) -> Iterator[Query]:
        misses = 0
        while misses < MOST_DRAWS:
            query = draw(self)
            if query in self._asked or not self.words.total_of(query):
                misses += 1
                continue
            misses = 0
            self._asked.add(query)
            yield query

    def word(self, share: float) -> str:
        """Return a word that about such a share of the cables hold."""
        return self.chance.choice(self.words.about(share, self.chosen_from))

    def several(self, share: float, count: int) -> tuple[str, ...]:
        """Return so many words that about such a share of the cables hold."""
        return tuple(self.chance.sample(self.words.about(share, self.chosen_from), count))

    @cached_property
    def rare_words(self) -> list[str]:
        """Words that hardly any cable holds."""
        return self.words.rare(self.chosen_from)

    def any_word(self) -> str:
        """Return any word but the very rare and the very common; each order of magnitude is as likely."""
        low, high = RANDOM_SHARES
        wanted = low * (high / low) ** self.chance.random()
        return self.chance.choice(self.words.around(wanted, FEWEST_CHOSEN_FROM))

    def filtered(self, query: Query, *names: str) -> Query:
        """Return the query within filters of these kinds."""
        start = self.chance.choice(self.filters.years[:-2] or self.filters.years)
        values: dict[str, Any] = {
            "origin": self.chance.choice(self.filters.origins),
            "tag": self.chance.choice(self.filters.tags),
            "classification": self.chance.choice(self.filters.classifications),
            "years": (start, start + 2),
        }
        return replace(query, **{name: values[name] for name in names})


CLASSES: dict[str, Callable[[Questions], Query]] = {
    "one word in 67 cables": lambda ask: Query((ask.chance.choice(ask.rare_words),)),
    "one word in 1%": lambda ask: Query((ask.word(ONE),)),
    "one word in 11%": lambda ask: Query((ask.word(ELEVEN),)),
    "one word in 61% of cables": lambda ask: Query((ask.word(COMMONEST),)),
    "two common words": lambda ask: Query(ask.several(COMMONEST, 2)),
    "three common words": lambda ask: Query(ask.several(COMMONEST, 3)),
    "a 1% and a common word": lambda ask: Query((ask.word(ONE), ask.word(COMMONEST))),
    "OR of two 1% words": lambda ask: Query(some=ask.several(ONE, 2)),
    "OR of two common words": lambda ask: Query(some=ask.several(COMMONEST, 2)),
    "common, not common": lambda ask: _without(*ask.several(COMMONEST, 2)),
    "1%, not common": lambda ask: _without(ask.word(ONE), ask.word(COMMONEST)),
    "phrase of common words": lambda ask: Query((ask.chance.choice(ask.words.common_pairs),)),
    "phrase of three common words": lambda ask: Query((ask.chance.choice(ask.words.common_triples),)),
    "rare phrase": lambda ask: Query((ask.chance.choice(ask.words.rare_pairs),)),
    "prefix in 45%": lambda ask: Query((ask.chance.choice(ask.words.beginning(0.45, ask.chosen_from)),)),
    "two-letter prefix": lambda ask: Query((ask.chance.choice(ask.words.beginning(1, ask.chosen_from, [2])),)),
    "common + origin": lambda ask: ask.filtered(Query((ask.word(COMMONEST),)), "origin"),
    "common + TAG": lambda ask: ask.filtered(Query((ask.word(COMMONEST),)), "tag"),
    "common + three years": lambda ask: ask.filtered(Query((ask.word(COMMONEST),)), "years"),
    "common + classification": lambda ask: ask.filtered(Query((ask.word(COMMONEST),)), "classification"),
    "common + origin + TAG + three years": lambda ask: ask.filtered(
        Query((ask.word(COMMONEST),)), "origin", "tag", "years"
    ),
    "1% + origin": lambda ask: ask.filtered(Query((ask.word(ONE),)), "origin"),
    "two common + TAG": lambda ask: ask.filtered(Query(ask.several(COMMONEST, 2)), "tag"),
    "no text: origin + TAG": lambda ask: ask.filtered(Query(), "origin", "tag"),
}
ASKED_OTHERWISE = {"two-letter prefix"}
"""Classes that our page answers otherwise (a beginning needs three letters): told, but not compared."""

KINDS: dict[str, Callable[[Questions], Query]] = {
    "one word": lambda ask: Query((ask.any_word(),)),
    "AND of two": lambda ask: Query((ask.any_word(), ask.any_word())),
    "AND of three": lambda ask: Query((ask.any_word(), ask.any_word(), ask.any_word())),
    "OR": lambda ask: Query(some=(ask.any_word(), ask.any_word())),
    "NOT": lambda ask: _without(ask.any_word(), ask.any_word()),
    "filtered": lambda ask: ask.filtered(
        Query((ask.any_word(),)), ask.chance.choice(("origin", "tag", "years", "classification"))
    ),
}


def _without(wanted: str, excluded: str) -> Query:
    return Query((wanted,), none=(excluded,))
