"""The names under cables."""

from __future__ import annotations

import pytest

from cables.parsing.signers import locate_signers, parse_signers

SIGNED = [
    ("4. The ministry agreed.\nHALVERSEN\n", ["HALVERSEN"]),
    ("4. THE MINISTRY AGREED.\nHALVERSEN\n", ["HALVERSEN"]),
    ("4. THE MINISTRY AGREED.\n\nHALVERSEN##\n", ["HALVERSEN"]),
    ("4. The ministry agreed.\n \nHALVERSEN \n.", ["HALVERSEN"]),
    ("4. The ministry agreed.\nHalversen", ["Halversen"]),
    ("4. THE MINISTRY AGREED. END COMMENT.HALVERSEN", ["HALVERSEN"]),
    ("4. VOLTANA MINIMIZE CONSIDERED.  HALVERSEN\n", ["HALVERSEN"]),
    ("4. The ministry agreed. HALVERSEN", ["HALVERSEN"]),
    ("4. THE MINISTRY AGREED.\nHALVERSEN\n\n\nCONFIDENTIAL\n\nSIPDIS\n", ["HALVERSEN"]),
    ("4. The ministry agreed.\nHALVERSEN\n\n\nNNNN\n\n      2004VOLTAN01540 - UNCLASSIFIED", ["HALVERSEN"]),
    (
        "4. The ministry agreed.\nHALVERSEN\n\n          SECRET\n\n>\n 2002VOLTAN01748 - Classification: SECRET",
        ["HALVERSEN"],
    ),
    ("4. THE MINISTRY AGREED.\n\nGP-3\nHALVERSEN", ["HALVERSEN"]),
    (
        "4. TEXT.\n\nHALVERSEN\n\nDeclassified/Released US Department of State EO\nSystematic Review 05 JUL 2006",
        ["HALVERSEN"],
    ),
    ("4. The ministry agreed.\n\nVOLTANA 00003382  003 OF 003\n\n\nHALVERSEN", ["HALVERSEN"]),
    ("4. The ministry agreed.\nHALVERSEN\nBT\n#0538\n\n\nNNNN\n", ["HALVERSEN"]),
    ("4. The ministry agreed.\nHALVERSEN\n=====CABLE COMPLETE=====", ["HALVERSEN"]),
    ("4. The ministry agreed.\nVan Houten", ["Van Houten"]),
    ("4. The ministry agreed.\nO'MALLEY", ["O'MALLEY"]),
    ("4. The ministry agreed.\nDE LA TORRE", ["DE LA TORRE"]),
    ("4. The ministry agreed.\nHALVERSEN/OKONJO", ["HALVERSEN", "OKONJO"]),
    ("4. The ministry agreed.\n\nHALVERSEN\nOKONJO", ["HALVERSEN", "OKONJO"]),
    ("4. The ministry agreed. The", []),
    ("4. The ministry agreed.", []),
    ("4. THE MINISTRY AGREED WITH\nHALVERSEN", []),
    ("4. THE MINISTRY AGREED.\n\nXXXXXXXXXXXX", []),
    ("4. THE MINISTRY AGREED. END COMMENT", []),
    ("4. THE MINISTRY AGREED.\n\nNNNN", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SIGNED)
def test_the_signers_are_the_names_at_the_end(text: str, expected: list[str]) -> None:
    assert parse_signers(text) == expected


def test_the_place_of_a_signature_is_its_line() -> None:
    text = "4. The ministry agreed.\nHALVERSEN\n\nNNNN\n"
    located = locate_signers(text)
    assert text[located.start : located.end] == "HALVERSEN\n"
