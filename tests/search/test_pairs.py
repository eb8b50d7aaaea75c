"""Phrases of frequent words: found by the index of pairs, and the same cables as without it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import QueryDict

from cables.filters import CableFilter
from cables.models import SearchEntry
from cables.models.search_pairs import PAIRS, Pairs, choose_frequent_words, pairs_in
from cables.search.matching import tsquery

pytestmark = [pytest.mark.usefixtures("many_cables"), pytest.mark.django_db]
FOUND_NOWHERE = ['"12958 decl"', 'subject:"visa region"']
PHRASES = [
    '"government of the region"',
    '"region government"',
    '"the government region" -visa',
    '"government region" OR visa',
    '-"region government" region',
    '"region government" -visa',
    '"region government" region',
    '"region government" (government OR visa)',
    '"the region government"',
    'body:"region government"',
    *FOUND_NOWHERE,
]


@pytest.fixture
def _chosen():
    """Choose frequent words and make the index, as the end of a large import does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"DROP INDEX {PAIRS}")
        assert pairs_in("government region").texts == []  # no index, no pairs
        choose_frequent_words()
        cursor.execute(f"CREATE INDEX {PAIRS} ON cables_searchentry USING gin (cables_pairs(vector))")


def test_no_pair_is_known_before_words_were_chosen():
    assert pairs_in("government region").texts == []


@pytest.mark.usefixtures("_chosen")
def test_pairs_are_of_neighbours_that_are_frequent():
    assert pairs_in("the Governments region of ferrymen") == Pairs(["govern region"], are_all=False)
    assert pairs_in("the government region") == Pairs(["govern region"], are_all=True)
    assert pairs_in("government of region") == Pairs([], are_all=False)
    assert pairs_in("decl 2005 region") == Pairs([], are_all=False)


@pytest.mark.usefixtures("_chosen")
@pytest.mark.parametrize("words", PHRASES)
def test_phrase_finds_the_same_with_pairs_as_without(words):
    query = QueryDict(mutable=True)
    query["q"] = words
    chosen = CableFilter(query)
    with_pairs = set(chosen.qs.values_list("cable_id", flat=True))

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION cables_frequent() RETURNS text[] LANGUAGE sql IMMUTABLE RETURN '{}'::text[]"
        )
    without = set(CableFilter(query).qs.values_list("cable_id", flat=True))
    assert with_pairs == without
    assert without or words in FOUND_NOWHERE


@pytest.mark.usefixtures("_chosen")
def test_index_holds_each_pair_that_stands_side_by_side():
    pairs = SearchEntry.objects.extra(where=["cables_pairs(vector) @> ARRAY['govern region']"])
    phrase = SearchEntry.objects.filter(vector=tsquery("'government' <-> 'region'"))
    assert set(pairs.values_list("pk", flat=True)) == set(phrase.values_list("pk", flat=True)) != set()
