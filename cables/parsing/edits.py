"""Slips of the key: the known word that a misspelt one means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

_REACH = 2
_LONGEST = 30


def distance(left: str, right: str) -> int:
    """The number of edits between two words: a letter lost, added or changed, or two neighbours swapped."""
    two_above: list[int] = []
    above = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
        two_above, above = above, row
    return above[-1]


class KnownWords:
    """Words that can be found again though one or two letters of them are wrong.

    Two words within two edits of each other have a form in common when up to two letters are left out of each, so the
    words are kept by all such forms, and only those that share one with the word looked for are compared with it.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_form: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            for form in _forms(word):
                self._by_form[form].append(word)

    def near(self, word: str) -> list[tuple[int, str]]:
        """The known words at most two edits away, each after its distance, the nearest first."""
        if len(word) > _LONGEST:
            return []
        candidates = {found for form in _forms(word) for found in self._by_form.get(form, ())}
        measured = ((distance(word, found), found) for found in candidates)
        return sorted(pair for pair in measured if pair[0] <= _REACH)

    def nearest(self, word: str) -> tuple[str, int] | None:
        """The known word at most two edits away that is nearer than all others, and its distance; None if none is."""
        ranked = self.near(word)
        if not ranked or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
            return None
        edits, found = ranked[0]
        return found, edits


def _forms(word: str) -> Iterator[str]:
    """The word with none, one and two of its letters left out, each form once."""
    seen = set()
    for left_out in range(_REACH + 1):
        for gone in combinations(range(len(word)), left_out):
            seen.add("".join(letter for place, letter in enumerate(word) if place not in gone))
    yield from sorted(seen)
