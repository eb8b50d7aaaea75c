"""The summary of a cable, however it is marked."""

from __future__ import annotations

import pytest

from cables.parsing.summary import parse_summary

SUMMARIES = [
    ("REF: ORMOND 12\n\nSUMMARY: THE PORT IS OPEN.\nEND SUMMARY\n\n1. IN MARCH", "THE PORT IS OPEN."),
    ("SUMMARY\n-------\n\n1. (C) The port is open.\nEnd Summary.\n\nNEXT", "The port is open."),
    ("Summary -------\n\n2. (C) The port is open. End Summary", "The port is open."),
    ("Summary =======\n\n1. (C) The port is open. End Summary", "The port is open."),
    ("1. (C) SUMMARY: The port is open.\n \nTHE NEXT ONE", "The port is open."),
    ("1. (C) Summary. The port is open. End summary.\n\n2. (C) More.", "The port is open."),
    (
        "1. (U) Act.\n\n2. (C) Summary and Action Request. Open the port. End Summary and Action Request.\n",
        "Open the port.",
    ),
    ("1. (C) Summary and Comment: The port is open. End Summary and Comment.", "The port is open."),
    ("1. (C) BEGIN SUMMARY: The port is open. END SUMMARY.", "The port is open."),
    ("1. (C) SUMMAY: The port is open. END SUMMARY.", "The port is open."),
    ("1. (C) Introduction and Summary: The port is open. End Summary.", "The port is open."),
    ("1. (C) SUMMARY AND TABLE OF CONTENTS: The port is open. END SUMMARY.", "The port is open."),
    ("1.  Summary: (SBU) The port is open. End Summary \n\n2. ", "The port is open."),
    ("1. (S) SUMMARY: The port is open. END\nSUMMARY.\n\n2. (S) Then", "The port is open."),
    ("Classified By: Ann Oduya. REASON: 1.4 (b)\n\n1.(C) The port is open. End Summary.", "The port is open."),
    (
        "1. (C) Summary: The port\n\nVOLTANA 00000123  002 OF 003\n\n\nis open. End Summary.\n\n2. (C) More.",
        "The port\n\nis open.",
    ),
    (
        "SUMMARY\n-------\n\n1. (C) The port is open.\n\n2. (C) The airport is not.\n\nNEXT\n----\n\n3. (C) More.",
        "The port is open.\n\nThe airport is not.",
    ),
    ("1. (C) SUMMARY, COMMENT AND ACTION REQUEST: Open it. END SUMMARY.", "Open it."),
    ("1. (C) Summary/Comment: The port is open. End summary/comment.", "The port is open."),
    ("1. (C) (Summary) The port is open. (End Summary)", "The port is open."),
    ("1. (C) SUMMARY The port is open. END OF SUMMARY.", "The port is open."),
    ("1. (C) A summary of the talks follows.\n\n2. (C) More.", ""),
    ("1. (C) The port is open.", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), SUMMARIES)
def test_the_summary_is_read_without_label_numbers_and_marks(text: str, expected: str) -> None:
    assert parse_summary(text) == expected
