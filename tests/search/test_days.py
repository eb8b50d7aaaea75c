"""The days of cables, counted over arrays: the same as counted one by one."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from cables.search.days import cables_between, days_of
from cables.search.holdings import NO_DAY, Holdings, Lists

NONE = np.zeros(0, np.int32)
EPOCH = date(1970, 1, 1)


def holding(days: list[date | None]) -> Holdings:
    """Return holdings of cables 1, 2, … of these days, the newest first and those without a day last."""
    newest_first = sorted(enumerate(days, 1), key=lambda item: (item[1] or date.min, item[0]), reverse=True)
    cables = np.array([number for number, _ in newest_first], np.int32)
    numbers = np.array([(day - EPOCH).days if day else NO_DAY for _, day in newest_first], np.int32)
    lists = Lists(np.zeros(len(days) + 1, np.int32), NONE)
    return Holdings(cables, NONE, numbers, NONE, NONE, NONE, lists, lists, ())


@pytest.fixture(scope="module")
def days() -> list[date | None]:
    chance = Random(3)  # noqa: S311 - the same days each time, no secret
    some = [date(1966, 1, 1) + timedelta(days=chance.randrange(3000)) for _ in range(400)]
    return [*some, *some[:50], None, None]


def test_counts_are_those_of_counting_one_by_one(days):
    found = days_of(holding(days))
    dated = [day for day in days if day]

    assert (found.total, found.undated) == (450, 2)
    assert (found.first, found.last) == (min(dated), max(dated))
    assert found.by_year() == Counter(day.year for day in dated)
    assert found.by_month() == Counter((day.year, day.month) for day in dated)
    assert list(found.by_month()) == sorted(found.by_month())
    first, last = sorted(set(dated))[100], sorted(set(dated))[300]
    assert found.within(first, last) == Counter(day for day in dated if first <= day <= last)


def test_days_of_some_cables_are_theirs_alone(days):
    held = holding(days)
    places = np.arange(0, len(days), 3, dtype=np.int32)
    own = [EPOCH + timedelta(days=int(day)) for day in held.days[places] if day != NO_DAY]
    assert days_of(held, places).by_month() == Counter((day.year, day.month) for day in own)


def test_neighbours_are_the_nearest_days_that_have_cables(days):
    found = days_of(holding(days))
    dated = sorted({day for day in days if day})
    for day in [dated[0] - timedelta(1), *dated[:5], dated[7] + timedelta(1), *dated[-3:], dated[-1] + timedelta(9)]:
        assert found.before(day) == max((other for other in dated if other < day), default=None)
        assert found.after(day) == min((other for other in dated if other > day), default=None)


def test_cables_between_two_days_are_the_newest_first(days):
    dated = sorted({day for day in days if day})
    first, last = dated[200], dated[220]
    wanted = [(day, number) for number, day in enumerate(days, 1) if day and first <= day <= last]
    assert cables_between(holding(days), first, last).tolist() == [number for _, number in sorted(wanted)[::-1]]


@pytest.mark.parametrize("days", [[], [None]])
def test_without_days_there_is_nothing(days):
    found = days_of(holding(days))
    assert (found.total, found.undated, found.first, found.last) == (0, len(days), None, None)
    assert (found.by_year(), found.by_month(), found.within(date.min, date.max)) == ({}, {}, {})
    assert (found.before(date.max), found.after(date.min)) == (None, None)
    assert cables_between(holding(days), date.min, date.max).tolist() == []
