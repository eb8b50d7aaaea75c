"""Portion marks as printed, the level each stands for, and the text they leave."""

from __future__ import annotations

import pytest

from cables.parsing.portion_marks import PortionMark, mark_in_words, read_portion_mark

MARKS = [
    ("(C) Text.", PortionMark("C", "CONFIDENTIAL", "Text.")),
    ("(S/NF) Text.", PortionMark("S/NF", "SECRET", "Text.")),
    ("(S//NF) Text.", PortionMark("S//NF", "SECRET", "Text.")),
    ("(C//REL VLT, ORS) Text.", PortionMark("C//REL VLT, ORS", "CONFIDENTIAL", "Text.")),
    ("(S/RELNATO) Text.", PortionMark("S/RELNATO", "SECRET", "Text.")),
    ("(S//FGI//NF) Text.", PortionMark("S//FGI//NF", "SECRET", "Text.")),
    ("(S REL VLT) Text.", PortionMark("S REL VLT", "SECRET", "Text.")),
    ("(SBU) Text.", PortionMark("SBU", "SENSITIVE BUT UNCLASSIFIED", "Text.")),
    ("(SBU/N) Text.", PortionMark("SBU/N", "SENSITIVE BUT UNCLASSIFIED", "Text.")),
    ("(U) Text.", PortionMark("U", "UNCLASSIFIED", "Text.")),
    ("(U//FOUO) Text.", PortionMark("U//FOUO", "UNCLASSIFIED", "Text.")),
    ("(TS) Text.", PortionMark("TS", "TOP SECRET", "Text.")),
    ("(LOU) Text.", PortionMark("LOU", "LIMITED OFFICIAL USE", "Text.")),
    ("( C ) Text.", PortionMark("C", "CONFIDENTIAL", "Text.")),
    ("(c) Text.", PortionMark("C", "CONFIDENTIAL", "Text.")),
    ("[S] Text.", PortionMark("S", "SECRET", "Text.")),
    ("(C)Text.", PortionMark("C", "CONFIDENTIAL", "Text.")),
    ("(C): Text.", PortionMark("C", "CONFIDENTIAL", "Text.")),
    ("C) Text.", PortionMark("C", "CONFIDENTIAL", "Text.")),
    ("(SBU The text.", PortionMark("SBU", "SENSITIVE BUT UNCLASSIFIED", "The text.")),
    ("(Confidential) Text.", PortionMark("CONFIDENTIAL", "CONFIDENTIAL", "Text.")),
    ("(C - ENTIRE TEXT).", PortionMark("C - ENTIRE TEXT", "CONFIDENTIAL", "")),
    ("CONFIDENTIAL - ENTIRE TEXT.", PortionMark("CONFIDENTIAL", "CONFIDENTIAL", "CONFIDENTIAL - ENTIRE TEXT.")),
    ("Summary: (SBU) Text.", PortionMark("SBU", "SENSITIVE BUT UNCLASSIFIED", "Summary: Text.")),
    ("(A) Text.", PortionMark("", "", "(A) Text.")),
    ("(Comment: Text.)", PortionMark("", "", "(Comment: Text.)")),
    ("(C and D) Text.", PortionMark("", "", "(C and D) Text.")),
    ("(Such text) goes on.", PortionMark("", "", "(Such text) goes on.")),
    ("Text (C) goes on.", PortionMark("", "", "Text (C) goes on.")),
    ("", PortionMark("", "", "")),
]


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_a_portion_mark_is_read_at_the_start_of_a_numbered_paragraph(text: str, expected: PortionMark) -> None:
    assert read_portion_mark(text) == expected


@pytest.mark.parametrize("text", ["C) Ormond 123", "S) Voltana 9"])
def test_a_letter_with_one_bracket_is_an_item_of_a_list_where_no_number_stands_before_it(text: str) -> None:
    assert read_portion_mark(text, numbered=False) == PortionMark("", "", text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(C) x", "Confidential"),
        ("(S/NF) x", "Secret, not for foreign nationals"),
        ("(SBU/NF) x", "Sensitive but unclassified, not for foreign nationals"),
        ("(S//REL TO USA, GBR) x", "Secret, releasable to USA, GBR"),
        ("(SECRET//ORCON/XYZ) x", "Secret, distribution controlled by its originator, XYZ"),
        ("(S NF) x", "Secret, not for foreign nationals"),
    ],
)
def test_mark_in_words(text, told):
    mark = read_portion_mark(text)
    assert mark_in_words(mark.marking, mark.level) == told
