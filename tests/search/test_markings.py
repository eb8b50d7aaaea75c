"""Classifications and captions are counted as the search finds them."""

from __future__ import annotations

from collections import Counter

import pytest
from django.http import QueryDict

from cables.filters import CableFilter
from cables.models import Cable
from cables.search.markings import markings
from cables.search.values import levels_named
from tests.search.shelf import LEVELS


def searched(parameter: str, value: str) -> int:
    return CableFilter(QueryDict(f"{parameter}={value}")).qs.count()


def test_counts_are_those_of_the_shelf_and_of_the_search(shelf):
    levels, captions = markings()

    on_shelf = Counter(value for cable in shelf for value in cable.classification)
    assert [(marking.value, marking.count) for marking in levels] == [
        (level, on_shelf[level]) for level in reversed(LEVELS)
    ]
    captioned = Counter(value for cable in shelf for value in cable.caption)
    assert {marking.value: marking.count for marking in captions} == captioned
    assert [marking.count for marking in captions] == sorted(captioned.values(), reverse=True)
    for parameter, found in (("classification", levels), ("caption", captions)):
        assert [searched(parameter, marking.value) for marking in found] == [marking.count for marking in found]


def test_years_are_those_of_the_shelf(shelf):
    levels, captions = markings()
    for marking in levels + captions:
        of_it = [cable for cable in shelf if marking.value in cable.classification | cable.caption]
        assert dict(marking.years) == Counter(cable.day.year for cable in of_it), marking


def test_cable_without_a_day_counts_and_is_of_no_year(shelf):
    cable = Cable.objects.filter(classification=levels_named("secret")[0]).first()
    Cable.objects.filter(pk=cable.pk).update(sent_at=None)
    type(cable.search_entry).objects.refresh([cable.pk])
    (secret,) = [marking for marking in markings()[0] if marking.value == "secret"]
    assert secret.count == sum("secret" in known.classification for known in shelf)
    assert sum(count for _, count in secret.years) == secret.count - 1


def test_cable_that_is_removed_counts_no_longer(shelf):
    before = sum(marking.count for marking in markings()[0])
    Cable.objects.first().delete()
    assert sum(marking.count for marking in markings()[0]) == before - 1


@pytest.mark.django_db
def test_empty_archive_has_none():
    assert markings() == ([], [])
