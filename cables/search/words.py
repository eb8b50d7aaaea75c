"""The archive's own words, asked: which are like a word, which begin so, and how well one is known."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

LONGEST = 30
"""Letters of the longest word that can be like another."""

_FOLDED = """
SELECT lower(unaccent(%(word)s)), (tsvector_to_array(to_tsvector('cables', %(word)s)))[1]
"""
# The list is gone through whole, so that every likeness is found; the folded word comes as a constant, which takes a
# third of the time of a join. Two letters that changed places are one slip, but two edits of Levenshtein's.
_LIKE = """
SELECT text, folded, cables, stem IS NOT DISTINCT FROM %(stem)s FROM cables_word
WHERE levenshtein_less_equal(folded, %(folded)s, 2) <= 2
"""
# How many cables have a word in any of its forms; a word without a stem is never searched for, so none is unknown.
_KNOWN = """
SELECT asked.word, coalesce(sum(word.cables), 0)
FROM unnest(%(words)s::text[]) AS asked(word),
     LATERAL (SELECT (tsvector_to_array(to_tsvector('cables', asked.word)))[1] AS stem) stems
     LEFT JOIN cables_word word ON word.stem = stems.stem
WHERE stems.stem IS NOT NULL GROUP BY asked.word
"""
_BEGINNING = """
WITH asked AS (SELECT lower(unaccent(%(beginning)s)) AS folded)
SELECT min(word.text), word.folded FROM cables_word word, asked
WHERE word.folded >= asked.folded AND word.folded < asked.folded || chr(1114111) AND word.subjects > 0
GROUP BY word.folded ORDER BY sum(word.subjects) DESC, word.folded LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A word of the archive, by how many edits it differs from another, and how many of the cables read have it.

    `is_form`: both have one stem, so that a search for either finds the other.
    """

    text: str
    edits: int
    cables: int
    is_form: bool = False


def words_like(word: str, edits: int) -> list[Likeness]:
    """Return the words at most one edit, or two, from a word: the nearest first, of those the ones of the most cables.

    An edit is a letter more, less, another, or two neighbours that changed places. Accents do not count.
    """
    if not 0 < len(word) <= LONGEST:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FOLDED, {"word": word})
        asked, stem = cursor.fetchone()
        cursor.execute(_LIKE, {"folded": asked, "stem": stem})
        rows = cursor.fetchall()
    found = [Likeness(text, slips(asked, folded), cables, is_form) for text, folded, cables, is_form in rows]
    return sorted(
        (like for like in found if like.edits <= edits), key=lambda like: (like.edits, -like.cables, like.text)
    )


def known(words: list[str]) -> dict[str, int]:
    """Return word -> how many of the cables read have it in any of its forms; words never searched for are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"words": words})
        return {word: int(cables) for word, cables in cursor.fetchall()}


def words_beginning(beginning: str, most: int) -> list[str]:
    """Return words of subjects that begin so, those of the most subjects first."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGINNING, {"beginning": beginning, "most": most})
        return [text for text, _ in cursor.fetchall()]


def slips(one: str, other: str) -> int:
    """Return the edits between two words, neighbours that changed places counted as one (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, other_letter in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
