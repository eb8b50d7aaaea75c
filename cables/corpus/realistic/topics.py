"""What the measured cables are about: topics with words, terms, TAGS and pieces of sentences of their own.

A few topics are frequent and most are rare. A cable has one or two; their words stand in it far more often than in
others, so that words cluster, a phrase means something, and a cable can be found by words of its subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from cables.corpus.grammar import expand
from cables.corpus.realistic.clauses import Pieces, pieces
from cables.corpus.realistic.vocabulary import Vocabulary, plural, zipf_weights
from cables.corpus.stories import PHRASES, STORIES
from cables.corpus.world import dice
from cables.reference_data import tables

TOPICS = 240
TOPIC_OFFSET = 6
# How many pieces of each kind all topics share, and how many each has of its own.
SHARED_PIECES = 36_000
OWN_PIECES = 300
# The list that open places are filled from: out of a hundred words, how many are the topic's, and how many its terms.
MIX = 3_072
OWN_WORDS = 30
OWN_TERMS = 8
QUOTED_EVERY = 80
# English words of a higher rank are everybody's.
FIRST_OWN_RANK = 120
# Two subject TAGS stand in about a third of all cables each; a topic leans to one or the other.
LEADING_TAGS = ("PGOV", "PREL")
# Cables in a hundred that have the TAG, of the other frequent ones. All others of the handbook share the rest.
TAG_WEIGHTS: dict[str, float] = {
    "PHUM": 22, "ECON": 20, "PTER": 12, "ETRD": 11, "MARR": 9, "EFIN": 9, "PINR": 9, "EINV": 7, "ENRG": 7, "KDEM": 7,
    "SNAR": 6, "SOCI": 6, "SENV": 5, "PARM": 5, "EAID": 5, "MOPS": 5, "ASEC": 5, "PREF": 4, "CVIS": 4, "ELAB": 4,
    "EAIR": 3, "KCRM": 3, "CASC": 3, "AMGT": 3, "OVIP": 3, "TBIO": 3, "EAGR": 3, "KPAO": 3, "SCUL": 3, "OPRC": 2,
}  # fmt: skip
WEIGHT_OF_OTHERS = 0.35


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its words by rank, its terms of two words, the list that open places are filled from, its TAGS, how
    often (0 to 1) its cables have each of LEADING_TAGS, its pieces of sentences, and headings."""

    words: list[str]
    terms: list[str]
    mix: list[str]
    tags: tuple[str, ...]
    leanings: tuple[float, ...]
    pieces: Pieces
    headings: list[str]


@lru_cache(maxsize=1)
def subject_tags() -> dict[str, float]:
    """The subject TAGS of the 2000s handbook that a topic may have, with their weights."""
    known = {entry.code for entry in tables.tags() if entry.kind == "subject" and entry.era == "2000s"}
    others = sorted(known - set(LEADING_TAGS) - TAG_WEIGHTS.keys())
    return TAG_WEIGHTS | dict.fromkeys(others, WEIGHT_OF_OTHERS)


def shared_pieces(words: Vocabulary, seed: int) -> Pieces:
    """The pieces that sentences on any topic are made of."""
    chance = dice("shared pieces", seed)
    return pieces(SHARED_PIECES, _inflected(words.english_words(MIX, chance), chance), chance)


def topic(number: int, words: Vocabulary, seed: int) -> Topic:
    """The topic of a number from 0 to TOPICS - 1."""
    chance = dice("topic", seed, number)
    own = [*chance.sample(words.english[FIRST_OWN_RANK:], 45), *words.common.draw(40, chance), *_acronyms(4, chance)]
    chance.shuffle(own)
    terms = [f"{chance.choice(words.english)} {word}" for word in chance.choices(own[:40], k=20)]
    weights = zipf_weights(len(own), 4)
    by_rank = chance.choices(own, cum_weights=weights, k=MIX * OWN_WORDS // 100)
    mix = [*by_rank, *chance.choices(terms, k=MIX * OWN_TERMS // 100)]
    mix += words.english_words(MIX - len(mix), chance)
    mix = _inflected(mix, chance)
    mix[::QUOTED_EVERY] = [f'"{word}"' for word in mix[::QUOTED_EVERY]]
    chance.shuffle(mix)
    return Topic(
        words=own,
        terms=terms,
        mix=mix,
        tags=_tags(chance),
        leanings=tuple(chance.triangular(0.05, 0.7, 0.25) for _ in LEADING_TAGS),
        pieces=pieces(OWN_PIECES, mix, chance),
        headings=_headings(chance),
    )


def _inflected(words: list[str], chance: Random) -> list[str]:
    return [plural(word) if chance.random() < 0.25 and word.islower() else word for word in words]


def _acronyms(count: int, chance: Random) -> list[str]:
    return ["".join(chance.choices("ABCDEFGILMNOPRSTU", k=chance.choice((3, 3, 4, 5)))) for _ in range(count)]


def _tags(chance: Random) -> tuple[str, ...]:
    weights = subject_tags()
    found: dict[str, None] = {}
    while len(found) < 3:
        found[chance.choices(list(weights), list(weights.values()))[0]] = None
    return tuple(found)


def _headings(chance: Random) -> list[str]:
    """Headings of the demo corpus, every slot open for a word (%s)."""
    found = [text for name, pool in PHRASES.items() if name.startswith("headings") for text in pool]
    found += [text for story in STORIES for text in story.headings]
    return [expand(text, lambda _: "%s", chance) for text in chance.sample(found, 24)]
