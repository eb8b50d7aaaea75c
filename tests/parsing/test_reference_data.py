"""The tables of facts: readable, consistent with one another, and each row of use."""

from __future__ import annotations

from collections import Counter

import pytest

from cables.reference_data import tables


def test_every_post_stands_at_a_known_station() -> None:
    assert {post.station for post in tables.posts()} <= tables.stations()


def test_every_abbreviation_means_a_known_station_and_is_none_itself() -> None:
    abbreviations = tables.station_abbreviations()
    assert set(abbreviations.values()) <= tables.stations()
    assert {printed for printed, meant in abbreviations.items() if printed == meant} == set()


def test_every_place_lies_on_the_globe() -> None:
    placed = [post for post in tables.posts() if post.latitude is not None and post.longitude is not None]
    assert len(placed) == len(tables.posts()) - 2
    assert all(abs(post.latitude or 0) <= 90 and abs(post.longitude or 0) <= 180 for post in placed)


def test_names_of_posts_differ() -> None:
    assert len({post.name for post in tables.posts()}) == len(tables.posts())


def test_a_tag_stands_once_in_an_era_for_each_kind() -> None:
    keys = [(entry.code, entry.era, entry.kind) for entry in tables.tags()]
    assert len(set(keys)) == len(keys)


def test_country_codes_depend_on_the_era() -> None:
    titles = {entry.era: entry.title for entry in tables.tags() if entry.code == "CE"}
    assert titles == {"1970s": "Sri Lanka (Ceylon)", "2000s": "Sri Lanka"}


def test_slips_of_tags_are_no_codes_themselves() -> None:
    assert set(tables.tag_slips()) & tables.tag_codes() == set()


@pytest.mark.parametrize("section", ["1.4(b)", "1.4(h)", "1.5(d)"])
def test_reasons_have_a_subject(section: str) -> None:
    assert tables.classification_reasons()[section]


def test_captions_are_told_once_each() -> None:
    codes = [caption.code for caption in tables.captions()]
    assert len(set(codes)) == len(codes)
    assert {"NOFORN", "SIPDIS", "EXDIS", "NODIS", "LIMDIS", "STADIS"} <= set(codes)


def test_routing_indicators_name_their_addressee() -> None:
    assert tables.routing_indicators()["RUEHC"] == "DEPT OF STATE WASHINGTON DC"


def test_each_country_of_a_post_has_a_name_and_no_name_means_two() -> None:
    names = Counter(name for entry in tables.countries() for name in {entry.name, *entry.also})
    assert {name: count for name, count in names.items() if count > 1} == {}

    codes = {entry.code for entry in tables.countries()}
    assert {post.country for post in tables.posts()} - codes - {""} == set()
