"""No text makes a function raise, and none takes it long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cables import parsing
from tests.patience import patience

NAMES = (
    "canonical_classification",
    "canonical_identifier",
    "canonical_origin",
    "date_time_group_to_datetime",
    "parse_captions",
    "parse_classification",
    "parse_classification_reasons",
    "parse_classified_by",
    "parse_comment",
    "parse_created",
    "parse_date_time_group",
    "parse_declassify_condition",
    "parse_declassify_on",
    "parse_info_recipients",
    "parse_origin",
    "parse_precedence",
    "parse_recipients",
    "parse_sections",
    "parse_subject",
    "parse_tags",
    "tag_list",
)
FUNCTIONS: dict[str, Callable[[str], object]] = {
    **{name: getattr(parsing, name) for name in NAMES},
    "parse_references": lambda text: parsing.parse_references(text, year=2008, identifier="08ROME1"),
    "list_references": lambda text: parsing.list_references(text, year=2008),
}
PIECES = st.sampled_from([
    "TAGS:", "SUBJECT:", "REF:", "A.", "(B)", "ROME 12", "LIMA", "Classified By:", "1.4 (b)", "E.O. 12958:", "DECL:",
    "X1", "PAGE 02 ROME 01234 01 OF 02 241033Z", "VALDMARK 00000881  002 OF 003", "S E C R E T", "TO", "INFO", "XMT",
    "RUEHC/", "110944Z SEP 07", "FM AMEMBASSY", "1.", "¶", "\n", "\n\n", " ", ",", ";", "-", "'", "\x00", "é",
    "\u2029", "2/30/2005",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)
MEGABYTE = 1_000_000


@pytest.mark.parametrize("name", FUNCTIONS)
@given(text=TEXTS)
@settings(max_examples=25, deadline=None)
def test_any_text_is_answered(name: str, text: str) -> None:
    FUNCTIONS[name](text)


@pytest.mark.parametrize(
    ("opening", "pattern"),
    [
        ("", " "),
        ("", "\n"),
        ("", "REF: "),
        ("", "PAGE 02 A 123 "),
        ("", "S E C R E T "),
        ("REF: ", "ROME 1 "),
        ("REF: ", "A. "),
        ("TAGS: ", "AB"),
        ("SUBJECT: ", "A\n"),
        ("Classified By: ", "DE "),
        ("Classified By: ", "1.4 b,"),
        ("TO ", "XMT A\n"),
    ],
)
def test_a_megabyte_of_one_pattern_ends(opening: str, pattern: str) -> None:
    text = opening + pattern * (MEGABYTE // len(pattern))
    for function in FUNCTIONS.values():
        with patience():
            function(text)
