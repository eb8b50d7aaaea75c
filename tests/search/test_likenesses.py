"""Words like another: how many edits a query asks for, and what is looked for in the word's place."""

from __future__ import annotations

import pytest

from cables.models import SearchEntry, Word
from cables.search.language import read_query
from cables.search.likenesses import MOST_LIKE
from cables.search.matching import matching
from cables.search.query_tree import Fuzzy


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("fery~", Fuzzy("fery", 1)),
        ("ferry~", Fuzzy("ferry", 2)),
        ("fery~1", Fuzzy("fery", 1)),
        ("fery~2", Fuzzy("fery", 2)),
        ("fery~9", Fuzzy("fery", 2)),
        ("fery~0.8", Fuzzy("fery", 1)),
        ("subject:fery~", Fuzzy("fery", 1, "subject")),
    ],
)
def test_edits_asked_for(typed, tree):
    assert read_query(typed).tree == tree


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "ends", "notes"),
    [
        ("fery~", {1, 2}, ["“fery~1”: read as fery or ferry."]),
        ("subject:lighthose~", set(), ["“lighthose~2”: read as lighthose or lighthouse."]),
        ("lighthose~", {1, 2}, ["“lighthose~2”: read as lighthose or lighthouse."]),
        ("tag:PGOV -fery~", {3, 40}, ["“fery~1”: read as fery or ferry."]),
        ("para:(goverment~ lost)", {3}, ["“goverment~2”: read as goverment or government."]),
        ("zeppelin~", set(), ["“zeppelin~2”: this archive has no other word like it."]),
    ],
)
def test_words_like_one_are_found_and_named(worded, typed, ends, notes):
    asked = matching(read_query(typed).tree)

    found = SearchEntry.objects.filter(asked.condition).values_list("cable__identifier", flat=True)
    assert {int(identifier.removeprefix("05VALDMARK")) for identifier in found} == ends
    assert asked.notes == notes


@pytest.mark.django_db
def test_likenesses_have_a_limit(worded):
    letters = "abcdefghijklmnopqrstuvwxyz"
    Word.objects.bulk_create(
        Word(text=f"ferr{one}{two}", folded=f"ferr{one}{two}", stem="x", cables=1, subjects=0)
        for one in letters
        for two in letters
    )
    assert "".join(matching(read_query("ferry~").tree).texts).count("|") == MOST_LIKE - 1
