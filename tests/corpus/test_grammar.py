"""Choices and slots become sentences."""

from __future__ import annotations

import pytest

from cables.corpus.grammar import expand, sentence
from cables.corpus.stories import PHRASES, STORIES
from cables.corpus.world import dice


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no slots", "no slots"),
        ("{who} came", "Ann came"),
        ("{nested} came", "Ann of Ann came"),
        ("[one]", "one"),
        ("[[a]]", "a"),
        ("an open [ bracket", "an open [ bracket"),
        ("a { brace", "a { brace"),
    ],
)
def test_expand(text, expected):
    values = {"who": "Ann", "nested": "{who} of {who}"}
    assert expand(text, values.__getitem__, dice(1)) == expected


def test_expand_takes_every_choice_in_time():
    taken = {expand("[a|b|[c|d]]", str, dice(seed)) for seed in range(50)}
    assert taken == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the end", "The end"), ("", ""), ('"quoted"', '"Quoted"'), ("56 families", "56 families"), ("Up", "Up")],
)
def test_sentence_begins_with_a_capital(text, expected):
    assert sentence(text) == expected


def test_all_patterns_have_balanced_brackets_and_end_as_sentences():
    sentences = [text for story in STORIES for text in (*story.events, *story.us, *story.comment, *story.outcomes)]
    clauses = [text for story in STORIES for text in (*story.claims, *story.doubts)]
    everything = [*sentences, *clauses, *(text for pool in PHRASES.values() for text in pool)]
    assert [
        text for text in everything if text.count("[") != text.count("]") or text.count("{") != text.count("}")
    ] == []
    assert [text for text in sentences if not text.endswith(".")] == []
    assert [text for text in clauses if text.endswith(".")] == []


def test_no_pattern_stands_twice():
    patterns = [text for story in STORIES for text in (*story.events, *story.claims, *story.doubts, *story.comment)]
    patterns += [text for name, pool in PHRASES.items() if not name.startswith("headings") for text in pool]
    assert len(set(patterns)) == len(patterns)
