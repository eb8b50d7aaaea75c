"""Classification and captions: spaced letters, marks in full, lines of captions."""

from __future__ import annotations

import pytest

from cables.parsing.classification import (
    canonical_classification,
    locate_classification,
    parse_captions,
    parse_classification,
)


@pytest.mark.parametrize(
    ("text", "marking", "captions"),
    [
        (
            "S E C R E T SECTION 01 OF 03 ORMOND 000881\nSIPDIS\nNOFORN\nE.O. 12958: X",
            "SECRET//NOFORN",
            ["SIPDIS", "NOFORN"],
        ),
        ("S e c r e t ormond 000881\nSipdis\nE.o. 12958: x", "SECRET", ["SIPDIS"]),
        ("T O P  S E C R E T ORMOND 1\nNODIS\n", "TOP SECRET", ["NODIS"]),
        ("C O N F I D E N T I A L ORMOND 1 NOFORN SIPDIS STATE FOR EUR", "CONFIDENTIAL//NOFORN", ["NOFORN", "SIPDIS"]),
        ("LIMITED OFFICIAL USE ORMOND 2545\n", "LIMITED OFFICIAL USE", []),
        ("UNCLAS ORMOND 2545\nSIPDIS\n", "UNCLASSIFIED", ["SIPDIS"]),
        ("UNCLAS ORMOND 2545\nSENSITIVE\n", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", ["SENSITIVE"]),
        ("UNCLAS E F T O ORMOND 2545\n", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", ["EFTO"]),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY\n", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", ["FOUO"]),
        ("SECRET ORMOND 1\nSTADIS/////////////\nEXDIS\nE.O. 11652: GDS", "SECRET", ["STADIS", "EXDIS"]),
        ("SECRET ORMOND 1\nEYES ONLY FOR AMBASSADOR\nROGER CHANNEL\n", "SECRET", ["EYES ONLY", "ROGER"]),
        ("SECRET ORMOND 1\nDS FOR IP/ITA\nSTATE FOR NOFORN DESK\n", "SECRET", []),
        ("SECRET\n\nPAGE 01 ORMOND 01196 01 OF 02 082030Z\nSECRET ORMOND 1196\nLIMDIS\n", "SECRET", ["LIMDIS"]),
        ("E.O. 12958: N/A\nSECRET", "", []),
        ("The guild keeps its secret.", "", []),
        ("", "", []),
    ],
)
def test_marking_and_captions_of_a_body(text: str, marking: str, captions: list[str]) -> None:
    assert (parse_classification(text), parse_captions(text)) == (marking, captions)


@pytest.mark.parametrize(
    ("cell", "marking"),
    [
        ("SECRET//NOFORN", "SECRET//NOFORN"),
        ("secret / noforn", "SECRET//NOFORN"),
        ("S/NF", "SECRET//NOFORN"),
        ("C", "CONFIDENTIAL"),
        ("CONFIDENTIAL", "CONFIDENTIAL"),
        ("Unclassified//FOUO", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("SENSITIVE BUT UNCLASSIFIED", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("SBU", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("UNCLAS", "UNCLASSIFIED"),
        ("LOU", "LIMITED OFFICIAL USE"),
        ("TOP SECRET", "TOP SECRET"),
        ("Restricted", "RESTRICTED"),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_marking_of_a_source_in_every_spelling(cell: str, marking: str) -> None:
    assert canonical_classification(cell) == marking


def test_located_classification_is_its_line() -> None:
    text = "Tuesday, 20 January 2004, 09:44\nS E C R E T ORMOND 000881 \nSIPDIS"
    found = locate_classification(text)
    assert text[found.start : found.end] == "S E C R E T ORMOND 000881"
