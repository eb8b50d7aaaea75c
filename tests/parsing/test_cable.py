"""Whole cables: which source a field is taken from, what is noted, and that no text is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cables.parsing.cable import parse_cable
from cables.parsing.records import Problem, RawCable, ReleaseSource, Span

HEADER = """\
O 100716Z FEB 05
FM AMEMBASSY VALDMARK
TO RUEHC/SECSTATE WASHDC IMMEDIATE 4460
INFO RUEHXX/AMEMBASSY ORMOND 0018
"""
BODY = """\
S E C R E T SECTION 01 OF 02 VALDMARK 000538

SIPDIS

E.O. 12958: DECL: 02/10/2015
TAGS: PGOV, PREL
SUBJECT: HARBOUR CONCESSION GOES TO
THE FERRYMEN

REF: A. VALDMARK 347
     B. 04 VALDMARK 342

Classified By: Ambassador Ilse Brandvik, reasons 1.4 (b) and (d).

1. (C) Summary: The guild has the concession. End summary.

2. (S) Rehn spoke. (Comment: At last. End comment.)

3. (S) Comment: We expect an appeal.
BRANDVIK
"""
RAW = RawCable(
    form="invented",
    file="cables.csv",
    line=7,
    identifier="05VALDMARK538",
    origin="Embassy Valdmark",
    created="2005-02-10 07:16",
    released="2011-08-30",
    classification="SECRET",
    header=HEADER,
    body=BODY,
    release_name="invented-2",
    release_date="2011-10-04",
)


def test_every_field_of_a_cable_is_read() -> None:
    cable = parse_cable(RAW)
    assert cable.problems == ()
    assert (cable.identifier, cable.printed_identifier) == ("05VALDMARK538", "05VALDMARK538")
    assert cable.subject == "HARBOUR CONCESSION GOES TO THE FERRYMEN"
    assert (cable.origin, cable.classification, cable.level) == ("Embassy Valdmark", "SECRET", "SECRET")
    assert cable.captions == ("SIPDIS",)
    assert (cable.sent_at, cable.released_on) == (datetime(2005, 2, 10, 7, 16, tzinfo=UTC), date(2011, 8, 30))
    assert (cable.precedence, cable.date_time_group, cable.sections) == ("IMMEDIATE", "100716Z FEB 05", 2)
    assert cable.tags == ("PGOV", "PREL")
    assert [(r.label, r.target) for r in cable.references] == [("A", "05VALDMARK347"), ("B", "04VALDMARK342")]
    assert (cable.classified_by, cable.classification_reasons) == ("Ilse Brandvik", ("1.4(b)", "1.4(d)"))
    assert (cable.declassify_on, cable.declassify_condition) == (date(2015, 2, 10), "")
    assert (cable.summary, cable.comment) == ("The guild has the concession.", "We expect an appeal.")
    assert cable.signers == ("BRANDVIK",)
    assert [r.name for r in cable.recipients] == ["SECSTATE WASHDC"]
    assert [r.name for r in cable.info_recipients] == ["AMEMBASSY ORMOND"]
    assert (cable.is_partial, cable.redaction) == (False, "unknown")
    assert cable.source == ReleaseSource("invented", "cables.csv", 7, "invented-2", date(2011, 10, 4))
    assert [piece.kind for piece in cable.paragraphs] == ["preamble", *["paragraph"] * 3, "signature"]


SPANS = [
    ("identifier", Span("source", 7, 7)),
    ("sent_at", Span("source", 7, 7)),
    ("date_time_group", Span("header", 1, 1)),
    ("recipients", Span("header", 3, 3)),
    ("subject", Span("body", 7, 8)),
    ("tags", Span("body", 6, 6)),
    ("references", Span("body", 10, 11)),
    ("summary", Span("body", 15, 15)),
    ("captions", Span("body", 3, 3)),
    ("comment", Span("body", 19, 19)),
    ("signers", Span("body", 20, 20)),
]


@pytest.mark.parametrize(("field", "expected"), SPANS)
def test_every_field_tells_the_lines_it_was_read_from(field: str, expected: Span) -> None:
    assert parse_cable(RAW).spans[field] == expected


@pytest.mark.parametrize(("created", "section"), [("2005-02-10", "1.4"), ("2001-02-10", "1.5")])
def test_reasons_without_a_section_go_by_the_day_of_the_cable(created: str, section: str) -> None:
    cable = parse_cable(replace(RAW, created=created, header="", body=BODY.replace("1.4 ", "")))
    assert cable.classification_reasons == (f"{section}(b)", f"{section}(d)")


def test_a_telegrams_identifier_tells_the_line_of_its_name() -> None:
    cable = parse_cable(RawCable(form="telegram", file="t.txt", header=HEADER, body="\n" + BODY))
    assert (cable.identifier, cable.spans["identifier"]) == ("05VALDMARK538", Span("body", 2, 2))


JOINED = [
    (HEADER, BODY),
    (HEADER.rstrip("\n"), BODY),
    (HEADER + "\n", BODY.replace("S E C R E T", "SECRET")),
    ("UNCLASSIFIED\n\nPAGE 01  VALDMA  00538  100716Z\n\nACTION EUR-00\n" + HEADER, BODY),
]


@pytest.mark.parametrize(("header", "body"), JOINED)
def test_header_and_body_that_came_as_one_text_are_told_apart(header: str, body: str) -> None:
    cable = parse_cable(replace(RAW, header="", body=header + body))
    assert (cable.header, cable.body) == (header, body)


@pytest.mark.parametrize("body", [BODY, BODY.replace("THE FERRYMEN", "FM REHN")])
def test_a_body_without_a_header_stays_whole(body: str) -> None:
    cable = parse_cable(replace(RAW, header="", body=body))
    assert (cable.header, cable.body) == ("", body)


TELEGRAMS = [
    (HEADER, "05VALDMARK538"),
    (HEADER.replace("05", "76"), "76VALDMARK538"),
    ("PAGE 01  VALDMA  00538  100716Z\n" + HEADER.replace("05", "76"), "1976VALDMARK538"),
]


@pytest.mark.parametrize(("header", "expected"), TELEGRAMS)
def test_a_telegram_is_named_by_its_own_lines(header: str, expected: str) -> None:
    cable = parse_cable(RawCable("telegram", "a.txt", body=header + BODY))
    assert (cable.identifier, cable.printed_identifier) == (expected, "")


PROBLEMS = [
    ({"identifier": "no such thing"}, Problem("identifier", "not the identifier of a cable", "no such thing", 7)),
    ({"created": "2005-02-31 07:16"}, Problem("sent_at", "not a possible date", "2005-02-31 07:16", 7)),
    ({"released": "soon"}, Problem("released_on", "not a possible date", "soon", 7)),
    ({"classification": "PURPLE"}, Problem("classification", "not a classification", "PURPLE", 7)),
    (
        {"created": "2005-02-13 07:17"},
        Problem("sent_at", "the header's date-time group is not of the source's date, 2005-02-13", "100716Z FEB 05", 1),
    ),
    ({"body": BODY.replace("2015", "2004")}, Problem("declassify_on", "earlier than the cable", "2004-02-10", 5)),
    ({"body": " \n"}, Problem("body", "no text", "", 7)),
    (
        {"body": "MRN: 1973VALDMA000538\nEXPAND ERROR ENCOUNTERED; TEXT LOST"},
        Problem(
            "body", "no text: the archive's own system could not read it", "EXPAND ERROR ENCOUNTERED; TEXT LOST", 2
        ),
    ),
    (
        {"body": f"{BODY}\\\n539\t2005-02-10 08:00\t05VALDMARK539\tEmbassy Valdmark\n"},
        Problem(
            "body",
            "further rows of the table follow in the same body",
            "539\t2005-02-10 08:00\t05VALDMARK539\tEmbassy Valdmark",
            22,
        ),
    ),
]


@pytest.mark.parametrize(("changes", "expected"), PROBLEMS)
def test_what_is_not_understood_is_noted_and_the_text_kept(changes: dict[str, str], expected: Problem) -> None:
    raw = replace(RAW, **changes)
    cable = parse_cable(raw)
    assert cable.problems == (expected,)
    assert (cable.header, cable.body) == (raw.header, raw.body)


def test_problems_of_the_source_come_first() -> None:
    found = Problem("body", "bytes that are not UTF-8", "", 9)
    assert parse_cable(replace(RAW, released="soon", problems=(found,))).problems[0] == found


SENT = [
    ("2005-02-10 07:16", datetime(2005, 2, 10, 7, 16, tzinfo=UTC)),
    ("2005-02-11 19:00", datetime(2005, 2, 11, 19, 0, tzinfo=UTC)),
    ("2005-02-20 19:00", datetime(2005, 2, 20, 19, 0, tzinfo=UTC)),
    ("2005-02-10", datetime(2005, 2, 10, 7, 16, tzinfo=UTC)),
    ("2005-02-10 00:00", datetime(2005, 2, 10, 7, 16, tzinfo=UTC)),
    ("2005-02-31 07:16", datetime(2005, 2, 10, 7, 16, tzinfo=UTC)),
    ("", datetime(2005, 2, 10, 7, 16, tzinfo=UTC)),
]


@pytest.mark.parametrize(("created", "expected"), SENT)
def test_the_date_is_the_sources_and_the_time_the_headers_where_the_source_has_none(
    created: str, expected: datetime
) -> None:
    assert parse_cable(replace(RAW, created=created)).sent_at == expected


REDACTIONS = [
    ("This cable was redacted by the publisher.", BODY, "redacted"),
    ("This cable was not redacted by the publisher.", BODY, "not redacted"),
    ("", BODY.replace("Rehn", "XXXXXXXXXXXX"), "redacted"),
    ("", BODY.replace("Rehn", "XXXXX"), "unknown"),
    ("", BODY, "unknown"),
]


@pytest.mark.parametrize(
    "first_line",
    [
        "UNCLAS VALDMARK 000538",
        "C O N F I D E N T I A L VALDMARK 000538",
        "S E C R E T NOFORN SECTION 01 OF 02 VALDMARK 000538",
    ],
)
def test_a_telegrams_name_begins_after_its_classification(first_line: str) -> None:
    text = HEADER + "\n" + BODY.replace("S E C R E T SECTION 01 OF 02 VALDMARK 000538", first_line)
    assert parse_cable(RawCable(form="telegram", file="t.txt", body=text)).identifier == "05VALDMARK538"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [("VALDMARK", "Embassy Valdmark"), ("", "Embassy Valdmark"), ("Consulate Valdmark", "Consulate Valdmark")],
)
def test_the_header_names_the_post_where_the_source_gives_its_station(origin: str, expected: str) -> None:
    assert parse_cable(replace(RAW, origin=origin)).origin == expected


@pytest.mark.parametrize(("notice", "body", "expected"), REDACTIONS)
def test_redaction_is_told_by_the_source_or_by_crossed_out_words(notice: str, body: str, expected: str) -> None:
    assert parse_cable(replace(RAW, redaction=notice, body=body)).redaction == expected


NOTICE = "This record is a partial extract of the original cable. The full text of the original cable is not available."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"notice": NOTICE}, True),
        ({"header": f"{NOTICE}\n\n{HEADER}"}, True),
        ({"body": f"{NOTICE}\n\n{BODY}"}, True),
        ({}, False),
    ],
)
def test_an_extract_is_told_by_its_notice(changes: dict[str, str], expected: bool) -> None:
    assert parse_cable(replace(RAW, **changes)).is_partial is expected


def test_tags_are_the_texts_and_then_the_sources() -> None:
    assert parse_cable(replace(RAW, tags="PREL, ECON")).tags == ("PGOV", "PREL", "ECON")


def test_the_sources_references_stand_in_where_the_text_has_none() -> None:
    body = BODY.replace("REF: A. VALDMARK 347\n     B. 04 VALDMARK 342\n\n", "")
    found = parse_cable(replace(RAW, references="05VALDMARK300|04ORMOND12", body=body)).references
    assert [(r.kind, r.target) for r in found] == [("cable", "05VALDMARK300"), ("cable", "04ORMOND12")]


def test_a_subject_that_the_source_cut_is_taken_from_the_text() -> None:
    assert (
        parse_cable(replace(RAW, subject="HARBOUR CONCESSION GOES TO")).subject
        == "HARBOUR CONCESSION GOES TO THE FERRYMEN"
    )


def test_another_subject_is_the_sources() -> None:
    assert parse_cable(replace(RAW, subject="THE  FERRYMEN")).subject == "THE FERRYMEN"


@given(st.builds(RawCable, **{name: st.text() for name in (
    "form", "file", "identifier", "subject", "origin", "created", "released", "classification", "tags", "references",
    "header", "body", "notice", "redaction", "release_name", "release_date",
)}))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_parser_and_none_is_lost(raw: RawCable) -> None:
    cable = parse_cable(raw)
    assert cable.header + cable.body == raw.header + raw.body
    assert "".join(piece.raw for piece in cable.paragraphs) == cable.body
