"""The files of every form: the same bytes for the same seed, and read back as the cables they were made of."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cables.corpus import FORMS, NOTICE, invented_cables, write_corpus
from cables.corpus.pages import PARTIAL_NOTICE
from cables.parsing.records import RawCable
from cables.sources import read_path

COUNT = 160


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def raw_cables(folder: Path) -> list[RawCable]:
    """Return what the sources make of a folder; fails on anything they cannot read."""
    found = list(read_path(folder))
    assert [item for item in found if not isinstance(item, RawCable)] == []
    return found


@pytest.mark.parametrize("form", FORMS)
def test_same_seed_same_bytes(tmp_path, form):
    for name, seed in (("first", 7), ("again", 7), ("other", 8)):
        write_corpus(tmp_path / name, 40, form=form, seed=seed)
    assert contents(tmp_path / "first") == contents(tmp_path / "again")
    assert contents(tmp_path / "first") != contents(tmp_path / "other")


@pytest.mark.parametrize("form", FORMS)
def test_paths_returned_are_the_files_written(tmp_path, form):
    paths = write_corpus(tmp_path, 40, form=form)
    assert {str(path.relative_to(tmp_path)) for path in paths} == set(contents(tmp_path))
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("form", FORMS)
def test_every_cable_is_read_back_with_the_notice(tmp_path, form):
    write_corpus(tmp_path, COUNT, form=form)
    bodies = [raw.body for raw in raw_cables(tmp_path)]
    assert len(bodies) == COUNT
    assert [body for body in bodies if body.count(NOTICE) != 1] == []


def test_csv_is_read_back_letter_for_letter(tmp_path):
    write_corpus(tmp_path, COUNT, form="csv")
    expected = [
        (cable.identifier, cable.origin, cable.classification, "|".join(cable.references), cable.header, cable.body)
        for cable in invented_cables(COUNT)
    ]
    found = raw_cables(tmp_path)
    assert [
        (raw.identifier, raw.origin, raw.classification, raw.references, raw.header, raw.body) for raw in found
    ] == expected
    with (tmp_path / "cables.csv").open(encoding="utf-8", newline="") as file:
        assert [row[2] for row in csv.reader(file, escapechar="\\", doublequote=False)] == [row[0] for row in expected]


def test_pages_are_read_back_in_full_or_as_extracts(tmp_path):
    write_corpus(tmp_path, COUNT, form="html")
    made = {cable.identifier: cable for cable in invented_cables(COUNT)}
    extracts = 0
    for raw in raw_cables(tmp_path):
        cable = made.pop(raw.identifier)
        assert (raw.origin, raw.classification) == (cable.origin, cable.classification)
        if PARTIAL_NOTICE in raw.notice:
            extracts += 1
            assert raw.header == ""
        else:
            assert (raw.header, raw.body.replace("¶", "")) == (cable.header, cable.body)
    assert made == {}
    assert 0 < extracts < COUNT // 5


def test_national_archives_texts_are_read_back_with_their_attributes(tmp_path):
    write_corpus(tmp_path, COUNT, form="text")
    made = [cable for cable in invented_cables(COUNT) if cable.year < 1980]
    found = {raw.identifier: raw for raw in raw_cables(tmp_path) if raw.form == "nara-text"}
    assert len(found) == len(made) > 0
    for cable in made:
        raw = found[f"{cable.year}{cable.post.station}{cable.serial:05}"]
        assert raw.subject == cable.subject
        assert raw.tags == ", ".join(cable.tags)
        assert raw.attributes["Film Number"] == cable.attributes["Film Number"]


def test_mixed_holds_every_form(tmp_path):
    write_corpus(tmp_path, 400)
    forms = {raw.form for raw in raw_cables(tmp_path)}
    assert forms == {"cables-csv", "mirror-html", "nara-text", "seed-text", "telegram"}
