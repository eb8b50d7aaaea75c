"""Page breaks are masked without moving any other character."""

from __future__ import annotations

import pytest

from cables.parsing.page_breaks import MASK, find_page_breaks, mask_page_breaks


@pytest.mark.parametrize(
    "page_break",
    [
        "PAGE 02        VALDMA  06677  01 OF 03  291400Z",
        "PAGE 02 STATE 023763 071504Z",
        "PAGE 02 STATE 181062 TOSEC 190010",
        "PAGE 02        CAPE T  00097  01 OF 03  182017Z",
        "VALDMARK 00000881  002 OF 003",
        "PORT ALDWIN 00000869  001.2 OF 004",
        "VALDMARK 00000881 \n\n001.2 OF 003",
        "VALDMARK 00000881  002 of 003",
        "CONFIDENTIAL\n\nPAGE 02 VALDMA 06677 01 OF 03 291400Z",
    ],
)
def test_every_form_is_masked(page_break: str) -> None:
    text = f"before \n{page_break}\nafter"
    masked = mask_page_breaks(text)
    assert len(masked) == len(text)
    assert masked.replace(MASK, "").split() == ["before", "after"]


@pytest.mark.parametrize(
    "text", ["", "PAGE 2 of the treaty", "VALDMARK 881, 002 OF 003 ships", "CONFIDENTIAL\n\nno page"]
)
def test_other_text_is_kept(text: str) -> None:
    assert mask_page_breaks(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the port VALDMARK 00000881  002 OF 003 is open", ["VALDMARK 00000881  002 OF 003"]),
        (
            "by CONFIDENTIAL PAGE 03 VALDMA 06677 02 OF 03 291401Z 11. (C) One",
            ["PAGE 03 VALDMA 06677 02 OF 03 291401Z"],
        ),
        (
            "PAGE 02 STATE 023763 071504Z\na\nPAGE 03 STATE 023763",
            ["PAGE 02 STATE 023763 071504Z", "PAGE 03 STATE 023763"],
        ),
        ("SECTION 01 OF 02 VALDMARK 000881", []),
    ],
)
def test_a_break_is_found_in_the_midst_of_a_line(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_page_breaks(text)] == expected
