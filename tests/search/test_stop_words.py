"""Words that the database drops: they are told of, and ask nothing."""

from __future__ import annotations

import lxml.html
import pytest

from cables.search.language import read_query
from cables.search.matching import matching

COMMON = "not looked for: words so common stand in nearly every cable."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "ranked", "notes"),
    [
        ("ferry", "('ferry')", []),
        ("the", "", [f"“the” is {COMMON}"]),
        ("The OF", "", [f"“The” and “OF” are {COMMON}"]),
        ("the ferry of it", "('ferry')", [f"“the”, “of” and “it” are {COMMON}"]),
        ('"minister of state"', "('minister of state')", [f"“of” is {COMMON}"]),
        ('"of the"', "", [f"“of” and “the” are {COMMON}"]),
        ("ferry -the", "('ferry')", [f"“the” is {COMMON}"]),
        ("ferry OR the", "('ferry')", [f"“the” is {COMMON}"]),
        ("tag:PTER the", "", [f"“the” is {COMMON}"]),
        ("subject:the", "", [f"“the” is {COMMON}"]),
        ('"the ferry guild"~1', "(('ferry' <1> 'guild') | ('guild' <1> 'ferry'))", [f"“the” is {COMMON}"]),
        ('"the ferry"~2', "('ferry')", [f"“the” is {COMMON}"]),
        ("para:(the)", "", [f"“the” is {COMMON}"]),
        ("for*", "", ["“for*” is not looked for: such a beginning needs one more letter."]),
        ("AND", "", [f"“AND” is {COMMON}"]),
    ],
)
def test_common_words_are_told_and_ask_nothing(typed, ranked, notes):
    found = matching(read_query(typed).tree)
    told = [note for note in found.notes if "TAG" not in note and "tag:" not in note]
    assert (" & ".join(found.texts), told) == (ranked, notes)


def test_query_of_common_words_only_finds_all_and_says_so(shelf, client):
    page = client.get("/search/", {"q": "the"}).content.decode()
    assert f"{len(shelf)} cables" in page
    assert f"“the” is {COMMON}" in page


def test_common_word_beside_a_filter_changes_nothing(shelf, client):
    wanted = sum("PTER" in cable.tag for cable in shelf)
    for query in ("the tag:PTER", "tag:PTER"):
        (told,) = lxml.html.fromstring(client.get("/search/", {"q": query}).content).xpath("//*[@id='found']")
        assert " ".join(told.text_content().split()).startswith(f"{wanted} cables of {len(shelf)} held here")
