"""Did you mean: a query with the words that the archive hardly knows replaced by words that it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice, product
from math import log

from django.db.models import QuerySet

from cables.models import SearchEntry
from cables.search.in_time import in_time
from cables.search.language import MOST_EDITS, TWO_EDITS_FROM, Reading, read_query
from cables.search.matching import matching
from cables.search.query_tree import And, Near, Node, Or, Phrase, Text, Together, Word, with_texts
from cables.search.wording import written
from cables.search.words import LONGEST, Likeness, known, words_like

MILLISECONDS_A_TRY = 100
"""Time for one replacement to show that it finds something; a query that takes longer gets no offer."""

_SHORTEST = 4  # shorter ones are codes and abbreviations, and each is like many others
_WELL_KNOWN = 100  # cables that have a word nobody needs to doubt
_MOST_WORDS = 3
_MOST_CHOICES = 3
_MOST_TRIES = 6
_EDIT_AGAINST_FREQUENCY = 6  # a slip is worth a word e^6 times, or 400 times, as frequent
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A query that may have been meant, and which of its words replaced which: (typed, of the archive)."""

    query: str
    replaced: tuple[tuple[str, str], ...]


def did_you_mean(asked: Reading | str, within: QuerySet[SearchEntry] | None = None) -> Correction | None:
    """Return the query with its unknown words replaced, operators and fields kept; it finds something.

    `within` are the entries that other filters leave; all if None. None where every word is known well enough, where
    nothing of the archive is like it, or where no replacement finds a cable, or none in time.
    """
    reading = asked if isinstance(asked, Reading) else read_query(asked)
    if reading.tree is None:
        return None
    choices = {word: found for word, own in _doubtful(reading.tree) if (found := _choices(word, own))}
    entries = SearchEntry.objects.all() if within is None else within
    for new in islice(_by_likelihood(choices), _MOST_TRIES):
        tree = with_texts(reading.tree, partial(_replaced, new=new))
        finds = _finds(tree, entries)
        if finds is None:
            return None
        if finds:
            return Correction(_rewritten(reading.typed, tree, new), tuple(new.items()))
    return None


def _doubtful(tree: Node) -> list[tuple[str, int]]:
    """Return the words asked for that few cables have, and how many have each, the least known first."""
    words = [word for word in dict.fromkeys(_words(tree)) if _SHORTEST <= len(word) <= LONGEST]
    counts = sorted(known(words).items(), key=lambda item: item[1]) if words else []
    return [(word, own) for word, own in counts if own < _WELL_KNOWN][:_MOST_WORDS]


def _words(node: Node) -> Iterator[str]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)
        case Together(part):
            yield from _words(part)
        case Word(text) | Phrase(text):
            yield from _WORD.findall(text)
        case Near(words):
            for word in words:
                yield from _WORD.findall(word)


def _choices(word: str, own: int) -> list[Likeness]:
    """Return the likeliest of the words that may have been meant; the word itself is one where the archive has it."""
    edits = MOST_EDITS if len(word) >= TWO_EDITS_FROM else 1
    like = [Likeness(word, 0, own)] if own else []
    like += [other for other in words_like(word, edits) if other.edits and not other.is_form]
    return sorted(like, key=_likelihood, reverse=True)[:_MOST_CHOICES]


def _likelihood(like: Likeness) -> float:
    return log(like.cables) - _EDIT_AGAINST_FREQUENCY * like.edits


def _by_likelihood(choices: dict[str, list[Likeness]]) -> Iterator[dict[str, str]]:
    """Yield word -> replacement for each way to choose one each, the likeliest first."""
    ways = sorted(product(*choices.values()), key=lambda way: -sum(map(_likelihood, way))) if choices else []
    for way in ways:
        if new := {word: _as_typed(word, like.text) for word, like in zip(choices, way, strict=True) if like.edits}:
            yield new


def _as_typed(typed: str, text: str) -> str:
    """Return the word in capitals where the one that it replaces was."""
    return text.upper() if typed.isupper() else text.capitalize() if typed.istitle() else text


def _replaced(text: Text, new: dict[str, str]) -> Text:
    def change(words: str) -> str:
        return _WORD.sub(lambda found: new.get(found[0], found[0]), words)

    match text:
        case Word(word, zone):
            return Word(change(word), zone)
        case Phrase(words, zone):
            return Phrase(change(words), zone)
        case Near(words, distance, zone):
            return Near(tuple(map(change, words)), distance, zone)
        case _:
            return text


def _rewritten(typed: str, tree: Node, new: dict[str, str]) -> str:
    """Return the query as typed with the words replaced, or, where that reads otherwise, as the tree is written."""
    query = _WORD.sub(lambda found: new.get(found[0], found[0]), typed)
    return query if read_query(query).tree == tree else written(tree)


def _finds(tree: Node, entries: QuerySet[SearchEntry]) -> bool | None:
    """Return whether a query finds an entry, None where it takes too long to say."""
    return in_time(MILLISECONDS_A_TRY, entries.filter(matching(tree).condition).exists)
