"""TAGS: where the line is found, how far it goes, and what its words mean."""

from __future__ import annotations

import pytest

from cables.parsing.tag_list import tag_list
from cables.parsing.tags import locate_tags, parse_tags


@pytest.mark.parametrize(
    "label",
    ["TAGS:", "TAGS", "TAG:", "TAG", "tAgs:", "TAGES:", "TAS:", "TABS", "TGS:", "AGS:", "TAGS;", "TAGS,", "TAGS -"],
)
def test_label_in_every_spelling(label: str) -> None:
    assert parse_tags(f"E.O. 12958: N/A\n{label} PREL, PGOV\nSUBJECT: FERRIES") == ["PREL", "PGOV"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E.O. 12958: N/A\nEFIS, ECON, NO\nSUBJECT: FERRIES", ["EFIS", "ECON", "NO"]),
        ("E.o. 12958: decl: 01/07/2014 Tags: prel, pgov Subject: ferries", ["PREL", "PGOV"]),
        ("E.O. 12958: N/A\nSUBJECT: FERRIES\n\n1. (U) TAGS: PREL are needed", []),
        ("SUBJECT: FERRIES\nECON, EFIS\n", []),
        ("TAGS: N/A\nSUBJECT: FERRIES", []),
        ("", []),
    ],
)
def test_line_without_label_or_among_others(text: str, expected: list[str]) -> None:
    assert parse_tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TAGS: PREL,\nferry", ["PREL", "FERRY"]),
        ("TAGS: PREL\nferry", ["PREL"]),
        ("TAGS: PREL\nECON, EFIS\nSUBJECT: FERRIES", ["PREL", "ECON", "EFIS"]),
        ("TAGS: PREL\nECON, EFIS, QQ\nSUBJECT: FERRIES", ["PREL", "ECON", "EFIS", "QQ"]),
        ("TAGS:\nPREL, ECON\nSUBJECT: FERRIES", ["PREL", "ECON"]),
        ("TAGS: OREP COUNTRY\nCLEARANCE\nSUBJECT: FERRIES", ["OREP", "COUNTRY CLEARANCE"]),
        ("TAGS: PREL\n\nECON and fish are discussed\nSUBJECT: FERRIES", ["PREL"]),
        ("TAGS: PREL,\nSECRET\n\nPAGE 02 VALDMA 01234 01 OF 02 241033Z\nECON\nSUBJECT: FERRIES", ["PREL", "ECON"]),
        ("TAGS: PREL, NO         SECRET   PAGE 02   VALDMA  01234  241033Z NOPREL\nSUBJECT: FERRIES", ["PREL", "NO"]),
    ],
)
def test_list_goes_on_after_comma_and_with_tags_alone(text: str, expected: list[str]) -> None:
    assert parse_tags(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PREL, PREL, ECON, PREL", ["PREL", "ECON"]),
        ("ECONEFISNO", ["ECON", "EFIS", "NO"]),
        ("NOPREL EFISNO", ["NO", "PREL", "EFIS"]),
        ("EFISECONWTOSW", ["EFIS", "ECON", "WTO", "SW"]),
        ("TECHNOLOGY SOCIAL SOMETHING IRAN", ["TECHNOLOGY", "SOCIAL", "SOMETHING", "IRAN"]),
        ("POGOV MOPPS ERTD UNFCYP RU", ["PGOV", "MOPS", "ETRD", "UNFICYP", "RS"]),
        ("ZZ QXYZ MONUC PETER", ["ZZ", "QXYZ", "MONUC", "PETER"]),
        ("SIPDIS PREL NOFORN", ["PREL"]),
        ("UNGA/C-6, PREL/PGOV", ["UNGA/C-6", "PREL", "PGOV"]),
        ("PREL, HERRING QUOTAS, ECON", ["PREL", "HERRING QUOTAS", "ECON"]),
        ("IS COUNTER TERRORISM HUMAN RIGHTS", ["IS", "COUNTERTERRORISM", "HUMAN RIGHTS"]),
    ],
)
def test_codes_are_parted_corrected_and_kept_together(value: str, expected: list[str]) -> None:
    assert tag_list(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("OVIP (BRANDVIK, ILSE), PREL", ["OVIP", "BRANDVIK, ILSE", "PREL"]),
        ("OVIP (BRANDVIK, ILSE T.), PREL", ["OVIP", "BRANDVIK, ILSE T.", "PREL"]),
        ("OVIP BRANDVIK ILSE PREL", ["OVIP", "BRANDVIK, ILSE", "PREL"]),
        ("PREL, OSTREM, PETER, ECON", ["PREL", "OSTREM, PETER", "ECON"]),
        ("PREL OSTREM PETER KVERNES JOHN ECON", ["PREL", "OSTREM, PETER", "KVERNES, JOHN", "ECON"]),
    ],
)
def test_persons_become_surname_and_given_name(value: str, expected: list[str]) -> None:
    assert tag_list(value) == expected


def test_located_tags_cover_label_and_list() -> None:
    text = "SIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL, ECON,\nNO \nSUBJECT: FERRIES"
    found = locate_tags(text)
    assert text[found.start : found.end] == "TAGS: PREL, ECON,\nNO"


def test_located_tags_are_nowhere_where_there_are_none() -> None:
    found = locate_tags("SUBJECT: FERRIES")
    assert (found.value, found.start, found.end) == ([], 0, 0)
