"""The classification authority: name and reasons in every arrangement, and words the form cut."""

from __future__ import annotations

from datetime import date

import pytest

from cables.parsing.authority import locate_authority
from cables.parsing.classified_by import locate_classified_by, parse_classified_by
from cables.parsing.reasons import parse_classification_reasons


@pytest.mark.parametrize(
    "authority",
    [
        "Ambassador Ilse T. Brandvik for reasons 1.4 (b) and (d).",
        "Ilse T. Brandvik, Ambassador. Reason: 1.4 (d)",
        "DCM ILSE T. BRANDVIK. REASONS 1.5 (B) AND (D).",
        "Abmassador Ilse T. Brandvik, reaons 1.4 (b)",
        "Political Counselr Ilse T. Brandvik; E.O. 12958, reasons 1.4 (b,d)",
        "POL MIN COUNS. ILSE T. BRANDVIK PER 1.5 (D)",
        "Acting EconMinCouns Ilse T. Brandvik under 1.4 b",
        "Charge d'Affaires, a.i., Ilse T. Brandvik - reasons 1.4 (b)",
        "Charge d' Affaires (AI) Ilse T. Brandvik based upon reasons 1.4 (b)",
        "NEA/ARP - ILSE T. BRANDVIK, REASON 1.5 (D)",
        "CDA: Ilse T. Brandvik for reQ#8$UQ may choke on",
        "(U) Classified By: Classified by A/DCM Ilse T. Brandvik for reas (b)",
        "Deputy Assistant Secretary of State for Central Asia Ilse T. Brandvik for reasons 1.4",
        "AMBASSADOR TO SUDAN ILSE T. BRANDVIK. REASON 1.5(D).",
        "Minister-Counselor for Political Affairs Ilse T. Brandvik. Reasons 1.4",
        "PRT Kirkuk Governance Section Head Ilse T. Brandvik fr reason 1.4 (b)",
        "Mission Iraq, Ilse T. Brandvik",
        "Ambassador Ilse T. Brandvik \n\nWill Not Break Silence\n-----",
        "Ambassador Ilse T. Brandvik\n                SECRET\n\nPAGE 02 VALDMA 01234 01 OF 02 241033Z\nREASONS: 1.5",
    ],
)
def test_name_is_found_among_titles(authority: str) -> None:
    assert parse_classified_by(f"Classified By: {authority}").upper() == "ILSE T. BRANDVIK"


@pytest.mark.parametrize(
    ("authority", "name"),
    [
        ("Ambassador Rolv Ostrem, Jr. for reasons 1.4", "Rolv Ostrem, Jr."),
        ("Ambassador Rolv Ostrem, III. Reasons 1.4", "Rolv Ostrem, III"),
        ("AMBASSADOR ROLV OSTREM II FR REASONS 1.4", "ROLV OSTREM II"),
        ("AMBASSADOR OSTREM. REASON 1.5", "OSTREM"),
        ("A.F. Ostrem, DCM", "A.F. Ostrem"),
        ("D. OSTREM, POLCOUNS", "D. OSTREM"),
        ("Consul Maria de la Cruz", "Maria de la Cruz"),
        ("DCM Kurt van der Walden", "Kurt van der Walden"),
        ("Econ Chief Jon West for reason 1.4", "Jon West"),
        ("Ambassador Mike O’Neill-Smith", "Mike O'Neill-Smith"),
        ("AMBASSADOR RICAHRD OSTREM", "RICHARD OSTREM"),
        ("AMBASSAD0R R0LV 0STREM. REAS0N 1.5", "R0LV 0STREM"),
        ("POLITICAL OFFICER", ""),
        ("E.O. 12958", ""),
        ("", ""),
    ],
)
def test_names_of_every_make(authority: str, name: str) -> None:
    assert parse_classified_by(f"CLASSIFIED BY: {authority}") == name


@pytest.mark.parametrize(
    "text",
    [
        "1. (U) CLASSIFIED BY DCM ROLV OSTREM. REASON 1.5 (D).\n\n2. (C) Text.",
        "Classfied By: DCM ROLV OSTREM",
        "Classified By: ROME 12\nLIMA 13\n\nClassified by DCM ROLV OSTREM; reasons 1.4",
    ],
)
def test_label_in_a_paragraph_misspelt_or_repeated(text: str) -> None:
    assert parse_classified_by(text) == "ROLV OSTREM"


@pytest.mark.parametrize("text", ["", "SUBJECT: FERRIES", "DECLASSIFIED BY NARA 09/02/2009", "DERIVED FROM: DSCG 05-1"])
def test_no_authority_gives_nothing(text: str) -> None:
    assert parse_classified_by(text) == ""


