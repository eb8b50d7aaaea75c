"""manage.py make_corpus: what it writes and says, and what it refuses."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cables.corpus import invented_cables
from cables.corpus.realistic import realistic_cables


def run(*arguments: object) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command("make_corpus", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("count", "words"), [(1, "1 cable"), (3, "3 cables")])
def test_writes_cables_and_says_so(tmp_path, count, words):
    folder = tmp_path / "new"
    printed = run(count, "--form", "csv", "--out", folder)
    assert printed == f"Wrote {words} in 1 file to {folder} (form csv, seed 1).\n"
    written = (folder / "cables.csv").read_text(encoding="utf-8")
    assert [cable.identifier for cable in invented_cables(count) if f'"{cable.identifier}"' not in written] == []


def test_seed_is_used(tmp_path):
    for seed in (1, 2):
        run(2, "--form", "csv", "--seed", seed, "--out", tmp_path / str(seed))
    assert (tmp_path / "1/cables.csv").read_bytes() != (tmp_path / "2/cables.csv").read_bytes()


@pytest.mark.parametrize("count", [0, -4])
def test_refuses_a_count_below_one(tmp_path, count):
    with pytest.raises(CommandError, match=f"must be 1 or more, not {count}"):
        run(count, "--out", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_refuses_a_folder_with_something_in_it(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match="is not empty"):
        run(1, "--out", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_refuses_a_file(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match="is a file"):
        run(1, "--out", path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_realistic_writes_one_file_and_says_so(tmp_path):
    folder = tmp_path / "new"
    printed = run(5, "--realistic", "--seed", 3, "--out", folder)
    assert printed == f"Wrote 5 cables in 1 file to {folder} (form realistic, seed 3).\n"
    written = (folder / "cables.csv").read_text(encoding="utf-8", errors="replace")
    assert [path.name for path in folder.iterdir()] == ["cables.csv"]
    assert [cable.identifier for cable in realistic_cables(5, 3) if f'"{cable.identifier}"' not in written] == []


def test_realistic_takes_identifiers_of_a_file(tmp_path):
    (tmp_path / "ids.csv").write_text("05VALDMARK538,2\n05VALDMARK539,2\n")
    run(2, "--realistic", "--ids", tmp_path / "ids.csv", "--out", tmp_path / "new")
    written = (tmp_path / "new/cables.csv").read_text(encoding="utf-8", errors="replace")
    assert re.findall(r'^"\d+","[^"]+","(\w+)"', written, re.MULTILINE) == ["05VALDMARK538", "05VALDMARK539"]


def test_realistic_refuses_a_file_of_identifiers_that_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match=r"ids\.csv cannot be read"):
        run(2, "--realistic", "--ids", tmp_path / "ids.csv", "--out", tmp_path / "new")
    (tmp_path / "ids.csv").write_text("05VALDMARK538\n")
    with pytest.raises(CommandError, match="line 1: not an identifier, a comma and a month"):
        run(2, "--realistic", "--ids", tmp_path / "ids.csv", "--out", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_realistic_refuses_a_folder_with_something_in_it(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match="is not empty"):
        run(1, "--realistic", "--out", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("--realistic", "--form", "html"), "as csv only"), (("--ids", "ids.csv"), "add --realistic")],
)
def test_refuses_options_that_do_not_go_together(tmp_path, arguments, message):
    with pytest.raises(CommandError, match=message):
        run(1, *arguments, "--out", tmp_path / "new")
    assert not (tmp_path / "new").exists()
