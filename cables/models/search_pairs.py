"""Pairs of frequent words that stand side by side: what answers a phrase of them without reading any vector.

The index of all words knows which cables have the words of a phrase; whether they stand together only their vectors
tell, and for frequent words these are half of the archive. So pairs of frequent words have an index of their own,
search_pairs, over the function cables_pairs (migration 0006). Which words are frequent is part of the database too: the
function cables_frequent returns them. They are chosen after a first large import, from a sample, before the index is
made.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from cables.models.search_entry import CONFIGURATION, PAIRS

FREQUENT = 1000
"""Words whose pairs are kept: about those that more than a tenth of all cables have."""
SAMPLE = 5000

_CHOOSE = """
SELECT array_agg(word)::text FROM (
    SELECT word FROM ts_stat(
        'SELECT vector FROM cables_searchentry ORDER BY hashint4(cable_id) LIMIT {sample}'
    ) ORDER BY ndoc DESC, word LIMIT {frequent}
) chosen
"""
_DEFINE = """
CREATE OR REPLACE FUNCTION cables_frequent() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN {words}::text[]
"""
# Numbers are left out: a query finds them with other numbers of zeros before them.
_PAIRS = """
WITH word AS (
    SELECT lexeme, place, count(*) OVER () AS words FROM unnest(to_tsvector(%s, %s)), unnest(positions) place
), frequent AS (
    SELECT * FROM word WHERE lexeme = ANY (cables_frequent()) AND lexeme !~ '^[0-9]+$'
)
SELECT one.lexeme || ' ' || other.lexeme, one.words = 2
FROM frequent one JOIN frequent other ON other.place = one.place + 1
WHERE to_regclass(%s) IS NOT NULL ORDER BY one.place
"""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of frequent words in a phrase, as the index holds them; `are_all`: the phrase is one pair, no more."""

    texts: list[str]
    are_all: bool


def choose_frequent_words() -> None:
    """Let the words that most cables have be the frequent ones; the index must not be there."""
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE.format(sample=SAMPLE, frequent=FREQUENT))
        cursor.execute("SELECT quote_literal(%s)", [cursor.fetchone()[0] or "{}"])
        cursor.execute(_DEFINE.format(words=cursor.fetchone()[0]).replace("%", "%%"), [])


def pairs_in(text: str) -> Pairs:
    """Return the pairs of frequent words that stand side by side in a text."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [CONFIGURATION, text, PAIRS])
        found = cursor.fetchall()
    return Pairs([pair for pair, _ in found], any(alone for _, alone in found))