def test_words_cut_by_the_form_are_whole_again() -> None:
    first = "Classified By: Interagency Provincial Affairs Coordinator Rolv Ostr"
    padded = first.replace("Affairs", "Affairs" + "s" * (71 - len(first)))
    assert len(padded) == 71
    text = f"{padded} \nem for reasons 1.4 (b) \nand (d) \n"
    assert locate_authority(text).value.endswith("Coordinator Rolv Ostrem for reasons 1.4 (b) and (d)")


def test_words_of_shorter_lines_stay_apart() -> None:
    assert locate_authority("Classified By: DCM Rolv \nOstrem").value == "DCM Rolv Ostrem"


def test_located_name_covers_the_whole_authority() -> None:
    text = "REF: ROME 1\n\nClassified By: DCM Rolv Ostrem, reasons 1.4 (b) \nand (d). \n\n1. (C) Text."
    found = locate_classified_by(text)
    assert text[found.start : found.end] == "Classified By: DCM Rolv Ostrem, reasons 1.4 (b) \nand (d)."


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ("1.4 (b) and (d).", ["1.4(b)", "1.4(d)"]),
        ("1.4(b), (d)", ["1.4(b)", "1.4(d)"]),
        ("1.5 (B,D)", ["1.5(b)", "1.5(d)"]),
        ("1.4 B AND D", ["1.4(b)", "1.4(d)"]),
        ("1.4 (b/d)", ["1.4(b)", "1.4(d)"]),
        ("1.4 (b+d)", ["1.4(b)", "1.4(d)"]),
        ("1.5(B)&(D)", ["1.5(b)", "1.5(d)"]),
        ("1.4(b)(d)", ["1.4(b)", "1.4(d)"]),
        ("1.4 (b and (d).", ["1.4(b)", "1.4(d)"]),
        ("1. 4 (b) and(d)", ["1.4(b)", "1.4(d)"]),
        ("1.4 (a), (b), (c) and (d)", ["1.4(a)", "1.4(b)", "1.4(c)", "1.4(d)"]),
        ("1.4(b), 1.4(d) and 1.5 c", ["1.4(b)", "1.4(d)", "1.5(c)"]),
        ("1.4 (d). A report follows", ["1.4(d)"]),
        ("1.4", []),
        ("unknown", []),
    ],
)
def test_reasons_in_every_spelling(reasons: str, expected: list[str]) -> None:
    assert parse_classification_reasons(f"Classified By: DCM Rolv Ostrem, reasons {reasons}") == expected


@pytest.mark.parametrize("reasons", ["(b) and (d).", "(B,D)", ": B AND D", " b, d", " (b) \nand (d)"])
@pytest.mark.parametrize(
    ("sent_on", "section"), [(date(1995, 10, 14), "1.5"), (date(2003, 3, 24), "1.5"), (date(2003, 3, 25), "1.4")]
)
def test_letters_alone_are_of_the_section_of_their_day(reasons: str, sent_on: date, section: str) -> None:
    text = f"E.O. 12958: DECL: 1/1/15\nClassified By: DCM Rolv Ostrem, reasons{reasons}"
    assert parse_classification_reasons(text, sent_on) == [f"{section}(b)", f"{section}(d)"]


@pytest.mark.parametrize("order", ["E.O. 12958, AS AMENDED:", "E.O. 12958 AS AMENDED BY E.O. 13292:", "E.O. 13526:"])
def test_letters_alone_are_of_the_section_of_the_order_that_is_named(order: str) -> None:
    assert parse_classification_reasons(f"{order} DECL: 1/1/15\nREASON: B") == ["1.4(b)"]


@pytest.mark.parametrize("sent_on", [None, date(1995, 10, 13)])
def test_letters_alone_are_left_out_where_no_order_is_known(sent_on: date | None) -> None:
    assert parse_classification_reasons("Classified By: DCM Rolv Ostrem, reasons (b) and (d).", sent_on) == []


@pytest.mark.parametrize("words", ["for a good reason", "reason: a report follows", "reasons unknown"])
def test_words_after_reason_are_no_letters(words: str) -> None:
    assert parse_classification_reasons(f"Classified By: DCM Rolv Ostrem, {words}", date(2005, 1, 1)) == []


def test_reasons_without_a_classifier() -> None:
    assert parse_classification_reasons("E.O. 12958: DECL: 1/1/15\nREASON: 1.4(B)\n") == ["1.4(b)"]
