"""The invented cable of the help: the archive's own parser reads in it what the notes say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import chain

import pytest

from cables.corpus.annotated import annotated_cable
from cables.corpus.world import ATLAS, POSTS, read_toml
from cables.parsing import parse_cable
from cables.parsing.records import ParsedCable, RawCable
from cables.reference_data import tables

ROWS = tuple(chain.from_iterable(section.rows for section in annotated_cable()))


@pytest.fixture(scope="module")
def cable() -> ParsedCable:
    header, _, body = "\n".join(row.text for row in ROWS).partition("\nBT\n")
    return parse_cable(RawCable(form="csv", file="annotated.toml", header=header, body=body))


def test_facts_are_those_that_the_notes_tell(cable):
    assert cable.identifier == "05VALDMARK538"
    assert (cable.precedence, cable.date_time_group) == ("PRIORITY", "101630Z FEB 05")
    assert cable.sent_at == datetime(2005, 2, 10, 16, 30, tzinfo=UTC)
    assert (cable.classification, cable.captions) == ("CONFIDENTIAL//NOFORN", ("SIPDIS", "NOFORN"))
    assert cable.sections == 2
    assert cable.tags == ("EWWT", "ECON", "PGOV", "EM")
    assert cable.subject == "ESTMARK: FERRYMEN WIN THE HARBOR CONCESSION"
    assert (cable.classified_by, cable.classification_reasons) == ("Ruth Halloran", ("1.4(b)", "1.4(d)"))
    assert cable.declassify_on == date(2015, 2, 10)
    assert [(to.name, to.precedence, to.number) for to in cable.recipients] == [("SECSTATE WASHDC", "PRIORITY", "0211")]
    assert [info.name for info in cable.info_recipients] == [
        "LAKES REGION COLLECTIVE",
        "AMEMBASSY VALBRUNE",
        "AMCONSUL SKARNHAVN",
        "SECDEF WASHINGTON DC",
    ]
    assert [(reference.label, reference.kind, reference.target) for reference in cable.references] == [
        ("A", "cable", "05VALDMARK347"),
        ("B", "cable", "04STATE222190"),
        ("C", "e-mail", ""),
    ]
    assert cable.signers == ("HALLORAN",)
    assert cable.problems == ()


def test_text_falls_into_the_parts_that_the_notes_tell(cable):
    assert [(piece.kind, piece.number, piece.marking) for piece in cable.paragraphs] == [
        ("preamble", "", ""),
        ("paragraph", "1", "C"),
        ("heading", "", ""),
        ("paragraph", "2", "C/NF"),
        ("apparatus", "", ""),
        ("paragraph", "3", "SBU"),
        ("signature", "", ""),
        ("end", "", ""),
    ]
    assert cable.summary.startswith("The harbor authority gave")
    assert cable.comment.startswith("We expect the other bidder")


def test_pieces_and_notes_are_numbered_alike_and_none_is_left_over():
    numbers = [note.number for row in ROWS for note in row.notes]
    assert [piece.number for row in ROWS for piece in row.pieces if piece.number] == numbers
    assert numbers == list(
        range(1, sum(len(section["notes"]) for section in read_toml("annotated.toml")["section"]) + 1)
    )


def test_country_and_posts_are_invented():
    assert ATLAS["EM"].name == "Estmark"
    assert {"AMEMBASSY VALDMARK", "AMEMBASSY VALBRUNE", "AMCONSUL SKARNHAVN"} < {post.address for post in POSTS}


def test_notes_lead_to_terms_that_the_glossary_has():
    told = {entry.term for entry in tables.glossary()} | {caption.code for caption in tables.captions()}
    told |= {entry.level.replace("-", " ").upper() for entry in tables.classifications()}
    seen = {term for row in ROWS for note in row.notes for term in note.see}
    assert seen - told - tables.classification_reasons().keys() == set()
