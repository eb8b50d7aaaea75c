"""Rows of the table that stand in the body of another cable."""

from __future__ import annotations

from pathlib import Path

from cables.parsing.records import RawCable
from cables.sources.merged_rows import told_apart
from tests.sources.invented_files import csv_record, read

ROWS = (
    "1. (C) The ferry is late.\nBRANDVIK\n"
    "882\t9/21/2007 14:31\t07VALDMARK882\tEmbassy Valdmark\tSECRET\t07VALDMARK1|07VALDMARK2\t"
    "R 211431Z SEP 07\\\nFM AMEMBASSY VALDMARK\tS E C R E T VALDMARK 000882\\\n\\\n1. (S) The ferry sank.\\\n\n"
    "883\t2007-09-22 08:00:00\t07VALDMARK883\tEmbassy Valdmark\tUNCLASSIFIED\t\t\t1. (U) No ferry.\n"
)


def test_each_row_is_a_cable_of_its_own() -> None:
    own, second, third = told_apart(RawCable("cables-csv", "c.csv", 5, identifier="07VALDMARK881", body=ROWS))

    assert own.body == "1. (C) The ferry is late.\nBRANDVIK\n"
    assert (second.identifier, second.created, second.classification) == ("07VALDMARK882", "9/21/2007 14:31", "SECRET")
    assert (second.references, second.line) == ("07VALDMARK1|07VALDMARK2", 7)
    assert second.header == "R 211431Z SEP 07\nFM AMEMBASSY VALDMARK"
    assert second.body == "S E C R E T VALDMARK 000882\n\n1. (S) The ferry sank.\n\n"
    assert second.attributes == {"number": "882", "merged into": "07VALDMARK881"}
    assert (third.identifier, third.header, third.body) == ("07VALDMARK883", "", "1. (U) No ferry.\n")


def test_table_in_a_text_is_no_row() -> None:
    raw = RawCable("cables-csv", "c.csv", body="1. Votes:\n12\tYes\n7\t9/21/2007 14:31\tNo\n")
    assert list(told_apart(raw)) == [raw]


def test_csv_gives_merged_cables_one_by_one(tmp_path: Path) -> None:
    found = read(tmp_path, csv_record(1, body=ROWS.replace("\\", "\\\\")) + csv_record(2))

    identifiers = [cable.identifier for cable in found if isinstance(cable, RawCable)]
    assert identifiers == ["05VALDMARK538", "07VALDMARK882", "07VALDMARK883", "05VALDMARK538"]
