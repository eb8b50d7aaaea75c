"""The query language: how each query is read, and what of it goes to the text search."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from cables.search.language import only_excludes, read_query
from cables.search.query_tree import And, all_of, is_text
from cables.search.text_query import text_query
from cables.search.typed import LONGEST, clean
from cables.search.wording import written
from tests.patience import patience
from tests.search.queries import FACTS, NOT_PLAIN, PLAIN, TEXT, TOLD


def test_table_of_the_language_is_long_enough_and_repeats_nothing():
    typed = [row[0] for row in (*TEXT, *FACTS, *TOLD)]
    assert len(typed) == len(set(typed)) >= 150


@pytest.mark.parametrize(("typed", "words", "to_tsquery"), TEXT)
def test_text_is_read(typed, words, to_tsquery):
    reading = read_query(typed)

    assert (reading.wording, reading.notes) == (words, ())
    assert (text_query(reading.tree) if reading.tree else "") == to_tsquery


@pytest.mark.parametrize(("typed", "words", "to_tsquery", "facts"), FACTS)
def test_facts_are_read(typed, words, to_tsquery, facts):
    reading = read_query(typed)
    parts = reading.tree.parts if isinstance(reading.tree, And) else (reading.tree,)
    text = all_of([part for part in parts if is_text(part)])

    assert (reading.wording, reading.notes) == (words, ())
    assert (text_query(text) if text else "") == to_tsquery
    assert [written(part) for part in parts if not is_text(part)] == facts


@pytest.mark.parametrize(("typed", "words", "note"), TOLD)
def test_what_is_read_otherwise_is_told(typed, words, note):
    reading = read_query(typed)

    assert reading.wording == words
    assert note in reading.notes
    assert not reading.is_plain


@pytest.mark.parametrize("typed", PLAIN)
def test_plain_query_needs_no_telling(typed):
    assert read_query(typed).is_plain


@pytest.mark.parametrize("typed", NOT_PLAIN)
def test_query_with_syntax_is_told(typed):
    assert not read_query(typed).is_plain


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("fer\x00ry", "fer ry"),
        ("\ue000ferry\ue001", "ferry"),
        ("x " * 2 * LONGEST, ("x " * (LONGEST // 2)).strip()),
        ("ferry\u200bstrike\ud800", "ferry strike"),
    ],
)
def test_clean(typed, query):
    assert clean(typed) == query


@pytest.mark.parametrize(
    ("query", "excludes"),
    [("-visa", True), ('-"the ferry" -visa', True), ("ferry -visa", False), ("-", False), ("", False)],
)
def test_only_excludes(query, excludes):
    assert only_excludes(read_query(query).tree) is excludes


syntax = st.text(alphabet="ab \"'()[]{}:*~?^-+/\\<>=!&|,.0XORANDT–“é\x00😀", max_size=60)


@given(st.one_of(st.text(max_size=80), syntax))
@settings(max_examples=600)
def test_any_text_is_read(typed):
    reading = read_query(typed)
    assert reading.tree is not None or reading.wording == ""
    if reading.tree is not None and is_text(reading.tree):
        assert text_query(reading.tree)


@given(syntax)
@settings(max_examples=400)
def test_what_is_written_out_reads_the_same(typed):
    tree = read_query(typed).tree
    text = written(tree)
    if len(text) <= LONGEST:
        assert read_query(text).tree == tree


@pytest.mark.parametrize(
    "typed", ["(" * 100_000, '"' * 100_000, "a " * 100_000, "a AND (" * 9, "~" * 900, "\\" * 900, "a:" * 400]
)
def test_hostile_query_is_read_at_once(typed):
    with patience(5):
        read_query(typed)


@pytest.mark.django_db
@given(st.one_of(st.text(max_size=60), syntax))
@settings(max_examples=200, deadline=None)
def test_database_takes_what_any_text_is_read_as(typed):
    tree = read_query(typed).tree
    if tree is not None and is_text(tree):
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_tsquery('cables', %s)", [text_query(tree)])
            assert cursor.fetchone()[0] is not None
