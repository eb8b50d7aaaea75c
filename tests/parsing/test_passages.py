"""Prose and lists inside a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cables.parsing.passages import DASHES, MARKED, PROSE, Item, Passage, passages, starts_item


def prose(text: str) -> Passage:
    return Passage(PROSE, text)


def dashes(*items: str) -> Passage:
    return Passage(DASHES, items=tuple(Item("", text) for text in items))


def marked(*items: tuple[str, ...]) -> Passage:
    return Passage(MARKED, items=tuple(Item(*item) for item in items))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The ferry sails.", [prose("The ferry sails.")]),
        ("One.\n\nTwo.", [prose("One."), prose("Two.")]),
        ("They want:\n-- a boat;\n--a pier.", [prose("They want:"), dashes("a boat;", "a pier.")]),
        ("- one\n\n- two\n\nAfter.", [dashes("one", "two"), prose("After.")]),
        ("• one.\n• two.", [dashes("one.", "two.")]),
        ("(a) one\n(b) two", [marked(("(a)", "one"), ("(b)", "two"))]),
        ("(h) one\n(i) two\n(j) three", [marked(("(h)", "one"), ("(i)", "two"), ("(j)", "three"))]),
        ("i) one\nii) two\niii) three", [marked(("i)", "one"), ("ii)", "two"), ("iii)", "three"))]),
        ("9) one\n\n10) two", [marked(("9)", "one"), ("10)", "two"))]),
        ("A. (S/NF) one\n\nB. two", [marked(("A.", "one", "S/NF", "SECRET"), ("B.", "two"))]),
        ("A. Head\n\n1) one\n\n2) two", [prose("A. Head"), marked(("1)", "one"), ("2)", "two"))]),
        ("1) one\n\n1) two", [prose("1) one"), prose("1) two")]),
        ("A. one\n\nC. three", [prose("A. one"), prose("C. three")]),
        ("NATO -- that is, the\n-- officers.", [prose("NATO -- that is, the -- officers.")]),
        ("He went to its\n\ninstitutions. He left.", [prose("He went to its institutions. He left.")]),
        ("He went.\n\nfor good.", [prose("He went."), prose("for good.")]),
        ("-- one that goes\non;\n-- two.", [dashes("one that goes on;", "two.")]),
    ],
)
def test_passages(text, expected):
    assert passages(text) == expected


@given(st.text(alphabet="aB1(). -–•\n\x00é", max_size=200))
def test_no_word_is_lost_whatever_the_text(text):
    def letters(words: str) -> str:
        return "".join(letter for letter in words if letter.isalnum())

    told = "".join(
        passage.text + "".join(item.mark + item.marking + item.text for item in passage.items)
        for passage in passages(text)
    )
    assert letters(told) == letters(text)


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("-- two", "one;", True),
        ("B. two", "one.", True),
        ("-- two", "the", False),
        ("The end", "one.", False),
    ],
)
def test_item_after_a_page_break_is_one(text, before, expected):
    assert starts_item(text, before) is expected
