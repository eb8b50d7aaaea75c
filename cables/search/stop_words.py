"""Words that the database does not look for, as it says itself: "the", and what has no letter that it knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection

from cables.models.search_entry import CONFIGURATION
from cables.search.query_tree import And, Near, Node, Not, Or, Phrase, Prefix, Together, Word, all_of, any_of

_BLANK = 12  # what PostgreSQL's parser calls everything that is no token: SELECT * FROM ts_token_type('default')
_DROPPED = """
SELECT word, EXISTS (SELECT FROM ts_parse('default', word) token WHERE token.tokid <> %s)
FROM unnest(%s::text[]) WITH ORDINALITY AS asked (word, place)
WHERE to_tsvector(%s, word) = '' ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of a query that are not looked for: too common ones, and ones that have no letter of the dictionary's."""

    common: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What to tell the reader of them."""
        told = []
        whole = tuple(word for word in self.common if not word.endswith("*"))
        if whole:
            told.append(f"{_listed(whole)} not looked for: words so common stand in nearly every cable.")
        if begun := tuple(word for word in self.common if word.endswith("*")):
            told.append(f"{_listed(begun)} not looked for: such a beginning needs one more letter.")
        if self.unknown:
            told.append(f"{_listed(self.unknown)} not looked for: only letters and digits are.")
        return told


def dropped_words(tree: Node) -> Dropped:
    """Return which words of a tree the database drops."""
    words = list(dict.fromkeys(_words(tree)))
    if not words:
        return Dropped()
    with connection.cursor() as cursor:
        cursor.execute(_DROPPED, [_BLANK, words, CONFIGURATION])
        rows = cursor.fetchall()
    return Dropped(tuple(word for word, known in rows if known), tuple(word for word, known in rows if not known))


def without(tree: Node, dropped: Collection[str]) -> Node | None:
    """Return the tree without these words, None where nothing is left; in phrases they keep their place."""
    match tree:
        case And(parts):
            return all_of([kept for part in parts if (kept := without(part, dropped))])
        case Or(parts):
            return any_of([kept for part in parts if (kept := without(part, dropped))])
        case Not(part):
            kept = without(part, dropped)
            return None if kept is None else Not(kept)
        case Together(part):
            kept = without(part, dropped)
            return None if kept is None else Together(kept)
        case Word(text):
            return None if text in dropped else tree
        case Prefix(text):
            return None if f"{text}*" in dropped else tree
        case Phrase(text):
            return None if set(text.split()) <= set(dropped) else tree
        case Near(words, distance, zone):
            left = tuple(word for word in words if word not in dropped)
            return Near(left, distance, zone) if len(left) > 1 else Phrase(left[0], zone) if left else None
        case _:
            return tree


def _words(tree: Node) -> Iterator[str]:
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)
        case Not(part) | Together(part):
            yield from _words(part)
        case Word(text):
            yield text
        case Prefix(text):
            yield f"{text}*"
        case Phrase(text):
            yield from text.split()
        case Near(words):
            yield from words


def _listed(words: tuple[str, ...]) -> str:
    """Return the words with the verb that follows them: “the” and “of” are."""
    *others, last = (f"“{word}”" for word in words)
    return f"{', '.join(others)} and {last} are" if others else f"{last} is"
