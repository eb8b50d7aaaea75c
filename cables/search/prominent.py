"""How much of a query's words each cable has, told by an index alone (models/search_entry.py, cables_prominent)."""

from __future__ import annotations

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from cables.models.search_entry import CONFIGURATION, PROMINENCES, WEIGHTS
from cables.search.holdings import Holdings
from cables.search.numbers import number_columns
from cables.search.query_tree import And, Node, Not, Or, Together, words_of

MOST_OF_A_WORD = 20_000
"""Cables that are looked at for one word at most, those that have most of it first."""
MOST_BY_WEIGHT = 60_000
"""The same where the weight of a word decides: all that have it in the subject are alike."""

Scores = NDArray[np.float32]

_LEXEMES = """
SELECT place::integer, lexeme
FROM unnest(%s::text[]) WITH ORDINALITY word (text, place), unnest(to_tsvector(%s, text))
"""
_CABLES = "SELECT cable_id, {score} AS score FROM cables_searchentry WHERE cables_prominent(vector) @@ %s::tsquery"
_SELDOM = 2
"""The score of a cable that has the word, but not much of it; other scores go from 4 to 84."""


class Prominence:
    """Scores of a query's words for every place in the holdings; only their order means something.

    `by_weight`: a word in the subject counts ten times one in the text, however often it is there, and length is
    damped, as ts_rank does; else as much as there is of it, as ts_rank_cd does. `enough` is how many cables of one word
    need scores above all others.
    """

    def __init__(self, held: Holdings, tree: Node, *, by_weight: bool, enough: int = MOST_OF_A_WORD) -> None:
        self._held = held
        self._by_weight = by_weight
        self._most = MOST_BY_WEIGHT if by_weight else min(enough, MOST_OF_A_WORD)
        words = list(dict.fromkeys(text for text, _ in words_of(tree)))
        with connection.cursor() as cursor:
            cursor.execute(_LEXEMES, [words, CONFIGURATION])
            found = cursor.fetchall()
        self._lexemes = {word: [lexeme for place, lexeme in found if place == n] for n, word in enumerate(words, 1)}

    def scores(self, tree: Node) -> Scores:
        """Return the score of the tree, whose words are among the query's, for every place."""
        scores = self._of(tree)
        lengths = self._held.lengths + 2
        if self._by_weight:
            return np.asarray(scores / np.log(lengths), np.float32)
        # Words that come equally often stand farther apart in a longer text; the root did best in the measurements.
        return np.asarray(scores / np.sqrt(lengths), np.float32) if len(words_of(tree)) > 1 else scores

    def _of(self, node: Node) -> Scores:
        match node:
            case And(parts) | Or(parts):
                each = [self._of(part) for part in parts if words_of(part) and not isinstance(part, Not)]
                whole = np.sum if isinstance(node, Or) or self._by_weight else np.prod
                return np.asarray(whole(each, axis=0), np.float32)
            case Together(part):
                return self._of(part)
            case _:
                lexemes = [
                    self._of_lexeme(lexeme, is_beginning=is_beginning)
                    for text, is_beginning in words_of(node)
                    for lexeme in self._lexemes[text]
                ]
                return np.asarray(np.prod(lexemes, axis=0), np.float32)

    def _of_lexeme(self, lexeme: str, *, is_beginning: bool) -> Scores:
        letters = [letter for _, letter in PROMINENCES]
        if self._by_weight:
            classes = [(score, [weight + letter for letter in letters]) for weight, score in (("A", 100), ("B", 40))]
        else:
            classes = [(score, [weight + letter for weight in WEIGHTS]) for score, letter in reversed(PROMINENCES)]
        queries = [
            " | ".join(_quoted(before + lexeme) + (":*" if is_beginning else "") for before in befores)
            for _, befores in classes
        ]
        union = " UNION ALL ".join(_CABLES.format(score=score) for score, _ in classes)
        cables, found = number_columns(["cable_id", "score"], f"{union} LIMIT {self._most}", queries)
        scores = np.full(len(self._held.cables), _SELDOM, np.float32)
        # Backwards, so that of several words with one beginning the most prominent stands.
        scores[self._held.place_of[cables[::-1]]] = found[::-1]
        return scores


def _quoted(lexeme: str) -> str:
    return "'{}'".format(lexeme.replace("\\", "\\\\").replace("'", "''"))
