from __future__ import annotations

import json
from pathlib import Path

import pytest

from cables.parsing.records import RawCable, Unreadable
from tests.sources.invented_files import read, read_cable, reasons

RECORD = {
    "doc_nbr": "1973VALDMA02545",
    "reference": "72 VALDMARK 1234",
    "origclass": "CONFIDENTIAL",
    "class": "UNCLASSIFIED",
    "eo": "n/a",
    "subject": "THE FERRYMEN WIN",
    "tags": ["EFIS", "OR"],
    "from_field": "VALDMARK",
    "to_field": "STATE",
    "date": "1973-04-11T00:00:00",
    "markings": "  Declassified/Released EO Systematic Review 30 JUN 2005  ",
    "body": None,
    "raw_body": "CONFIDENTIAL  PAGE 01        VALDMA  02545",
    "sasid": 12.5,
}


def identifiers(found: list[RawCable | Unreadable]) -> list[str]:
    return [item.identifier for item in found if isinstance(item, RawCable)]


@pytest.mark.parametrize(
    "content",
    [json.dumps(RECORD), json.dumps([RECORD]), json.dumps([RECORD], indent=1), f"\ufeff{json.dumps(RECORD)}\n"],
)
def test_record_gives_every_field(tmp_path: Path, content: str) -> None:
    cable = read_cable(tmp_path, content)

    assert cable.form == "historylab-json"
    assert cable.identifier == "1973VALDMA02545"
    assert cable.subject == "THE FERRYMEN WIN"
    assert cable.origin == "VALDMARK"
    assert cable.created == "1973-04-11T00:00:00"
    assert cable.released == "30 JUN 2005"
    assert cable.classification == "CONFIDENTIAL"
    assert cable.tags == "EFIS, OR"
    assert cable.references == "72 VALDMARK 1234"
    assert cable.body == "CONFIDENTIAL  PAGE 01        VALDMA  02545"
    assert cable.attributes["to_field"] == "STATE"
    assert cable.attributes["sasid"] == "12.5"


@pytest.mark.parametrize("separator", ["\n", ",\n", " ", "\n\n"])
def test_many_records_have_their_lines(tmp_path: Path, separator: str) -> None:
    records = [json.dumps({"identifier": f"05X{number}", "subject": "A"}) for number in range(3)]

    found = read(tmp_path, separator.join(records))

    assert identifiers(found) == ["05X0", "05X1", "05X2"]
    assert [item.line for item in found] == [1 + separator.count("\n") * number for number in range(3)]


@pytest.mark.parametrize(
    "bad", ['{"identifier": "05X1", "subject": }', '{"identifier" "05X1"}', '{"identifier": "a\tb"}', "{nonsense"]
)
def test_a_bad_line_is_told_and_the_next_goes_on(tmp_path: Path, bad: str) -> None:
    good = [json.dumps({"identifier": f"05X{number}", "subject": "A"}) for number in (0, 2)]

    found = read(tmp_path, f"{good[0]}\n{bad}\n{good[1]}\n")

    assert identifiers(found) == ["05X0", "05X2"]
    assert [(item.line, item.reason[:8]) for item in found if isinstance(item, Unreadable)] == [(2, "not JSON")]


def test_a_file_cut_off_is_told(tmp_path: Path) -> None:
    content = json.dumps([RECORD, RECORD], indent=1)

    found = read(tmp_path, content[:-30])

    assert identifiers(found) == ["1973VALDMA02545"]
    assert [reason[:8] for reason in reasons(found)] == ["not JSON"]


def test_records_longer_than_a_block_are_read(tmp_path: Path) -> None:
    text = 'long \\ " \n' * 300_000
    records = [{"identifier": f"05X{number}", "body": text} for number in range(3)]

    found = read(tmp_path, "\n".join(map(json.dumps, records)))

    assert identifiers(found) == ["05X0", "05X1", "05X2"]
    assert [item.body == text for item in found if isinstance(item, RawCable)] == [True] * 3


@pytest.mark.parametrize("record", [{"name": "no-cable"}, {"identifier": "05X1"}, {"subject": "A"}, {}])
def test_a_record_of_no_cable_is_told_with_its_text(tmp_path: Path, record: dict[str, str]) -> None:
    assert read(tmp_path, json.dumps(record)) == [
        Unreadable(
            str(tmp_path / "file.txt"),
            "a JSON record without the keys of a cable (doc_nbr or identifier, and subject or body)",
            1,
            json.dumps(record),
        )
    ]


def test_a_file_of_other_records_is_given_up(tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps([{"name": "x"}] * 1000))

    assert len(found) == 101
    assert reasons(found)[-1] == "100 records in a row are no cables: the rest was not read"


def test_characters_that_cannot_be_stored_are_replaced_and_told(tmp_path: Path) -> None:
    content = b'{"identifier": "05X1", "subject": "a\\u0000b \\ud800 c \x92", "body": "\\u00e9"}'

    cable = read_cable(tmp_path, content)

    assert (cable.subject, cable.body) == ("a\ufffdb \ufffd c \ufffd", "\u00e9")
    assert [problem.field for problem in cable.problems] == ["encoding"]
