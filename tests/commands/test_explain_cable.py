"""explain_cable: what it prints, and its exit status."""

from __future__ import annotations

import json
from dataclasses import fields
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cables.parsing.records import ParsedCable
from tests.invented import BODY, seed_page


def run(*arguments: str | Path) -> tuple[str, str, int]:
    """Return what the command printed, its complaints and its exit status."""
    out, complaints, status = StringIO(), StringIO(), 0
    try:
        call_command("explain_cable", *map(str, arguments), stdout=out, stderr=complaints)
    except SystemExit as end:
        status = int(end.code or 0)
    return out.getvalue(), complaints.getvalue(), status


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A file with an invented cable."""
    path = tmp_path / "05VALDMARK538.txt"
    path.write_text(seed_page())
    return path


def test_json_is_one_object_a_cable_with_every_field_under_its_name(page: Path) -> None:
    out, complaints, status = run("--json", page, page)
    lines = out.splitlines()
    assert (len(lines), complaints, status) == (2, "", 0)
    cable = json.loads(lines[0])
    assert list(cable) == ["file", *(field.name for field in fields(ParsedCable))]
    assert cable["file"] == str(page)
    assert cable["identifier"] == "05VALDMARK538"
    assert cable["sent_at"] == "2005-02-10T07:16:00+00:00"
    assert cable["released_on"] is None
    assert cable["tags"] == ["PGOV", "PREL", "ECON"]
    assert cable["references"][0] == {"label": "A", "kind": "cable", "target": "05VALDMARK347", "text": "VALDMARK 347"}
    assert cable["comment"] == "We expect an appeal."
    assert cable["spans"]["comment"] == {"part": "body", "first": 24, "last": 24}
    assert cable["paragraphs"][0]["kind"] == "preamble"
    assert cable["redaction"] == "not redacted"
    assert cable["problems"] == []
    assert "".join(piece["raw"] for piece in cable["paragraphs"]) == cable["body"] == BODY.rstrip("\n")


def test_the_table_names_each_field_with_its_value_and_its_lines(page: Path) -> None:
    out, complaints, status = run(page)
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert (complaints, status) == ("", 0)
    assert "identifier 05VALDMARK538 source, line 1" in rows
    assert "tags PGOV; PREL; ECON body, line 6" in rows
    assert "comment We expect an appeal. body, line 24" in rows
    assert "signers BRANDVIK body, line 25" in rows


def test_what_was_not_understood_is_told_and_gives_status_1(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(seed_page(created="2005-02-31 07:16:00"))
    out, _, status = run(path)
    assert status == 1
    assert "sent_at not a possible date 2005-02-31 07:16:00 1" in [" ".join(line.split()) for line in out.splitlines()]


def test_a_file_that_cannot_be_read_is_told_and_gives_status_2(tmp_path: Path) -> None:
    out, complaints, status = run(tmp_path / "missing.txt")
    assert (out, status) == ("", 2)
    assert str(tmp_path / "missing.txt") in complaints


def test_text_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "escape.txt"
    path.write_text(seed_page(subject="ORLANIA \x1b[2J[red]HARBOUR[/red]", body="\x1b[31mTEXT\n"))
    out, _, _ = run(path)
    assert "\x1b" not in out
    assert "[red]HARBOUR[/red]" in out
