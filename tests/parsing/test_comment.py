"""The comment of a cable, however it is marked."""

from __future__ import annotations

import pytest

from cables.parsing.body import parse_paragraphs
from cables.parsing.comment import find_comment, parse_comment

COMMENTS = [
    ("1. (C) The port is open.\n\n2. (C) Comment: We doubt it. End comment.\n\n3. (C) More.", "We doubt it."),
    ("1. (C) The port is open.\n\n2. (C) COMMENT: WE DOUBT IT.\n\n3. (C) MORE.", "WE DOUBT IT."),
    ("1. (C) The port is open.\n\n2. (C) Comment. We doubt it.", "We doubt it."),
    ("1. (C) The port is open.\n\n2. (C) Post Comment: We doubt it.", "We doubt it."),
    ("1. (C) The port is open.\n\n2. (C) Ambassador's comment: We doubt it.", "We doubt it."),
    ("1. (C) Open.\n\n2. (C) Comment and Action Request: Open it. End Comment and Action Request.", "Open it."),
    ("1. (C) Open.\n\n2. (C) BEGIN COMMENT: WE DOUBT\nIT. END COMMENT.\n\n3. (C) MORE.", "WE DOUBT IT."),
    ("1. (C) Open.\n\n2. (C) (Comment: We doubt it. End comment.)", "We doubt it."),
    ("1. (C) Open.\n\nCOMMENT\n-------\n\n2. (C) We doubt it.\n\n3. (C) So do they.", "We doubt it.\n\nSo do they."),
    ("1. (C) Open.\n\nComment\n-------\n\n2. (C) We doubt it.\n\nNext\n----\n\n3. (C) More.", "We doubt it."),
    ("1. (C) Open.\n\nComment\n-------\n\n2. (C) We doubt it. End comment.\n\n3. (C) More.", "We doubt it."),
    ("1. (C) Open.\n\n2. (C) Comment: We doubt it.\n\n3. (C) They do. End comment.", "We doubt it.\n\nThey do."),
    (
        "1. (C) Open.\n\n2. (C) Comment: We\n\nVOLTANA 00000123  002 OF 003\n\n\ndoubt it.\n\n3. (C) More.",
        "We\n\ndoubt it.",
    ),
    ("1. (C) Open.\n\nCOMMENT: WE DOUBT IT.\n\n2. (C) MORE.", "WE DOUBT IT."),
    (
        "1. (C) Comment: We doubt it.\n\n2. (C) He agreed. (Comment: Not at once. End comment.) They left.",
        "We doubt it.",
    ),
    ("1. (C) Comment: One.\n\n2. (C) More.\n\n3. (C) Comment: Two. End comment.", "One.\n\nTwo."),
]


@pytest.mark.parametrize(("text", "expected"), COMMENTS)
def test_the_comment_is_read_without_label_numbers_and_marks(text: str, expected: str) -> None:
    assert parse_comment(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1. (C) He agreed. (Comment: Not at once. End comment.) They left.",
        "1. (C) Comments made by Rehn were short.",
        "1. (C) Summary and Comment: The port is open. End Summary and Comment.",
        "COMMENTS BY REHN\n----------------\n\n1. (C) The port is open.",
        "1. (C) The port is open. End comment.",
        "1. (C) The port is open.",
        "",
    ],
)
def test_what_others_say_and_asides_are_no_comment(text: str) -> None:
    assert parse_comment(text) == ""


def test_the_comment_tells_its_pieces() -> None:
    pieces = parse_paragraphs("1. (C) Open.\n\nComment\n-------\n\n2. (C) We doubt it.\n\nNext\n----\n\n3. (C) More.")
    found = find_comment(pieces)
    assert [piece.raw for piece in pieces[found.first : found.end]] == ["2. (C) We doubt it.\n\n"]
