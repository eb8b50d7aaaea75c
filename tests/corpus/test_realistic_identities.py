"""Which cables there are: a table of identifiers taken evenly, gone on with, and what is wrong in it told."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from cables.corpus.realistic.identities import YEARS, BadTableError, IdentifierTable, invented_identities
from cables.corpus.realistic.senders import real_sender
from cables.parsing import canonical_identifier

LINES = [f"05VALDMARK{serial},{1 + serial // 20}" for serial in range(1, 200)] + ["06STATE7,2", "98VALDMARK3,12"]


def table(folder: Path, lines: list[str], name: str = "ids.csv") -> IdentifierTable:
    """Return the table of these lines."""
    text = "".join(f"{line}\n" for line in lines).encode()
    (folder / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return IdentifierTable(folder / name)


@pytest.mark.parametrize("name", ["ids.csv", "ids.csv.gz"])
def test_whole_table_is_taken_in_its_order(tmp_path, name):
    found = list(table(tmp_path, LINES, name).identities(len(LINES), seed=1))
    assert [identity.identifier for identity in found] == [line.partition(",")[0] for line in LINES]


def test_days_are_of_the_month_and_rise(tmp_path):
    found = list(table(tmp_path, LINES).identities(len(LINES), seed=1))
    assert [identity.sent_at.month for identity in found] == [int(line.partition(",")[2]) for line in LINES]
    days = [identity.sent_at.date() for identity in found[:199]]
    assert days == sorted(days)
    assert days[0] == date(2005, 1, 1)
    assert found[-1].sent_at.year == 1998


@pytest.mark.parametrize("count", [1, 2, 67, 200])
def test_fewer_cables_than_the_table_are_an_even_sample(tmp_path, count):
    places = {line.partition(",")[0]: place for place, line in enumerate(LINES)}
    taken = [places[identity.identifier] for identity in table(tmp_path, LINES).identities(count, seed=1)]
    assert len(taken) == count
    gaps = [after - before for before, after in pairwise(taken)]
    assert all(len(LINES) // count <= gap <= -(-len(LINES) // count) for gap in gaps)


@pytest.mark.parametrize("count", [202, 1_000, 1_999])
def test_more_cables_than_the_table_go_on_with_further_serials(tmp_path, count):
    found = list(table(tmp_path, LINES).identities(count, seed=1))
    assert len({identity.canonical for identity in found}) == count
    assert [identity.canonical for identity in found if canonical_identifier(identity.identifier) == ""] == []
    listed = {line.partition(",")[0] for line in LINES}
    assert listed <= {identity.identifier for identity in found}
    further = [identity for identity in found if identity.identifier not in listed]
    last = {("VALDMARK", 2005): 199, ("STATE", 2006): 7, ("VALDMARK", 1998): 3}
    assert [one for one in further if one.serial <= last[one.sender.station, one.sent_at.year]] == []
    assert [one for one in further if one.identifier != one.canonical] == []


def test_misprints_stay_as_printed_and_second_forms_of_an_identifier_are_left_out(tmp_path):
    lines = ["05VALDMARK0538,2", "05VALDMARK538,2", "05VALDMARK0539,2", "05VALDMARK00540,2", "05VALDMARK0540,2"]
    found = list(table(tmp_path, lines).identities(3, seed=1))
    assert [identity.identifier for identity in found] == ["05VALDMARK538", "05VALDMARK0539", "05VALDMARK00540"]
    assert [identity.canonical for identity in found] == ["05VALDMARK538", "05VALDMARK539", "05VALDMARK540"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "holds no identifiers"),
        (["05VALDMARK538"], "line 1: not an identifier, a comma and a month"),
        (["05VALDMARK538,2", "05VALDMARK539,13"], "line 2: not an identifier, a comma and a month"),
        (["05VALDMARK538,2", "hello,2"], "line 2: 'hello' is no identifier"),
        (["05VALDMÄRK538,2"], "cannot be read"),
    ],
)
def test_bad_table_is_told_with_its_line(tmp_path, lines, message):
    with pytest.raises(BadTableError, match=message):
        table(tmp_path, lines)


def test_table_that_is_not_there_or_cut_short_is_told(tmp_path):
    with pytest.raises(BadTableError, match="cannot be read"):
        IdentifierTable(tmp_path / "none.csv")
    whole = gzip.compress("".join(f"{line}\n" for line in LINES).encode())
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadTableError, match="cannot be read"):
        IdentifierTable(tmp_path / "cut.csv.gz")


def test_invented_cables_spread_over_the_years_and_number_through_each(tmp_path):
    found = list(invented_identities(5_000, seed=1))
    per_year = Counter(identity.sent_at.year for identity in found)
    assert all(abs(per_year[year] - 5_000 * part / sum(YEARS.values())) <= 1 for year, part in YEARS.items())
    assert len({identity.canonical for identity in found}) == 5_000
    assert [identity.sent_at for identity in found] == sorted(identity.sent_at for identity in found)
    last: dict[tuple[str, int], int] = {}
    for identity in found:
        key = identity.sender.station, identity.sent_at.year
        assert identity.serial > last.get(key, 0)
        last[key] = identity.serial


@pytest.mark.parametrize(
    ("station", "origin", "address", "words"),
    [
        ("STATE", "Secretary of State", "SECSTATE WASHDC", "STATE"),
        ("NEWDELHI", "Embassy New Delhi", "AMEMBASSY NEW DELHI", "NEW DELHI"),
        ("SAOPAULO", "Consulate Sao Paulo", "AMCONSUL SAO PAULO", "SAO PAULO"),
        ("USUNNEWYORK", "USUN New York", "USMISSION USUN NEW YORK", "USUN NEW YORK"),
        ("VALDMARK", "Embassy Valdmark", "AMEMBASSY VALDMARK", "VALDMARK"),
    ],
)
def test_station_gives_the_names_of_its_post(station, origin, address, words):
    sender = real_sender(station)
    assert (sender.origin, sender.address, sender.words) == (origin, address, words)
