"""References: lists in every arrangement, cables in every spelling, papers of other kinds."""

from __future__ import annotations

import pytest

from cables.parsing.records import ParsedReference
from cables.parsing.references import list_references, locate_references, parse_references


def targets(text: str, *, year: int = 2008, identifier: str | None = None) -> list[str]:
    found = parse_references(text, year=year, identifier=identifier)
    return [reference.target for reference in found if reference.kind == "cable"]


@pytest.mark.parametrize(
    "label",
    [
        "REF:",
        "REFS:",
        "REF(S):",
        "REFTEL:",
        "REFERENCE:",
        "PROGRAM REF:",
        "REF.",
        "REF",
        "Ref:",
        "SUBJECT: FERRIES REF:",
    ],
)
def test_label_in_every_spelling(label: str) -> None:
    assert targets(f"{label} ROME 12") == ["08ROME12"]


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("2006 ROME 80", "06ROME80"),
        ("06 ROME 80", "06ROME80"),
        ("006 ROME 80", "06ROME80"),
        ("O6 ROME 80", "06ROME80"),
        ("(06) ROME 80", "06ROME80"),
        ("'06 ROME 80", "06ROME80"),
        ("ROME 80 (06)", "06ROME80"),
        ("ROME 80 (2006)", "06ROME80"),
        ("ROME 80 '06", "06ROME80"),
        ("ROME 080-06", "06ROME80"),
        ("ROME 00080/06", "06ROME80"),
        ("ROME (06) 80", "06ROME80"),
        ("06ROME0080", "06ROME80"),
        ("06-ROME-80", "06ROME80"),
        ("ROME #80", "08ROME80"),
        ("rome 80", "08ROME80"),
        ("80 Rome", "08ROME80"),
        ("LA PAZ 80", "08LAPAZ80"),
        ("N'DJAMENA 80", "08NDJAMENA80"),
        ("MEXICO CITY 80", "08MEXICO80"),
        ("RIO DE JAN 80", "08RIODEJANEIRO80"),
        ("SECSTATE WASHDC 80", "08STATE80"),
        ("0TTAWA 80", "08OTTAWA80"),
        ("SANTIAG0 80", "08SANTIAGO80"),
        ("VALDMARK 80", "08VALDMARK80"),
        ("07 PORT ALDWIN 0080", "07PORTALDWIN80"),
        ("15 ROME 80", "08ROME80"),
    ],
)
def test_year_station_and_number_in_every_spelling(words: str, target: str) -> None:
    assert targets(f"REF: {words}") == [target]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A. ROME 1 B. LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("A) ROME 1, B) LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("(A)ROME 1, (B)LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("[A] ROME 1 [B] LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("A.) ROME 1\n     B.) LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("A: ROME 1; B: LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("A ROME 1 B LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("A. (A) ROME 1 ¶B. (B) LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("A. REF A ROME 1 ¶B. B LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("A) ROME 1 B) LIMA 2 B) LIMA 3", ["A 08ROME1", "B 08LIMA2", "B 08LIMA3"]),
        ("(1) 2005 ROME 1, (2) LIMA 2", ["1 05ROME1", "2 08LIMA2"]),
        ("ROME 1; LIMA 2: OSLO 3", [" 08ROME1", " 08LIMA2", " 08OSLO3"]),
        ("ROME 1 LIMA 2", [" 08ROME1", " 08LIMA2"]),
        (
            "A. ROME 11 AND 12 B. LIMA 333, 334/335",
            ["A 08ROME11", "A 08ROME12", "B 08LIMA333", "B 08LIMA334", "B 08LIMA335"],
        ),
        ("A. ROME 11 AND 12 (NOTAL) AND PREVIOUS", ["A 08ROME11", "A 08ROME12"]),
        ("ROME 11, 07 LIMA 12", [" 08ROME11", " 07LIMA12"]),
        ("ROME 101-103", [" 08ROME101", " 08ROME102", " 08ROME103"]),
        ("A. ROME 1 (FERRIES TO LIMA 2004) B. LIMA 2", ["A 08ROME1", "B 08LIMA2"]),
        ("A. ROME 1 ROME 1", ["A 08ROME1"]),
    ],
)
def test_labels_and_numbers_of_a_list(words: str, expected: list[str]) -> None:
    found = parse_references(f"REF: {words}", year=2008)
    assert [f"{reference.label} {reference.target}" for reference in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "REF: A. ROME 1\nB. LIMA 2\n\n1. (U) See OSLO 3.",
        "REF: A. ROME 1\n\n     ¶B. LIMA 2\n\nClassified By: DCM OSLO 3",
        "REF: A. ROME 1\n\nB. LIMA 2\n\n\nS e c r e t oslo 000003",
        "REF: A. ROME 1\nVALDMARK 00000881  002 OF 003 \nB. LIMA 2\n\nSUMMARY: OSLO 3",
        "REF: A. ROME 1\nSECRET\n\nPAGE 02 VALDMA 01234 01 OF 02 241033Z\nB. LIMA 2",
        "REF: A. ROME 1 VALDMARK 00000881 001.2 OF 003 B. LIMA 2",
        "REF: A. ROME 1\nB. LIMA 2\nSENSITIVE BUT UNCLASSIFIED\nOSLO 3",
        "REF: A. ROME 1 B. LIMA 2\n\nOslo 3 is a number of a house.\n",
        "REF: A. ROME 1 B. LIMA 2\n----\nOSLO 3",
    ],
)
def test_list_goes_over_page_breaks_and_ends_with_the_field(text: str) -> None:
    assert targets(text)[:2] == ["08ROME1", "08LIMA2"]
    assert "08OSLO3" not in targets(text)[2:] or "Oslo" in text


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("REHN-BRANDVIK EMAIL 10/9", "e-mail"),
        ("2/22/08 REHN-BRANDVIK E-MAIL", "e-mail"),
        ("REHN/BRANDVIK TELCON 3/4/05", "telephone"),
        ("12 FAM 1234", "book"),
        ("IIR 6 899 0149 10", "report"),
        ("EMBASSY PARIS DAILY REPORT FOR OCTOBER 28", "report"),
        ("OSC GMP20080102", "report"),
        ("REHN FAX OF MAY 3", "fax"),
        ("MEMO OF MAY 3", "memo"),
        ("MEETING OF MAY 3", "meeting"),
        ("HTTP://FERRIES.EXAMPLE", "web"),
        ("OSLO MSG DTG 301601Z SEP 08", "other"),
        ("UNSCR 1737", "other"),
        ("SEPTEL", "other"),
    ],
)
def test_other_papers_are_kept_with_their_kind(words: str, kind: str) -> None:
    assert parse_references(f"REF: {words}", year=2008) == [ParsedReference("", kind, "", words)]


