"""Cells of tables whose columns are certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cables.parsing.table_cells import read_table


def cells(text: str) -> tuple[list[str], list[list[str]], list[bool]] | None:
    """Return head, rows and which columns hold figures."""
    table = read_table(text)
    if table is None:
        return None
    rows = [[cell.text for cell in row] for row in table.rows]
    return [cell.text for cell in table.head], rows, [cell.figure for cell in table.rows[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "PORT      SHIPS\n----      -----\nNorhavn      12\nSud Havn      4",
            (["PORT", "SHIPS"], [["Norhavn", "12"], ["Sud Havn", "4"]], [False, True]),
        ),
        ("PORT      SHIPS\nNorhavn      12", (["PORT", "SHIPS"], [["Norhavn", "12"]], [False, True])),
        ("Norhavn      12\nSudhavn       4", ([], [["Norhavn", "12"], ["Sudhavn", "4"]], [False, True])),
        ("a   b   -3.5%\nc       1,200", ([], [["a", "b", "-3.5%"], ["c", "", "1,200"]], [False, False, True])),
        ("a | b |\n| c | d", ([], [["a", "b"], ["c", "d"]], [False, False])),
        ("a\tb\nc\td", ([], [["a", "b"], ["c", "d"]], [False, False])),
        ("a | b\nc | d | e", None),
        ("Norhavn    the largest\n           of all", None),  # the second line goes on with the cell above
        ("a long name    12\nb    c         4", None),  # two runs of words under one
        ("one line   only", None),
        ("", None),
        ("-----\n=====", None),
    ],
)
def test_cells(text, expected):
    assert cells(text) == expected


@given(st.text(alphabet="ab1 |\t-\n", max_size=300))
def test_no_word_is_lost_whatever_the_text(text):
    table = read_table(text)
    if table:
        told = "".join(cell.text for row in (table.head, *table.rows) for cell in row)
        for letter in "ab1":
            assert told.count(letter) == text.count(letter)
