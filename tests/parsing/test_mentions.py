"""Mentions of references in the text of a cable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cables.parsing.mentions import Cited, Mentions

A, B = Cited("A", "05VALDMARK347", "VALDMARK 347"), Cited("B", "04NORHAVNSUD12", "04 NORHAVN SUD 12")
STATE = Cited("C", "05STATE99", "SECSTATE 99")


def found(text: str, *cited: Cited, only_one: bool = False) -> list[tuple[str, str]]:
    mentions = Mentions(cited, only_one=only_one).find(text)
    return [(text[mention.start : mention.end], mention.identifier) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("REF A says", [("REF A", "05VALDMARK347")]),
        ("(ref b).", [("ref b", "04NORHAVNSUD12")]),
        ("Ref. A) and reftel B", [("Ref. A", "05VALDMARK347"), ("reftel B", "04NORHAVNSUD12")]),
        ("REFS A AND B", [("REFS A", "05VALDMARK347"), ("B", "04NORHAVNSUD12")]),
        ("refs. a, b),", [("refs. a", "05VALDMARK347"), ("b", "04NORHAVNSUD12")]),
        ("refs D and A", [("A", "05VALDMARK347")]),
        ("REF D", []),
        ("reference a man made", []),
        ("REFERENCE A", [("REFERENCE A", "05VALDMARK347")]),
        ("ref able", []),
        ("reftel", []),
        ("VALDMARK 347", [("VALDMARK 347", "05VALDMARK347")]),
        ("in Valdmark 000347,", [("Valdmark 000347", "05VALDMARK347")]),
        ("05VALDMARK347", [("05VALDMARK347", "05VALDMARK347")]),
        (
            "05 VALDMARK 347 or 2005VALDMARK347",
            [("05 VALDMARK 347", "05VALDMARK347"), ("2005VALDMARK347", "05VALDMARK347")],
        ),
        ("Norhavn Sud 12", [("Norhavn Sud 12", "04NORHAVNSUD12")]),
        ("SECSTATE 99 and STATE 99", [("SECSTATE 99", "05STATE99"), ("STATE 99", "05STATE99")]),
        ("04 VALDMARK 347", []),  # of another year
        ("NEWVALDMARK 347", []),
        ("VALDMARK 3470", []),
        ("VALDMARK 347B", []),
        ("VALDMARK, 347 ships", []),
    ],
)
def test_mentions(text, expected):
    assert found(text, A, B, STATE) == expected


def test_reftel_alone_is_the_only_reference():
    one = Cited("", "05VALDMARK347")
    assert found("REFTEL; reftel says; REF; a ref was", one, only_one=True) == [
        ("REFTEL", "05VALDMARK347"),
        ("reftel", "05VALDMARK347"),
        ("REF", "05VALDMARK347"),
    ]
    assert found("REFTEL", one) == []
    assert found("REFTEL", A, B, only_one=True) == []


def test_what_may_mean_two_cables_is_no_mention():
    other = Cited("A", "04VALDMARK347")
    assert found("REF A and VALDMARK 347", A, other) == []
    assert found("04 VALDMARK 347", A, other) == [("04 VALDMARK 347", "04VALDMARK347")]


@given(st.text(alphabet="reftlsAB ,.'012347VALDMRK(-)\n", max_size=200))
def test_mentions_stand_in_order_and_none_in_another(text):
    done = 0
    for mention in Mentions([A, B]).find(text):
        assert done <= mention.start < mention.end <= len(text)
        done = mention.end
