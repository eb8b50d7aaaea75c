"""Words, phrases and beginnings to ask for, found in the corpus itself by how many cables hold them.

A sample of the cables says which words are about how frequent; how many cables hold a chosen one is then asked of the
archive itself. All of it is seeded: the same corpus gives the same questions.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from benchmarks.peers.face import CableText, Query

SAMPLE = 4_000
PHRASES_FROM = 500
SHORTEST = 4
TRIED = 60
COMMON = 0.3
"""The share of cables from which a word of a phrase is common."""
RARE = (50, 90)
"""How many cables hold a rare word, whatever the size of the corpus."""
BEGINNINGS = (3, 4, 5)
_WORD = re.compile(r"(?<![^\s(\"])[a-z]{2,}(?![^\s.,;:)\"])", re.IGNORECASE)
_TOGETHER = re.compile(r"[a-z]+(?: [a-z]+)+", re.IGNORECASE)


@dataclass
class Words:
    """What the sample holds: word or beginning -> the share of its cables that hold it, and what follows what."""

    total_of: Callable[[Query], int]
    cables: int
    shares: dict[str, float]
    beginnings: dict[str, float]
    phrases: list[tuple[str, ...]]
    chance: random.Random
    _totals: dict[str, int] = field(default_factory=dict)
    _near: dict[float, list[str]] = field(default_factory=dict)

    def share(self, word: str) -> float:
        """Return the exact share of all cables that hold a word or beginning."""
        if word not in self._totals:
            self._totals[word] = self.total_of(Query(every=(word,)))
        return self._totals[word] / self.cables

    @cached_property
    def by_share(self) -> list[str]:
        """All words, the rarest of the sample first."""
        return sorted(self.shares, key=lambda word: (self.shares[word], word))

    def around(self, share: float, count: int) -> list[str]:
        """Return up to so many words to either side of that share of the sample."""
        place = bisect_left(self.by_share, share, key=self.shares.__getitem__)
        return self.by_share[max(place - count, 0) : place + count]

    def about(self, share: float, count: int) -> list[str]:
        """Return as many words as asked for, those whose share of all cables is nearest."""
        if share not in self._near:
            tried = self.around(share, TRIED)
            self._near[share] = sorted(tried, key=lambda word: (abs(self.share(word) / share - 1), word))
        return self._near[share][:count]

    def rare(self, count: int) -> list[str]:
        """Return words that RARE cables hold; where the corpus has too few of those, the nearest."""
        few = sorted(word for word, share in self.shares.items() if share <= 2 * RARE[1] / self.cables)
        few = few or self.by_share[:TRIED]
        self.chance.shuffle(few)
        found: list[str] = []
        for word in few[: 50 * count]:
            if RARE[0] <= self.share(word) * self.cables <= RARE[1]:
                found.append(word)
            if len(found) == count:
                return found
        others = [word for word in few[: 50 * count] if word not in found and self.share(word) > 0]
        middle = sum(RARE) / 2
        others.sort(key=lambda word: (abs(self.share(word) * self.cables / middle - 1), word))
        return (found + others)[:count]

    @cached_property
    def common_pairs(self) -> list[str]:
        """Phrases of two common words."""
        return self._phrases(2, lambda rarest: rarest >= COMMON)

    @cached_property
    def common_triples(self) -> list[str]:
        """Phrases of three common words."""
        return self._phrases(3, lambda rarest: rarest >= COMMON)

    @cached_property
    def rare_pairs(self) -> list[str]:
        """Phrases of two words, one of them rare, or as rare as any where the archive is so large that none is."""
        rarest = min(
            (min(self.shares[word] for word in phrase) for phrase in self.phrases if len(phrase) == 2), default=0
        )
        return self._phrases(2, lambda share: share <= max(2 * RARE[1] / self.cables, rarest))

    def _phrases(self, length: int, wanted: Callable[[float], bool]) -> list[str]:
        return [
            " ".join(phrase)
            for phrase in self.phrases
            if len(phrase) == length and wanted(min(self.shares[word] for word in phrase))
        ]

    def beginning(self, share: float, count: int, lengths: Iterable[int] = BEGINNINGS) -> list[str]:
        """Return beginnings of such lengths, each with its *, whose share of the cables is nearest."""
        fit = [begun for begun in self.beginnings if len(begun) in lengths]
        fit.sort(key=lambda begun: (abs(self.beginnings[begun] / share - 1), begun))
        return [f"{begun}*" for begun in fit[:count]]


def words_of(
    sample: list[CableText],
    cables: int,
    total_of: Callable[[Query], int],
    known: Callable[[set[str]], set[str]],
    seed: int,
) -> Words:
    """Return what a sample of the cables holds; `known` leaves out of words those that are not searched for."""
    counted: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    for cable in sample:
        held = {word.lower() for word in _WORD.findall(f"{cable.subject} {cable.body}")}
        counted.update(held)
        begun.update({word[:length] for word in held for length in (2, *BEGINNINGS) if len(word) >= length})
    searched = known(set(counted))
    shares = {
        word: count / len(sample) for word, count in counted.items() if word in searched and len(word) >= SHORTEST
    }
    phrases: set[tuple[str, ...]] = set()
    for cable in sample[:PHRASES_FROM]:
        for run in _TOGETHER.findall(cable.body):
            row = run.lower().split(" ")
            phrases.update(pairwise(row))
            phrases.update(zip(row, row[1:], row[2:], strict=False))
    return Words(
        total_of,
        cables,
        shares,
        {beginning: count / len(sample) for beginning, count in begun.items()},
        sorted(phrase for phrase in phrases if all(word in shares for word in phrase)),
        random.Random(seed),  # noqa: S311 - which words are asked for is no secret
    )
