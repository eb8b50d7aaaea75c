"""What the reader typed, made fit for the database."""

from __future__ import annotations

import pytest

from cables.search.language import LONGEST, clean, only_excludes


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("  ferry \t strike\n", "ferry strike"),
        ("fer\x00ry", "fer ry"),
        ("\ue000ferry\ue001", "ferry"),
        ('"the ferry" -visa', '"the ferry" -visa'),
        ("x" * 2 * LONGEST, "x" * LONGEST),
        ("", ""),
    ],
)
def test_clean(typed, query):
    assert clean(typed) == query


@pytest.mark.parametrize(
    ("query", "excludes"),
    [("-visa", True), ('-"the ferry" -visa', True), ("ferry -visa", False), ("-", False), ("", False)],
)
def test_only_excludes(query, excludes):
    assert only_excludes(query) is excludes
