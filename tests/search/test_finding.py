"""Walking through hits by date: every hit once, in order, whatever is looked at first."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from cables.filters import CableFilter
from cables.search import finding
from cables.search.finding import walk

pytestmark = [pytest.mark.usefixtures("many_cables"), pytest.mark.django_db]


def entries(query: str):
    return CableFilter(QueryDict(query)).qs


def until(query: str):
    return CableFilter(QueryDict(query)).last_day


@pytest.mark.parametrize("looked_at", [1, 40, 1000])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=the+government",
        "q=government&until=2008",
        "q=government&since=2005&until=2007-03-01",
        "q=region+-government",
        "tag=PREL",
    ],
)
def test_walk_comes_by_every_hit_once_the_newest_first(monkeypatch, query, looked_at):
    monkeypatch.setattr(finding, "LOOKED_AT", looked_at)
    wanted = list(entries(query).order_by("-day", "-cable_id").values_list("cable_id", flat=True))
    walked: list[int] = []
    while some := walk(entries(query), 25, walked[-1] if walked else None, until=until(query)):
        walked += some
    assert len(wanted) > 10
    assert walked == wanted


def test_walk_after_a_cable_that_is_not_held_begins_anew():
    assert walk(entries(""), 3, 10**9) == walk(entries(""), 3)
