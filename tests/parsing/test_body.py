"""Bodies taken apart: what each piece is, and what it reads."""

from __future__ import annotations

import pytest

from cables.parsing.body import parse_paragraphs
from cables.parsing.body_lines import MAX_LINES
from cables.parsing.records import ParsedParagraph

PREAMBLE = """\
C O N F I D E N T I A L SECTION 01 OF 02 VOLTANA 000123

SIPDIS

E.O. 12958: DECL: 02/10/2015
TAGS: PGOV
SUBJECT: THE PORT IS OPEN

REF: A. ORMOND 12

     B. ORMOND 13

Classified By: Ambassador Ann Oduya, reasons 1.4 (b)
and (d).

"""


def pieces(text: str) -> list[ParsedParagraph]:
    """Return the pieces of a body that starts with an invented preamble, after it."""
    found = parse_paragraphs(PREAMBLE + text)
    assert (found[0].kind, found[0].raw) == ("preamble", PREAMBLE)
    return found[1:]


def numbers(text: str) -> list[str]:
    """Return the number of every piece, in order, that has one, repeats once."""
    return list(dict.fromkeys(piece.number for piece in pieces(text) if piece.number))


NUMBERS = [
    ("1. (C) One.\n\n2. (C) Two.\n\n3. (C) Three.\n", ["1", "2", "3"]),
    ("¶1. (C) One.\n\n¶2. (C) Two.\n", ["1", "2"]),
    ("1.(C) One.\n\n2.. (C) Two.\n\n3, (C) Three.\n\n4 (C) Four.\n", ["1", "2", "3", "4"]),
    ("1.  ONE.\n2.  TWO.\n3.  THREE.\n", ["1", "2", "3"]),
    ("1. (C) Rehn came in\n¶2002.  The port was shut.\n\n2. (C) Two.\n", ["1", "2"]),
    ("1. (C) Rehn comes to the port of Voltana on June\n2. It is shut.\n\n2. (C) Two.\n", ["1", "2"]),
    ("1. (C) One.\n\n2. (C) Rehn came to the port of Voltana on March\n3.  He saw it.\n", ["1", "2"]),
    ("1. ONE.\n2. PLEASE ADVISE\n3. THREE.\n", ["1", "2", "3"]),
    ("1. REPORTS OF THE BUREAUS FOLLOW.\nH - A. REHN\n1. SHIPS.\n2. BOATS.\n", ["1"]),
    ("1. (C) The price rose by\n2.5 percent.\n\n2. (C) Two.\n", ["1", "2"]),
    ("1. (C) One.\n\n2. (C) Wants:\n\n1. Ships\n2. Boats\n3. Oars\n4. Sails\n\n3. (C) Three.\n", ["1", "2", "3"]),
    ("1. (C) One.\n\n2. (C) Wants:\n\n  1) Ships\n  2) Boats\n  3) Oars\n\n3. (C) Three.\n", ["1", "2", "3"]),
    ("1. (C) One.\n\n4. (C) Four.\n\n5. (C) Five.\n", ["1", "4", "5"]),
    ("XXXXXXXXXXXX\n\n7. (C) Seven.\n\n8. (C) Eight.\n", ["7", "8"]),
    ("1. (C) One.\n\nVOLTANA 00000123  002 OF 002 2. (C) Two.\n", ["1", "2"]),
    ("1. (C) ONE.\nPAGE 02 VOLTAN 00123 01 OF 02 291401Z 2. (C) TWO.\n", ["1", "2"]),
    ("The port is open.\n\nThe airport is not.\n", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_paragraph_numbers_rise_from_one(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_the_first_number_stands_right_under_the_subject() -> None:
    body = "SECRET VOLTANA 123\nSUBJECT: DAILY REPORTS OF THE BUREAUS, WEDNESDAY, JULY 21\n1. THE REPORTS.\n1. SHIPS.\n"
    assert [(piece.kind, piece.text) for piece in parse_paragraphs(body)][1:] == [
        ("paragraph", "THE REPORTS.\n1. SHIPS."),
    ]


HEADINGS = [
    ("The Port\n--------\n\n1. (C) One.\n", "The Port"),
    ("The Port\n========\n\n1. (C) One.\n", "The Port"),
    ("--------\nThe Port\n--------\n\n1. (C) One.\n", "The Port"),
    ("- - - - -\nThe Port\n- - - - -\n\n1. (C) One.\n", "The Port"),
    ("--------------\nThe Port Which\nIs Open\n--------------\n\n1. (C) One.\n", "The Port Which Is Open"),
    ("THE PORT IS OPEN ----------------\n\n1. (C) One.\n", "THE PORT IS OPEN"),
    ("The Port\n\n1. (C) One.\n", "The Port"),
    ("THE PORT\n1. (C) One.\n", "THE PORT"),
    ("SUMMARY:\n\n1. (C) One.\n", "SUMMARY"),
    ("G8\n--\n\n1. (C) One.\n", "G8"),
    ("--------\nThe Port\nSIPDIS\n--------\n\n1. (C) One.\n", "The Port"),
]


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_a_title_before_a_paragraph_is_its_heading(text: str, expected: str) -> None:
    found = pieces(text)
    assert [piece.text for piece in found if piece.kind == "heading"] == [expected]
    assert [(piece.number, piece.heading) for piece in found if piece.kind == "paragraph"] == [("1", expected)]


NO_HEADINGS = [
    "1. (C) One.\n\nThe port was open on that day and no ship\n\n2. (C) Two.\n",
    "1. (C) One.\n\nXXXXXXXXXXXX\n\n2. (C) Two.\n",
    "1. (C) One.\n\nThe Port Was Open.\n\n2. (C) Two.\n",
    "1. (C) He said the\nPort Authority\n\n2. (C) Two.\n",
]


@pytest.mark.parametrize("text", NO_HEADINGS)
def test_running_text_is_no_heading(text: str) -> None:
    assert [piece.kind for piece in pieces(text)] == ["paragraph", "paragraph"]


def test_a_paragraph_tells_number_mark_level_heading_and_text() -> None:
    found = pieces("The Port\n--------\n\n¶1. (S/NF) Rehn says the port\nis open.\n\n")
    assert found[1] == ParsedParagraph(
        position=3,
        kind="paragraph",
        raw="¶1. (S/NF) Rehn says the port\nis open.\n\n",
        text="Rehn says the port is open.",
        number="1",
        marking="S/NF",
        level="SECRET",
        heading="The Port",
    )


APPARATUS = [
    "VOLTANA 00000123  002 OF 002\n",
    "VOLTANA 00000123  002.2 OF 002\n",
    "VOLTANA 00000123 002 of 002\n",
    "LA PAZ 00000123  002 OF 002\n",
    "SIPDIS\n",
    "CONFIDENTIAL\n",
    "C O N F I D E N T I A L\n",
    "CONFIDENTIAL\n\nCONFIDENTIAL\n\nPAGE 02        VOLTAN  00123  01 OF 02  182017Z\n",
    " CONFIDENTIAL\n CONFIDENTIAL PTQ1865\nPAGE 02 VOLTANA 00123 291400Z\n",
    "PAGE 02 STATE 181062 TOSEC 190010\n",
    "PAGE 02 VOLTANA 00123 002 OF 002\n",
]


@pytest.mark.parametrize("printed", APPARATUS)
def test_a_sentence_goes_on_after_apparatus_with_the_same_number(printed: str) -> None:
    found = pieces(f"1. (C) Rehn says the port\n\n{printed}\n\nis open.\n\n2. (C) Two.\n")
    assert [(piece.kind, piece.number, piece.marking, piece.text) for piece in found] == [
        ("paragraph", "1", "C", "Rehn says the port"),
        ("apparatus", "", "", "\n".join(line.strip() for line in printed.splitlines() if line.strip())),
        ("paragraph", "1", "C", "is open."),
        ("paragraph", "2", "C", "Two."),
    ]


WITHIN_LINES = [
    ("1. (C) Rehn says the  VOLTANA 00000123  002 OF 002   port is open.\n", "VOLTANA 00000123  002 OF 002"),
    ("1. (C) Rehn says the PAGE 02 VOLTAN 00123 281751 Z port is open.\n", "PAGE 02 VOLTAN 00123 281751 Z"),
    ("1. (C) Rehn says the\nSIPDIS port is open.\n", "SIPDIS"),
]


@pytest.mark.parametrize(("text", "printed"), WITHIN_LINES)
def test_apparatus_within_a_line_is_cut_out(text: str, printed: str) -> None:
    assert [(piece.kind, piece.text) for piece in pieces(text)] == [
        ("paragraph", "Rehn says the"),
        ("apparatus", printed),
        ("paragraph", "port is open."),
    ]


def test_the_classification_at_the_end_of_a_page_is_not_read_as_text() -> None:
    found = pieces("1. (C) REHN SAYS THE CONFIDENTIAL\nPAGE 02 VOLTANA 00123 291400Z PORT IS OPEN.\n")
    assert [piece.text for piece in found if piece.kind == "paragraph"] == ["REHN SAYS THE", "PORT IS OPEN."]


REPEATED = """\
CONFIDENTIAL


R 171512Z JAN 90
FM AMEMBASSY VOLTANA
TO SECSTATE WASHDC 5366
INFO AMEMBASSY ORMOND
AMEMBASSY KESTREL

C O N F I D E N T I A L SECTION 02 OF 02 VOLTANA 000123

SIPDIS

E.O. 12958: DECL: 02/10/2015
TAGS: PGOV
SUBJECT: THE PORT IS OPEN

"""


def test_the_header_that_a_later_section_repeats_is_apparatus() -> None:
    found = pieces(f"1. (C) Rehn says the port\n{REPEATED}is open.\n\n2. (C) Two.\n")
    assert [(piece.kind, piece.number) for piece in found] == [
        ("paragraph", "1"),
        ("apparatus", ""),
        ("paragraph", "1"),
        ("paragraph", "2"),
    ]
    assert found[1].raw == REPEATED


def test_a_table_keeps_its_columns() -> None:
    rows = "Port        Ships   Boats\n------------------------\nVoltana        12      30\nOrmond          3       7\n"
    found = pieces(f"1. (C) Ships by port:\n\n{rows}\n2. (C) Two.\n")
    assert [(piece.kind, piece.number) for piece in found] == [("paragraph", "1"), ("table", "1"), ("paragraph", "2")]
    assert found[1].text == rows.rstrip("\n")


READINGS = [
    ("1. (C) Rehn says the port\nis open. \n", "Rehn says the port is open."),
    ("1. (C) One.\n\nMore of it.\n", "One.\n\nMore of it."),
    ("1. (C) Wants:\n-- ships;\n-- boats and\noars.\n", "Wants:\n-- ships;\n-- boats and oars."),
    ("1. (C) WANTS:\n\n-- SHIPS AND\n-  BOATS;\n", "WANTS:\n\n-- SHIPS AND BOATS;"),
    ("1. (C) Wants:\n¶A. Ships.\n¶B. Boats.\n", "Wants:\nA. Ships.\nB. Boats."),
    ("1. (C) THE JURISDICTION, AND THE JURIS- \nDICTION.\n", "THE JURISDICTION, AND THE JURISDICTION."),
    ("1. (C) AND OTHER-\nWISE OPEN.\n", "AND OTHERWISE OPEN."),
    ("1. (C) A LIKE-\nMINDED PORT.\n", "A LIKE-MINDED PORT."),
    ("1. (C) A multi-\nlateral port.\n", "A multi-lateral port."),
    ("1. (C) Open - \nsays Rehn.\n", "Open - says Rehn."),
    ('1. (C) Rehn\\\'s \\"port\\" is open.\\\n', 'Rehn\'s "port" is open.'),
    ("1. (C) One.\n-\nTwo.\n.\n", "One.\n\nTwo."),
    ("1. (C) Rehn came in\n¶2002.  The port was shut.\n", "Rehn came in 2002. The port was shut."),
    ("1. (C) Rehn saw points 1\n(b) and (c).\n", "Rehn saw points 1 (b) and (c)."),
    ("1.\n(C) The port is open.\n", "The port is open."),
]


@pytest.mark.parametrize(("text", "expected"), READINGS)
def test_wrapped_lines_are_joined_for_reading(text: str, expected: str) -> None:
    assert [piece.text for piece in pieces(text)] == [expected]


def test_lines_too_long_to_be_wrapped_stay_apart() -> None:
    long = "Rehn " * 30 + "says so."
    assert [piece.text for piece in pieces(f"1. (C) {long}\nThe port is open.\n")] == [f"{long}\nThe port is open."]


def test_text_without_numbers_becomes_paragraphs_at_blank_lines() -> None:
    found = pieces("(C) The port\nis open.\n\nThe airport is not.\n")
    assert [(piece.kind, piece.number, piece.level, piece.text) for piece in found] == [
        ("paragraph", "", "CONFIDENTIAL", "The port is open."),
        ("paragraph", "", "", "The airport is not."),
    ]


def test_text_before_the_first_number_is_no_preamble() -> None:
    found = pieces("THIS IS AN ACTION REQUEST. SEE PARAGRAPH 2.\n\n1. (C) One.\n")
    assert [(piece.kind, piece.number, piece.text) for piece in found] == [
        ("paragraph", "", "THIS IS AN ACTION REQUEST. SEE PARAGRAPH 2."),
        ("paragraph", "1", "One."),
    ]


ENDS = [
    ("HALVERSEN\n", [("signature", "HALVERSEN")]),
    ("HALVERSEN\n\nNNNN\n", [("signature", "HALVERSEN"), ("end", "NNNN")]),
    ("HALVERSEN\n\nCONFIDENTIAL\n>\n", [("signature", "HALVERSEN"), ("end", "CONFIDENTIAL")]),
    (
        "\nNNNN\n\n*** Current Classification *** UNCLASSIFIED\n",
        [("end", "NNNN\n*** Current Classification *** UNCLASSIFIED")],
    ),
    ("NNNNMAFVVZCZ\n", [("end", "NNNNMAFVVZCZ")]),
    ("<< END OF DOCUMENT >>\n", [("end", "<< END OF DOCUMENT >>")]),
    (
        "HALVERSEN\n\nDeclassified/Released US Department of State EO\nSystematic Review 05 JUL 2006\n",
        [
            ("signature", "HALVERSEN"),
            ("end", "Declassified/Released US Department of State EO\nSystematic Review 05 JUL 2006"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_signature_and_end_marks_are_told_from_the_text(text: str, expected: list[tuple[str, str]]) -> None:
    found = pieces(f"1. (C) The port is open.\n{text}")
    assert found[0].text == "The port is open."
    assert [(piece.kind, piece.text) for piece in found[1:]] == expected


def test_a_page_break_within_the_preamble_is_a_piece_of_its_own() -> None:
    found = parse_paragraphs(
        "S E C R E T SECTION 01 OF 02 VOLTANA 000123\nREF: A. ORMOND 12\nVOLTANA 00000123  001.2 OF 002\n\n"
        "Classified By: Ann Oduya\n\n1. (C) One.\n"
    )
    assert [piece.kind for piece in found] == ["preamble", "apparatus", "preamble", "paragraph"]


def test_an_empty_body_has_no_pieces() -> None:
    assert parse_paragraphs("") == []


def test_a_page_break_over_blank_lines_is_one_piece() -> None:
    found = pieces("1. (C) Rehn says the port\nVOLTANA 00000123 \n\n002 OF 003 \nis open.\n")
    assert [(piece.kind, piece.raw) for piece in found] == [
        ("paragraph", "1. (C) Rehn says the port\n"),
        ("apparatus", "VOLTANA 00000123 \n\n002 OF 003 \n"),
        ("paragraph", "is open.\n"),
    ]


def test_spaces_and_tabs_side_by_side_become_one_space() -> None:
    assert pieces("1. (C) Rehn came.  He\tsaw   it.\nHe left.\n")[0].text == "Rehn came. He saw it. He left."


@pytest.mark.parametrize("end", ["\n", " ", "", "NNNN\n", "2. (C) Two."])
def test_more_lines_than_any_cable_has_end_in_one_line(end: str) -> None:
    body = "a\n" * MAX_LINES + end
    assert "".join(piece.raw for piece in parse_paragraphs(body)) == body
