"""Whatever the text, its pieces put together are the text, and hostile text takes no more than linear time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cables.parsing.body import parse_paragraphs
from cables.parsing.cable import parse_cable
from cables.parsing.records import RawCable
from tests.patience import patience

LINES = st.sampled_from(
    """\
C O N F I D E N T I A L SECTION 01 OF 02 VOLTANA 000123
C O N F I D E N T I A L SECTION 02 OF 02 VOLTANA 000123
R 171512Z JAN 90
FM AMEMBASSY VOLTANA
INFO AMEMBASSY ORMOND
E.O. 12958: DECL: 02/10/2015
TAGS: PGOV, PREL
SUBJECT: THE PORT IS OPEN
REF: A. ORMOND 12
     B. ORMOND 13
Classified By: Ann Oduya, reasons 1.4 (b)
SIPDIS
SIPDIS THE PORT
CONFIDENTIAL
 CONFIDENTIAL PTQ1865
VOLTANA 00000123  002 OF 002
the port VOLTANA 00000123  002 OF 002 is open
PAGE 02        VOLTAN  00123  01 OF 02  182017Z
IT IS CONFIDENTIAL PAGE 03 VOLTAN 00123 02 OF 02 182017Z 2. (C) TWO
1. (C) Summary: The port is open.
¶2. (S/NF) Rehn says so.
3.. The airport is not. End summary.
¶2002.  The port was shut.
SUMMARY
-------
- - - -
The Port ------
-- ships and
-  boats
Voltana        12      30
JURIS-
DICTION
\\
.
XXXXXXXXXXXX
HALVERSEN
END COMMENT.HALVERSEN
NNNN
Declassified/Released US Department of State EO
""".splitlines()
)
ENDINGS = st.sampled_from(["\n", " \n", "\r\n", "\n\n", "\n \n\n", ""])
CABLES = st.lists(st.tuples(LINES, ENDINGS).map("".join), max_size=60).map("".join)


@given(st.one_of(CABLES, st.text()))
@settings(max_examples=300, deadline=None)
def test_the_pieces_put_together_are_the_body(body: str) -> None:
    found = parse_paragraphs(body)
    assert "".join(piece.raw for piece in found) == body
    assert [piece.position for piece in found] == list(range(1, len(found) + 1))


@given(CABLES)
@settings(max_examples=200, deadline=None)
def test_no_apparatus_is_read_as_text(body: str) -> None:
    read = "\n".join(piece.text for piece in parse_paragraphs(body) if piece.kind in ("paragraph", "heading"))
    assert " OF 002" not in read
    assert "PAGE 0" not in read


HOSTILE = [
    "A", " ", "\n", "a\n", "\t", "-", "- ", "¶", "1. ", "1.\n", "1. (C) x\n", "2. (C) x\n", "99. (C) x\n", "(S/NF) ",
    "(", "A ", "A B C ", "C O N F I D E N T I A L ", "CONFIDENTIAL\n", "SIPDIS ", "PAGE 02 ", "PAGE 02 VOLTAN 00123 ",
    "VOLTANA 00000123  002 OF 002 ", "S E C R E T SECTION 02 OF 02 VOLTANA 123\n", "R 171512Z JAN 90\n",
    "TITLE\n-----\n", "a   b\n", "AB-\nCD\n", "SUMMARY AND ", "SUMMARY: ", "END SUMMARY ", "REF: A. ", "TAGS: PREL, ",
    "CLASSIFIED BY: A B, ", "MCDONALD ", "NNNN", "\\", "'",
]  # fmt: skip


@pytest.mark.parametrize("pattern", HOSTILE, ids=repr)
def test_a_megabyte_of_one_pattern_ends_and_loses_nothing(pattern: str) -> None:
    text = (pattern * (1_000_000 // len(pattern) + 1))[:1_000_000]
    with patience():
        cable = parse_cable(RawCable("invented", "a.txt", body=text))
    assert cable.header + cable.body == text
