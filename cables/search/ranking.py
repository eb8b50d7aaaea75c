"""Hits in order of relevance: the best exactly, chosen from all of them.

PostgreSQL ranks a hit by reading its vector, 9 µs each: exact for some thousands, a second and more for a frequent
word. Where there are more hits, those worth ranking are chosen first (docs/decisions/0006): by how much of each word
they have, which prominent.py tells, and where words must stand close together by how close they stand in the gist.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cables.models.search_entry import CONFIGURATION
from cables.search.holdings import Holdings
from cables.search.numbers import Numbers, number_columns
from cables.search.prominent import Prominence
from cables.search.query_tree import And, Node, Or, words_of

RANKED = 1_500
"""Hits of many that are chosen and ranked exactly where there are several words."""
RANKED_OF_ONE = 500
"""The same for a single word: the choice knows its best hits nearly as well as the ranking."""
ALL_RANKED = 3_000
"""Hits up to which all are ranked where there are several words: how close they stand the choice knows less well."""
CLOSE = 1_400
"""Of these, the hits whose gists have all the words closest together."""
MOST_OF_EACH = 3_000
"""Cables with most of it that are looked at for each of several words; more keep no more of the best."""

# Closeness of the words counts, length is damped (normalisation 1): best for all words together. Where any of the words
# will do, closeness says nothing (docs/benchmarks/search.md).
_CLOSENESS, _FREQUENCY = "ts_rank_cd", "ts_rank"
_RANKED = """
SELECT cable_id, row_number() OVER (ORDER BY {rank}(vector, query, 1) DESC, day DESC NULLS LAST, cable_id DESC)::integer
       AS place
FROM cables_searchentry, to_tsquery(%s, %s) query WHERE cable_id = ANY(%s)
"""
_GIST = """
SELECT cable_id FROM cables_searchgist, to_tsquery(%s, %s) query WHERE words @@ query
ORDER BY ts_rank_cd(words, query, 1) DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Cables in order; the first `ranked` of them by relevance, the rest by date."""

    cables: Numbers
    ranked: int


def by_relevance(held: Holdings, places: Numbers, tree: Node, ranked: str) -> Ranked:
    """Return the cables at these places, the most relevant first.

    `tree` is what was asked for and `ranked` its text as the argument of to_tsquery.
    """
    alternative = is_alternative(tree)
    several = len(words_of(tree)) > 1
    number = RANKED_OF_ONE if _is_one_word(tree) else RANKED
    chosen = places
    if len(places) > (ALL_RANKED if several else number):
        by_closeness = several and not alternative
        chosen = _closest(held, places, tree, ranked) if by_closeness else _most(held, places, tree, number)
    found, order = number_columns(
        ["cable_id", "place"],
        _RANKED.format(rank=_FREQUENCY if alternative else _CLOSENESS),
        [CONFIGURATION, ranked, held.cables[chosen].tolist()],
    )
    rest = np.setdiff1d(places, chosen, assume_unique=True)
    return Ranked(np.concatenate([found[np.argsort(order)], held.cables[rest]]), len(found))


def is_alternative(tree: Node) -> bool:
    """Return whether any of several parts will do, so that how close they stand says nothing."""
    match tree:
        case Or():
            return True
        case And(parts):
            return any(map(is_alternative, parts))
        case _:
            return False


def _is_one_word(tree: Node) -> bool:
    """Return whether a single whole word is asked for: neither a phrase nor the beginning of words."""
    return [(" " in text, is_beginning) for text, is_beginning in words_of(tree)] == [(False, False)]


def _closest(held: Holdings, places: Numbers, tree: Node, ranked: str) -> Numbers:
    """Return the places, in order, whose gists have all the words closest together, and more that have most of them."""
    (cables,) = number_columns(["cable_id"], _GIST, [CONFIGURATION, ranked, CLOSE])
    close = np.intersect1d(held.places(cables), places, assume_unique=True)
    return np.union1d(close, _most(held, places, tree, RANKED - len(close))).astype(np.int32)


def _most(held: Holdings, places: Numbers, tree: Node, number: int) -> Numbers:
    """Return so many of the places, in order, that have most of the words; of equals the newer."""
    # For one, of all cables as many of the best as hold so many hits, were these spread evenly, and as many again.
    several = len(words_of(tree)) > 1
    enough = MOST_OF_EACH if several else 2 * number * len(held.cables) // len(places)
    scores = Prominence(held, tree, by_weight=is_alternative(tree), enough=enough).scores(tree)[places]
    return np.sort(places[np.argsort(-scores, kind="stable")[:number]])
