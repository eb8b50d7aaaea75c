"""What goes from process to process on the way of a cable into the tables."""

from __future__ import annotations

import pytest

from cables.ingest.preparing import prepare, with_texts, without_texts
from cables.parsing.records import RawCable
from tests.invented import BODY

HEADER = "R 100716Z FEB 05\nFM AMEMBASSY VALDMARK\nTO SECSTATE WASHDC\n"
ATTRIBUTES = {"number": "7", "markings": "invented"}


@pytest.mark.parametrize(
    "raw",
    [
        RawCable("f", "a.txt", 3, "05VALDMARK538", header=HEADER, body=BODY, attributes=ATTRIBUTES),
        RawCable("f", "a.txt", 3, "05VALDMARK538", body=f"{HEADER}BT\n{BODY}"),
        RawCable("f", "a.txt", 3, "05VALDMARK538"),
        RawCable("f", "a.txt", 3, "no identifier", header=HEADER, body=BODY),
    ],
    ids=["header apart", "header in the body", "no text", "refused"],
)
def test_texts_given_back_make_the_cable_as_it_was(raw):
    light, header = without_texts(prepare(raw, "hash"))

    assert "ferrymen" not in f"{light.raw}{light.values.get('body')}"
    assert with_texts(light, header, raw) == prepare(raw, "hash")
    assert list(light.values) == list(prepare(raw, "hash").values)
