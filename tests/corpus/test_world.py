"""The invented world is invented: nothing in it has a real country's, post's or code's name."""

from __future__ import annotations

import pytest

from cables.corpus import COUNTRIES, POSTS
from cables.corpus.world import STATE, american, official
from cables.reference_data import tables


def edit_distance(one: str, other: str) -> int:
    """Return how many letters must change, go or come to make one word the other."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, second in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != second))
    return row[-1]


@pytest.mark.parametrize("post", [post for post in POSTS if post is not STATE], ids=lambda post: post.station)
def test_station_is_no_slip_of_a_real_one(post):
    assert [real for real in tables.stations() if edit_distance(post.station, real) <= 2] == []


def test_posts_have_names_stations_and_routing_indicators_of_their_own():
    real_names = {post.name for post in tables.posts()}
    for one in (lambda post: post.name, lambda post: post.station, lambda post: post.routing):
        assert len({one(post) for post in POSTS}) == len(POSTS)
    assert [post.name for post in POSTS if post.name in real_names] == [STATE.name]
    assert [post.routing for post in POSTS if post.routing in tables.routing_indicators()] == [STATE.routing]


def test_country_codes_and_names_are_no_real_ones():
    titles = {tag.title for tag in tables.tags()}
    assert set(COUNTRIES) & (tables.tag_codes() | set(tables.tags_in_use())) == set()
    assert set(COUNTRIES.values()) & titles == set()


def test_every_post_but_the_department_stands_in_a_country():
    assert {post.country for post in POSTS} == {"", *COUNTRIES}


def test_every_post_but_the_department_has_a_place_of_its_own():
    places = [post.coordinates for post in POSTS if post is not STATE]
    assert (len(set(places)), STATE.coordinates) == (len(POSTS) - 1, None)
    assert all(-57 < north < 84 and -180 < east < 180 for north, east in places)


def test_offices_change_hands_over_the_years():
    ministers = {official("EM", "Foreign Minister", year) for year in range(1973, 2011)}
    ambassadors = {american("Ambassador", "Valdmark", year) for year in range(1973, 2011)}
    assert (len(ministers), len(ambassadors)) == (10, 13)


def test_persons_are_the_same_at_every_asking():
    assert official("QH", "Foreign Minister", 2006) == official("QH", "Foreign Minister", 2006)
    assert official("QH", "Foreign Minister", 2006) != official("QH", "Foreign Minister", 1999)
