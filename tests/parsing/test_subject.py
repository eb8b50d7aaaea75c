"""Subjects: every spelling of the label, wrapped lines, and what ends a subject."""

from __future__ import annotations

import pytest

from cables.parsing.subject import locate_subject, parse_subject


@pytest.mark.parametrize(
    "label", ["SUBJECT:", "SUBJ:", "UBJECT:", "SUB:", "SUJ:", "SUBJ8", "S U B J:", "SUBJECT", "Subject:"]
)
def test_label_in_every_spelling(label: str) -> None:
    assert parse_subject(f"TAGS: PREL\n{label} HERRING QUOTAS\n\n1. (U) Summary.") == "HERRING QUOTAS"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUBJECT: HERRING\nQUOTAS AND\nFERRIES\n\nREF: LIMA 1", "HERRING QUOTAS AND FERRIES"),
        ("SUBJECT:\n\nHerring quotas\n1.(U) Summary", "Herring quotas"),
        ("SUBJECT: HERRING \\\nQUOTAS \\\n \\\nREF: LIMA 1", "HERRING QUOTAS"),
        ("SUBJECT: HERRING\nSECRET\n\nPAGE 02 VALDMA 01234 01 OF 02 241033Z\nQUOTAS\n\n1. (S) S", "HERRING QUOTAS"),
        ("SUBJECT: HERRING QUOTAS REF: LIMA 1", "HERRING QUOTAS"),
        ("SUBJECT: HERRING QUOTAREF: LIMA 1", "HERRING QUOTA"),
        ("SUBJECT: Herring in ValdmarkClassified By: DCM Ilse Brandvik", "Herring in Valdmark"),
        ("SUBJECT: HERRING QUOTAS\nClassified By: DCM Ilse Brandvik", "HERRING QUOTAS"),
        ("SUBJECT: HERRING QUOTAS\nThis is an action request.", "HERRING QUOTAS"),
        ("SUBJECT: HERRING QUOTAS SENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT", "HERRING QUOTAS"),
        ("SUBJECT: HERRING QUOTAS\n--------------\nSUMMARY", "HERRING QUOTAS"),
        ("SUBJECT: HERRING...\nC O N F I D E N T I A L VALDMARK 000538", "HERRING..."),
        ("SUBJECT: HERRING &#8220;QUOTAS&#8221; &amp; FERRIES", "HERRING “QUOTAS” & FERRIES"),
        ("SUBJECT: (C) HERRING QUOTAS", "(C) HERRING QUOTAS"),
        ("SUBJECT: HERRING (SUBJECT LINE) QUOTAS", "HERRING (SUBJECT LINE) QUOTAS"),
        ("SUBJECT: A\n" + "B\n" * 20, "A B B B B B B B"),
        ("SUBJECT TO APPEAL, THE GUILD HAS WON", ""),
        ("1. (U) SUBJECT: HERRING", ""),
        ("SUBJECT:", ""),
        ("", ""),
    ],
)
def test_subject_ends_where_another_thing_begins(text: str, expected: str) -> None:
    assert parse_subject(text) == expected


def test_located_subject_covers_label_and_words() -> None:
    text = "TAGS: PREL\nSUBJECT: HERRING \nQUOTAS \n\nREF: LIMA 1"
    found = locate_subject(text)
    assert text[found.start : found.end] == "SUBJECT: HERRING \nQUOTAS"
