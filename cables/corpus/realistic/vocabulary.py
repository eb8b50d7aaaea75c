"""Words for text that is made to be measured: English in front, half a million made forms behind, by Zipf's law.

An English word of rank r stands in proportion to 1 / (r + OFFSET); the stemmer of a search knows them. The made forms
fall more steeply; they are made of syllables, with English endings on some, so that stems collapse there too, and a
quarter of them are names. Large texts go on meeting new ones, as real text does.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from cables.corpus.stories import PHRASES, STORIES
from cables.corpus.world import dice, read_toml

WORDS = read_toml("realistic/words.toml")
FUNCTION = frozenset(WORDS["function"].split())
VERBS = tuple(WORDS["verbs"].split())
TITLES: tuple[str, ...] = WORDS["titles"]
MADE_FORMS = 520_000
# How slowly the frequencies fall at the front of the English words, and at the front of the made forms.
OFFSET = 9
MADE_OFFSET = 1_000
MADE_EXPONENT = 1.2
MADE_NAMES = 130_000
BLOCK = 5_000

_ONSETS = WORDS["onsets"].split()
_NUCLEI = WORDS["nuclei"].split()
_CODAS = ["", "", "", "", "l", "m", "n", "r", "s", "t", "nd", "rk", "st"]
_ENDINGS = ("s", "ed", "ing", "er", "al", "ment", "ation", "ist", "ity", "ous")
_SLOT = re.compile(r"\{\w+\}")
_WORD = re.compile(r"\b[a-z]{4,}\b")


def sentences() -> Iterator[str]:
    """The sentences and clauses that the demo corpus is told in, as patterns."""
    for story in STORIES:
        yield from (*story.events, *story.us, *story.comment, *story.outcomes, *story.claims, *story.doubts)
    for name, pool in PHRASES.items():
        if not name.startswith(("headings", "subjects")):
            yield from pool


def english() -> tuple[str, ...]:
    """The English content words by rank: those of the list first, then those that only the demo corpus uses."""
    listed = WORDS["ordinary"].split()
    used = (word for text in sentences() for word in _WORD.findall(_SLOT.sub(" ", text)))
    base = (word for word in used if word not in FUNCTION and not word.endswith(("s", "ed", "ing", "ly")))
    return tuple(dict.fromkeys((*listed, *base)))


def plural(word: str) -> str:
    """The plural of an English or a made noun, by the rules of spelling."""
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return f"{word}es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


def zipf_weights(count: int, offset: float = OFFSET) -> list[float]:
    """The cumulative weights of ranks 0 to count - 1, for random.choices."""
    return list(accumulate(1 / (rank + offset) for rank in range(count)))


class RankedWords:
    """Made words by rank, kept as one text: half a million strings would take ten times the memory."""

    def __init__(self, words: Iterable[str]) -> None:
        pieces, starts, end = [], array("I", [0]), 0
        for word in words:
            end += len(word)
            starts.append(end)
            pieces.append(word)
            if len(pieces) >= BLOCK:
                pieces = ["".join(pieces)]
        self._text, self._starts = "".join(pieces), starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def draw(self, count: int, chance: Random) -> list[str]:
        """`count` words by their frequency: that of rank r falls as (r + MADE_OFFSET) ** -MADE_EXPONENT."""
        text, starts, roll, power = self._text, self._starts, chance.random, 1 - MADE_EXPONENT
        # The inverse of the cumulative distribution, so that no table of half a million weights is searched.
        first, last, root = MADE_OFFSET**power, (MADE_OFFSET + len(self)) ** power, 1 / power
        ranks = [int((first - roll() * (first - last)) ** root) - MADE_OFFSET for _ in range(count)]
        return [text[starts[rank] : starts[rank + 1]] for rank in ranks]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """English words by rank with their cumulative weights, and made words: common ones and names."""

    english: tuple[str, ...]
    weights: list[float]
    common: RankedWords
    names: RankedWords

    def english_words(self, count: int, chance: Random) -> list[str]:
        """`count` English content words by their frequency."""
        return chance.choices(self.english, cum_weights=self.weights, k=count)


def vocabulary(seed: int) -> Vocabulary:
    """The vocabulary of a seed."""
    words = english()
    common = RankedWords(_made(MADE_FORMS - MADE_NAMES, dice("common words", seed)))
    names = RankedWords(map(str.capitalize, _made(MADE_NAMES, dice("names", seed))))
    return Vocabulary(words, zipf_weights(len(words)), common, names)


def _made(count: int, chance: Random) -> Iterator[str]:
    """Made words, the shorter ones first; some of the longer ones have an English ending for their last syllable."""
    syllables = [onset + nucleus + coda for onset in _ONSETS for nucleus in _NUCLEI for coda in _CODAS]
    beginnings = [onset + nucleus for onset in _ONSETS for nucleus in _NUCLEI]
    last = (*syllables, *(ending for ending in _ENDINGS for _ in range(len(syllables) // 20)))
    short = count // 20
    for place in range(0, count, BLOCK):
        size = min(BLOCK, count - place)
        pools = (beginnings, syllables) if place < short else (beginnings, syllables, last)
        yield from map("".join, zip(*(chance.choices(pool, k=size) for pool in pools), strict=True))
