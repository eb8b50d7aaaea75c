"""Pieces of sentences with open places, cut from the sentences of the demo corpus and filled with other words.

A sentence is an opening, a middle and an end. A piece keeps the function words of the sentence that it was cut from,
and with them its order; its content words are kept, replaced for good (these make the frequent phrases), or left open
for the cable: %s stands for a word, {} for a name. So text is made at the price of choosing pieces and of filling them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from cables.corpus.grammar import expand, sentence
from cables.corpus.realistic.vocabulary import FUNCTION, VERBS, WORDS, sentences
from cables.corpus.world import dice

# Of a hundred content words, how many stay as the demo corpus has them, and how many are replaced for good.
KEPT = 18
REPLACED = 30
SHORTEST = 4
_JOINTS = frozenset(WORDS["joints"].split())
# What the demo corpus has to fill here is not filled: these slots stand for words, numbers and days, others for names.
_WORDS = frozenset({"matter", "goods", "currency", "claim", "doubt", "ref"})
_NUMBERS = {"small": (2, 9), "more": (10, 20), "dozens": (12, 96), "hundreds": (110, 980), "millions": (2, 60),
            "pct": (4, 48), "age": (38, 66), "nth": (2, 9), "earlier": (1985, 2009), "birth": (1935, 1975)}  # fmt: skip
_MONTHS = calendar.month_name[1:]
_DAYS = frozenset({"day", "soon", "month", "weekday"})
_TOKEN = re.compile(r"([\"'(]*)(.*?)((?:'s)?[\"'.,;:!?)]*)\Z")
_SLOT = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a cut piece: the text that stays, or what kind of word is to stand there, and what is around it."""

    kind: str
    text: str
    before: str = ""
    after: str = ""


Piece = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The openings, middles and ends of sentences, each complete in itself: openings begin with a capital, middles and
    ends with a blank, ends close the sentence."""

    openings: list[str]
    middles: list[str]
    ends: list[str]


@cache
def skeletons() -> tuple[tuple[Piece, ...], tuple[Piece, ...], tuple[Piece, ...]]:
    """The openings, middles and ends of all sentences of the demo corpus, each once."""
    chance = dice("skeletons")
    found: tuple[dict[Piece, None], ...] = ({}, {}, {})
    for pattern in sentences():
        text = expand(pattern, lambda name: f"<{name}>", chance)
        whole = text.endswith(".")
        pieces = list(_cut(text.rstrip(".").split()))
        if whole:
            found[0][pieces.pop(0)] = None
        if pieces:
            found[2][pieces.pop()] = None
        found[1].update(dict.fromkeys(pieces))
    openings, middles, ends = (tuple(pool) for pool in found)
    return openings, middles, ends


def _cut(words: list[str]) -> Iterator[Piece]:
    start = 0
    for place, word in enumerate(words):
        if word in _JOINTS and place - start >= SHORTEST and len(words) - place >= SHORTEST - 1:
            yield tuple(map(_token, words[start:place]))
            start = place
    yield tuple(map(_token, words[start:]))


def _token(word: str) -> Token:
    match = _TOKEN.match(word)
    before, core, after = match.groups() if match else ("", word, "")
    after = after.rstrip(",:;")
    slot = _SLOT.fullmatch(core)
    if slot:
        name = slot[1]
        kind = "word" if name in _WORDS else "day" if name in _DAYS else "number" if name in _NUMBERS else "name"
        return Token(kind, "{}" if kind == "name" else name, before, after)
    if core.lower() in FUNCTION or not core.isalpha() or core[0].isupper():
        return Token("fixed", core, before, after)
    for ending in ("ed", "ing"):
        if core.endswith(ending) and len(core) > len(ending) + 2:
            return Token(ending, core, before, after)
    return Token("word", core, before, after)


def pieces(count: int, words: list[str], chance: Random) -> Pieces:
    """`count` pieces of each kind, the words that are replaced for good drawn from `words`."""
    openings, middles, ends = skeletons()
    filler = _Filler(words, chance)
    return Pieces(
        [_opened(filler.fill(piece)) for piece in chance.choices(openings, k=count)],
        [f" {filler.fill(piece)}" for piece in chance.choices(middles, k=count)],
        [f" {filler.fill(piece)}.  " for piece in chance.choices(ends, k=count)],
    )


def _opened(text: str) -> str:
    return f"The {text}" if text.startswith("%s") else text if text.startswith("{}") else sentence(text)


class _Filler:
    def __init__(self, words: list[str], chance: Random) -> None:
        self._words, self._chance = words, chance

    def fill(self, piece: Piece) -> str:
        """The piece as text, open places as %s and {}."""
        return " ".join([token.before + self._word(token) + token.after for token in piece])

    def _word(self, token: Token) -> str:
        kind, chance = token.kind, self._chance
        if kind in {"fixed", "name"}:
            return token.text
        if kind == "number":
            low, high = _NUMBERS[token.text]
            return str(low + int(chance.random() * (high - low)))
        if kind == "day":
            return f"{_MONTHS[int(chance.random() * 12)]} {1 + int(chance.random() * 28)}"
        roll = chance.random() * 100
        if kind in {"ed", "ing"}:
            return token.text if roll < KEPT * 2 else chance.choice(VERBS).rstrip("e") + kind
        if roll < KEPT and token.text not in _WORDS:
            return token.text
        return chance.choice(self._words) if roll < KEPT + REPLACED else "%s"
