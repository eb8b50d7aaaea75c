"""The file of the corpus to measure with: the same bytes for the same seed, and the faults that an export adds."""

from __future__ import annotations

from collections import Counter

import pytest

from cables.corpus.realistic import export, realistic_cables, write_realistic
from cables.corpus.world import dice
from cables.parsing.records import RawCable
from cables.sources import read_path


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> tuple[dict[str, str], dict[str, RawCable]]:
    """Return which of 2,500 cables were damaged and how, and what the source reads, by identifier."""
    path = tmp_path_factory.mktemp("export") / "cables.csv"
    with path.open("wb") as file:
        faults = export(realistic_cables(2_500, seed=4), file, dice("faults", 2))
    found = list(read_path(path))
    assert [item for item in found if not isinstance(item, RawCable)] == []
    return faults, {raw.identifier: raw for raw in found}


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """Return the bodies of the same cables as they were made."""
    return {cable.identifier: cable.body for cable in realistic_cables(2_500, seed=4)}


def test_same_seed_same_bytes_and_other_seed_others(tmp_path):
    files = [write_realistic(tmp_path / name, 60, seed=seed) for name, seed in (("a", 7), ("b", 7), ("c", 8))]
    first, again, other = (path.read_bytes() for path in files)
    assert first == again
    assert first != other


def test_table_of_identifiers_is_used(tmp_path):
    ids = tmp_path / "ids.csv"
    ids.write_text("05VALDMARK538,2\n05STATE12,3\n06ALDIRWAZA7,1\n")
    path = write_realistic(tmp_path / "out", 3, ids=ids)
    found = [raw for raw in read_path(path) if isinstance(raw, RawCable)]
    assert [(raw.identifier, raw.origin) for raw in found] == [
        ("05VALDMARK538", "Embassy Valdmark"),
        ("05STATE12", "Secretary of State"),
        ("06ALDIRWAZA7", "Embassy Aldirwaza"),
    ]


def test_progress_is_told_of_every_cable(tmp_path):
    told: list[None] = []
    write_realistic(tmp_path, 400, seed=4, progress=lambda: told.append(None))
    assert len(told) == 400


def test_every_fault_of_an_export_happens(exported):
    faults, _ = exported
    assert set(faults.values()) == {"merged", "closing quote eaten", "quotes not escaped", "bad bytes"}
    assert 5 < len(faults) < 50


def test_all_cables_are_read_and_whole_ones_letter_for_letter(exported, written):
    faults, found = exported
    assert found.keys() == written.keys()
    assert [name for name, body in written.items() if name not in faults and found[name].body != body] == []


def test_merged_cables_are_told_apart(exported, written):
    faults, found = exported
    merged = [name for name, fault in faults.items() if fault == "merged"]
    hosts = Counter(found[name].attributes.get("merged into", name) for name in merged)
    assert hosts.total() > len(hosts) > 0
    assert [name for name in merged if found[name].body.rstrip("\n") != written[name]] == []


def test_damaged_bodies_differ_from_what_was_written(exported, written):
    faults, found = exported
    eaten = [name for name, fault in faults.items() if fault == "closing quote eaten"]
    assert [name for name in eaten if found[name].body != f"{written[name]}\\"] == []
    bad = [name for name, fault in faults.items() if fault == "bad bytes"]
    assert [name for name in bad if "\x92" not in found[name].body and not found[name].problems] == []
