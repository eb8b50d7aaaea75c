from __future__ import annotations

from pathlib import Path

import pytest

from cables.parsing.records import RawCable
from tests.sources.invented_files import NARA_TEXT, read, read_cable

BODY = (
    " CONFIDENTIAL\n\nPAGE 01        VALDMA  02545  111532Z\n\nR 111420Z APR 73\nFM AMEMBASSY VALDMARK\n1. IT IS SO.\n"
    "NNNN\n\n*** Current Classification *** UNCLASSIFIED"
)


def test_text_and_attributes_give_every_field(tmp_path: Path) -> None:
    cable = read_cable(tmp_path, NARA_TEXT)

    assert cable.form == "nara-text"
    assert cable.identifier == "1973VALDMA02545"
    assert cable.subject == "THE FERRYMEN'S GUILD: A CONCESSION WON"
    assert cable.origin == "VALDMARK"
    assert cable.created == "11 APR 1973"
    assert cable.released == "30 JUN 2005"
    assert cable.classification == "CONFIDENTIAL"
    assert cable.tags == "EFIS, OR"
    assert cable.references == "(A) STATE 65432; (B) 72 VALDMARK 1234"
    assert cable.body == BODY
    assert cable.problems == ()
    assert cable.attributes["Page Count"] == "2"
    assert cable.attributes["Channel Indicators"] == "n/a"
    assert cable.attributes["Review Markings"] == "n/a\n\nDeclassified/Released\nEO Systematic Review\n30 JUN 2005"


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("Draft Date: 11", "Sent Date: 12 APR 1973\nDraft Date: 11", "created", "12 APR 1973"),
        ("Draft Date: 11", "Sent Date: n/a\nDraft Date: 11", "created", "11 APR 1973"),
        ("Original Classification: CONFIDENTIAL\n", "", "classification", "UNCLASSIFIED"),
        ("From: VALDMARK\n", "", "origin", ""),
        ("TAGS: EFIS, OR", "TAGS:\nEFIS,\n OR", "tags", "EFIS, OR"),
        (
            "CONCESSION\nWON'",
            "LIMIT'\nNote: no key of the form",
            "subject",
            "'THE FERRYMEN''S GUILD: A LIMIT' Note: no key of the form",
        ),
        (
            "Subject: ",
            "Subject: FIRST\nSubject: ",
            "subject",
            "FIRST Subject: 'THE FERRYMEN''S GUILD: A CONCESSION WON'",
        ),
        ("\n", "\r\n", "tags", "EFIS, OR"),
        ("                         Message", "Message", "body", BODY),
    ],
)
def test_values(tmp_path: Path, old: str, new: str, field: str, value: str) -> None:
    assert getattr(read_cable(tmp_path, NARA_TEXT.replace(old, new)), field) == value


@pytest.mark.parametrize(
    ("content", "body", "counts"),
    [
        ("Message Text\nA\n", "A", [("Message Attributes", 0)]),
        ("A\nMessage Attributes\nSubject: S\n", "A", [("Message Text", 0)]),
        (
            "before\nMessage Text\nA\nMessage Text\nB\nMessage Attributes\nSubject: S",
            "before\n\nA\nMessage Text\nB",
            [("Message Text", 2)],
        ),
        (
            "Message Text\nA\nMessage Attributes\nB\nMessage Attributes\nSubject: S",
            "A\nMessage Attributes\nB",
            [("Message Attributes", 2)],
        ),
    ],
)
def test_headings_that_are_missing_or_repeated_are_told(
    tmp_path: Path, content: str, body: str, counts: list[tuple[str, int]]
) -> None:
    cable = read_cable(tmp_path, content)

    assert cable.body == body
    assert [(problem.text, problem.reason) for problem in cable.problems] == [
        (heading, f'the heading "{heading}" occurs {count} times instead of once') for heading, count in counts
    ]


def test_files_put_together_are_told_apart(tmp_path: Path) -> None:
    second = NARA_TEXT.replace("02545", "02546")

    found = read(tmp_path, NARA_TEXT + second)

    assert [item.identifier for item in found if isinstance(item, RawCable)] == ["1973VALDMA02545", "1973VALDMA02546"]
    assert [item.line for item in found] == [1, 1 + NARA_TEXT.count("\n")]
    assert [item.body for item in found if isinstance(item, RawCable)] == [BODY, BODY.replace("02545", "02546")]
