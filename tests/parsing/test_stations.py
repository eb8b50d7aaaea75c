"""Stations: slips of known names are corrected, unknown names are not."""

from __future__ import annotations

import pytest

from cables.parsing.edits import KnownWords, distance
from cables.parsing.stations import corrected_station, known_station, likely_station, station


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("La Paz", "LAPAZ"),
        ("Port-au-Prince", "PORTAUPRINCE"),
        ("SECSTATE WASHDC", "STATE"),
        ("PORT A", "PORTAUPRINCE"),
        ("HCMC", "HOCHIMINHCITY"),
        ("MEXICO CITY", "MEXICO"),
        ("PHNOM PEN", "PHNOMPENH"),
        ("RIO DE JAN", "RIODEJANEIRO"),
        ("NEWDE", "NEWDELHI"),
        ("TELAV", "TELAVIV"),
        ("PRETOR", "PRETORIA"),
        ("BRASIIA", "BRASILIA"),
        ("TRIPOLII", "TRIPOLI"),
        ("ANILA", "MANILA"),
        ("USUN NE YORK", "USUNNEWYORK"),
        ("PHNOM PHEN", "PHNOMPENH"),
        ("SECTSTATE", "STATE"),
    ],
)
def test_other_names_cuts_and_slips_mean_the_station(name: str, expected: str) -> None:
    assert station(name) == expected


@pytest.mark.parametrize("name", ["VALDMARK", "VALBRUNE", "ORMOND", "LIMBA", "ROMA", "SANTA", "PORTLAND", "KARVEN"])
def test_unknown_names_are_kept(name: str) -> None:
    assert (station(name), likely_station(name)) == (name, "")


def test_a_beginning_that_two_stations_share_means_neither() -> None:
    assert likely_station("SANTI") == "SANTIAGO"
    assert likely_station("SANT") == ""
    assert likely_station("MONTE") == ""


def test_a_name_in_full_is_not_taken_for_a_cut() -> None:
    assert corrected_station("PRETOR") == ""
    assert known_station("PRETOR") == ""


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [
        ("", "", 0),
        ("LIMA", "LIMA", 0),
        ("LIMA", "LMA", 1),
        ("LIMA", "ILMA", 1),
        ("LIMA", "LIMAS", 1),
        ("LIMA", "ROME", 3),
    ],
)
def test_distance_counts_a_swap_as_one_edit(left: str, right: str, edits: int) -> None:
    assert distance(left, right) == distance(right, left) == edits


def test_nearest_word_must_be_nearer_than_all_others() -> None:
    words = KnownWords(["HARBOUR", "HARBOR", "FERRY"])
    assert words.nearest("HARBOUT") == ("HARBOUR", 1)
    assert words.nearest("FERY") == ("FERRY", 1)
    assert words.nearest("HARBOUX") == ("HARBOUR", 1)
    assert words.nearest("HARBOXR") is None
    assert words.nearest("LIGHTHOUSE") is None
    assert words.near("HARBOUR") == [(0, "HARBOUR"), (1, "HARBOR")]
