from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cables.parsing.records import RawCable, Unreadable
from cables.sources.cables_csv import _RECORD, RECORD_LIMIT, _plain_fields, _unescape, split_records
from tests.sources.invented_files import BODY, HEADER, csv_record, read, read_cable, reasons


def bodies(found: list[RawCable | Unreadable]) -> list[str]:
    return [item.body for item in found if isinstance(item, RawCable)]


def test_record_gives_every_field(tmp_path: Path) -> None:
    cable = read_cable(tmp_path, csv_record(7))

    assert (cable.form, cable.line) == ("cables-csv", 1)
    assert cable.identifier == "05VALDMARK538"
    assert cable.created == "2/10/2005 7:16"
    assert cable.origin == "Embassy Valdmark"
    assert cable.classification == "CONFIDENTIAL"
    assert cable.references == "05VALDMARK347|05VALDMARK342"
    assert (cable.header, cable.body) == (HEADER, BODY)
    assert cable.attributes == {"number": "7"}
    assert cable.problems == ()


@pytest.mark.parametrize(
    ("written", "body"),
    [
        (r"he said \"no\" and \'yes\'", "he said \"no\" and 'yes'"),
        (r"a \\ b \\\" c", 'a \\ b \\" c'),
        ("line \\\nnext\tcell \\N", "line \\\nnext\tcell \\N"),
        (r"\"a\",\"b\"", '"a","b"'),
        (r"ends with \",", 'ends with ",'),
        ("", ""),
        ("two\r\nlines", "two\r\nlines"),
        ('\n"12","not a date","', None),
    ],
)
def test_escapes_are_taken_off_and_nothing_else(tmp_path: Path, written: str, body: str | None) -> None:
    found = read(tmp_path, csv_record(1, body=written) + csv_record(2))

    assert bodies(found)[-1] == BODY
    if body is not None:
        assert bodies(found) == [body, BODY]
        assert found[0].problems == ()  # type: ignore[union-attr]


@given(st.lists(st.text(st.sampled_from("a\\\"',\n"), max_size=5), min_size=7, max_size=9))
def test_plain_records_are_split_as_the_pattern_splits_them(written: list[str]) -> None:
    record = '"' + '","'.join(written) + '"'

    fields = _plain_fields(record)

    match = _RECORD.match(record)
    doubtful = match is None or "\\\\" in record
    assert fields == ([] if doubtful or match is None else [_unescape(field) for field in match.groups()])


@pytest.mark.parametrize("written", ["ends with a backslash\\", 'said "no" and went'])
def test_quotes_that_do_not_match_are_read_and_told(tmp_path: Path, written: str) -> None:
    first, second = read(tmp_path, csv_record(1, body=written) + csv_record(2))

    assert isinstance(first, RawCable)
    assert [problem.reason for problem in first.problems] == ["the quotes of the record do not match"]
    assert first.body == written
    assert isinstance(second, RawCable)
    assert (second.line, second.problems) == (4, ())


def test_backslash_before_a_field_within_the_record(tmp_path: Path) -> None:
    record = csv_record(1).replace(f'{HEADER}","', f'{HEADER}\\","')

    cable = read_cable(tmp_path, record)

    assert (cable.header, cable.body) == (f"{HEADER}\\", BODY)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('"1","2/10/2005 7:16","05VALDMARK1","Embassy Valdmark"\n', "4 fields instead of 8"),
        (csv_record(1).rstrip() + ',"ninth"\n', "9 fields instead of 8"),
        (csv_record(1, body='a","b'), "9 fields instead of 8"),
        (csv_record(1)[:-40] + "\n", "the record has no closing quote: it is cut off"),
    ],
)
def test_a_bad_record_is_told_with_its_line_and_text_and_the_next_goes_on(
    tmp_path: Path, bad: str, reason: str
) -> None:
    found = read(tmp_path, csv_record(1) + bad + csv_record(3))

    assert found[1] == Unreadable(str(tmp_path / "file.txt"), reason, 10, bad)
    assert bodies(found) == [BODY, BODY]


def test_end_of_file_cut_off_is_told(tmp_path: Path) -> None:
    content = csv_record(1) + csv_record(2)

    found = read(tmp_path, content[:-10])

    assert bodies(found) == [BODY]
    assert found[1] == Unreadable(
        str(tmp_path / "file.txt"), "the record has no closing quote: it is cut off", 10, csv_record(2)[:-10]
    )


def test_text_before_the_first_record_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, f"id,date\n{csv_record(1)}")

    assert found[0] == Unreadable(str(tmp_path / "file.txt"), "text before the first record", 1, "id,date\n")
    assert isinstance(found[1], RawCable)
    assert found[1].line == 2


@pytest.mark.parametrize("mark", ["\ufeff".encode(), b"\r\n\n", b""])
def test_byte_order_mark_and_blank_lines_are_no_record(tmp_path: Path, mark: bytes) -> None:
    assert bodies(read(tmp_path, mark + csv_record(1).encode())) == [BODY]


def test_utf_16_is_read_as_well(tmp_path: Path) -> None:
    assert bodies(read(tmp_path, (csv_record(1) * 300).encode("utf-16"))) == [BODY] * 300


def test_bad_bytes_are_told_on_their_record_with_their_line(tmp_path: Path) -> None:
    content = (csv_record(1) + csv_record(2, body="one\ntwo \udc92\udc93") + csv_record(3)).encode(
        "utf-8", "surrogateescape"
    )

    first, second, third = read(tmp_path, content)

    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert isinstance(third, RawCable)
    assert second.body == "one\ntwo \ufffd\ufffd"
    assert [(problem.reason, problem.line) for problem in second.problems] == [
        ("2 characters are not UTF-8, and stored as U+FFFD", 13)
    ]
    assert (first.problems, third.problems) == ((), ())


def test_a_genuine_replacement_character_is_no_problem(tmp_path: Path) -> None:
    cable = read_cable(tmp_path, csv_record(1, body="was \ufffd before"))

    assert (cable.body, cable.problems) == ("was \ufffd before", ())


@pytest.mark.parametrize("size", [1, 2, 7, 63, 64, 65, 1000])
def test_records_are_the_same_however_the_stream_is_cut(size: int) -> None:
    records = [csv_record(number, body=BODY * (number % 3)).encode() for number in range(1, 9)]
    content = b"".join(records)
    blocks = (content[at : at + size] for at in range(0, len(content), size))

    found = list(split_records(blocks))

    assert [record for _, record, _ in found] == records
    assert [line for line, _, _ in found] == [1 + content[: content.index(record)].count(b"\n") for record in records]


def test_a_record_over_the_limit_is_told_and_the_next_goes_on(tmp_path: Path) -> None:
    line = "x" * 999 + "\n"
    huge = csv_record(1, body=line * (RECORD_LIMIT // 1000 + 2000), identifier="05VALDMARK1")

    found = read(tmp_path, huge + csv_record(2))

    assert reasons(found) == ["a record larger than 32 MB, which no cable is"]
    first = found[0]
    assert isinstance(first, Unreadable)
    assert first.text == huge[:1000]
    assert bodies(found) == [BODY]
    assert found[1].line == 1 + huge.count("\n")


def test_a_long_record_within_the_limit_is_read(tmp_path: Path) -> None:
    line = "y" * (20 * 1024 * 1024)

    assert bodies(read(tmp_path, csv_record(1, body=line) + csv_record(2))) == [line, BODY]
