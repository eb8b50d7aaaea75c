from __future__ import annotations

from pathlib import Path

import pytest

from cables.parsing.records import RawCable, Unreadable
from tests.sources.invented_files import read, read_cable, reasons

HEADER = "MRN,SUBJECT,FROM,TO,DATE,CLASSIFICATION,TAGS,REF,CONTENT"
ROW = (
    '05 VALDMARK 538,"FERRYMEN, AGAIN",Embassy Valdmark,SECSTATE,2005-02-10 07:16,CONFIDENTIAL,'
    'PGOV|OR | PREL,05 VALDMARK 347|05 VALDMARK 342,"1. (C) He said ""no"".\n\\N 2."'
)


def test_row_gives_every_field(tmp_path: Path) -> None:
    cable = read_cable(tmp_path, f"{HEADER}\n{ROW}\n")

    assert (cable.form, cable.line) == ("mrn-csv", 2)
    assert cable.identifier == "05 VALDMARK 538"
    assert cable.subject == "FERRYMEN, AGAIN"
    assert cable.origin == "Embassy Valdmark"
    assert cable.created == "2005-02-10 07:16"
    assert cable.classification == "CONFIDENTIAL"
    assert cable.tags == "PGOV, OR, PREL"
    assert cable.references == "05 VALDMARK 347|05 VALDMARK 342"
    assert cable.body == '1. (C) He said "no".\n\\N 2.'
    assert cable.attributes["TO"] == "SECSTATE"
    assert cable.attributes["TAGS"] == "PGOV|OR | PREL"
    assert "CONTENT" not in cable.attributes


@pytest.mark.parametrize(
    ("content", "identifier", "subject", "body"),
    [
        ("Subject,Content,mrn\r\nA,B,05X1\r\n", "05X1", "A", "B"),
        ("\ufeffIdentifier;Text\n05X1;B\n", "05X1", "", "B"),
        ("Document Number\tSubject\n1973X1\tA\n", "1973X1", "A", ""),
        ('"doc_nbr","raw_body","body"\n"1973X1","RAW","n/a"\n', "1973X1", "", "RAW"),
        ("MRN,,CONTENT\n05X1,unnamed,B\n", "05X1", "", "B"),
    ],
)
def test_columns_are_found_by_name(tmp_path: Path, content: str, identifier: str, subject: str, body: str) -> None:
    cable = read_cable(tmp_path, content)

    assert (cable.identifier, cable.subject, cable.body) == (identifier, subject, body)


def test_a_row_that_does_not_fit_is_told_with_line_and_text_and_the_next_goes_on(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\n{ROW}\n\n05X1,too,few\n{ROW}\n")

    assert [type(item) for item in found] == [RawCable, Unreadable, RawCable]
    assert found[1] == Unreadable(
        str(tmp_path / "file.txt"), "3 fields instead of the 9 that the first row names", 5, "05X1,too,few\n"
    )
    assert [item.line for item in found] == [2, 5, 6]


def test_a_file_whose_rows_do_not_fit_is_given_up(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\n{ROW}\n" + "x\n" * 5000)

    assert len(found) == 1002
    assert reasons(found)[-1] == "1000 rows one after the other do not fit the first row: the rest was not read"


def test_a_field_over_the_limit_is_told_and_reading_goes_on(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\n05X1,{'x' * (17 * 1024 * 1024)}\n{ROW}\n")

    assert reasons(found) == ["a field larger than 16 MB, which no cable has"]
    assert [type(item) for item in found] == [Unreadable, RawCable]


def test_bad_bytes_are_told_on_their_row(tmp_path: Path) -> None:
    first, second = read(tmp_path, b'MRN,CONTENT\n05X1,a\n05X2,"b\n\x92"\n')

    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert first.problems == ()
    assert (second.body, [problem.line for problem in second.problems]) == ("b\n\ufffd", [4])