@pytest.mark.parametrize("text", ["REF: NONE", "REF: N/A", "REF:", "SUBJECT: FERRIES", "", "1. (U) REF: ROME 1"])
def test_nothing_is_cited(text: str) -> None:
    assert parse_references(text, year=2008) == []


def test_reference_to_itself_is_left_out() -> None:
    assert targets("REF: ROME 11, OSLO 12", identifier="08ROME11") == ["08OSLO12"]


def test_number_far_above_its_own_is_of_the_year_before() -> None:
    assert targets("REF: ROME 3456, 22, LIMA 3456", identifier="08ROME12") == ["07ROME3456", "08ROME22", "08LIMA3456"]


def test_archives_series_has_four_digits_of_year_within_its_years() -> None:
    assert targets("REF: LIMA 12; 72 LIMA 13", year=1974, identifier="1974ROME5") == ["1974LIMA12", "72LIMA13"]
    assert targets("REF: LIMA 12", year=1974, identifier="74ROME5") == ["74LIMA12"]


def test_list_of_a_source_has_no_label() -> None:
    assert [reference.target for reference in list_references("06ROME1|LIMA 2", year=2008)] == ["06ROME1", "08LIMA2"]


def test_located_references_cover_label_and_list() -> None:
    text = "SUBJECT: FERRIES\nREF: A. ROME 1\n     B. LIMA 2 \n\nClassified By: DCM"
    found = locate_references(text, year=2008)
    assert text[found.start : found.end] == "REF: A. ROME 1\n     B. LIMA 2"
