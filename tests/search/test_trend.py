"""The trend of a search: periods, counts and shares."""

from __future__ import annotations

import pytest

from cables.ingest.run import import_paths
from cables.models import SearchEntry
from cables.search.trend import Period, trend
from tests.invented import seed_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(tmp_path):
    sent = ["2001-05-02", "2004-12-31", "2004-12-31", "2005-02-01", "2005-02-28", "2005-04-09"]
    for number, day in enumerate(sent, 1):
        subject = "FERRY" if number % 2 else "VISA"
        identifier = f"{day[2:4]}VALDMARK{number}"
        (tmp_path / f"{number}.txt").write_text(
            seed_page(identifier, created=f"{day} 07:16:00", subject=subject, body="1. (C) Quiet.")
        )
    import_paths([tmp_path])


def of(subject: str) -> list[Period]:
    return trend(SearchEntry.objects.filter(cable__subject=subject))


def test_by_year_from_the_first_found_to_the_last(years):
    assert of("FERRY") == [
        Period(2001, None, 1, 1),
        Period(2002, None, 0, 0),
        Period(2003, None, 0, 0),
        Period(2004, None, 1, 2),
        Period(2005, None, 1, 3),
    ]


def test_by_month_within_few_years(years):
    assert of("VISA") == [
        Period(2004, 12, 1, 2),
        Period(2005, 1, 0, 0),
        Period(2005, 2, 1, 2),
        Period(2005, 3, 0, 0),
        Period(2005, 4, 1, 1),
    ]


def test_cables_without_a_date_are_left_out(years):
    SearchEntry.objects.filter(cable__subject="VISA").update(day=None, year=None)
    assert of("VISA") == []


@pytest.mark.parametrize(
    ("period", "name", "share"),
    [
        (Period(2005, None, 1, 3), "2005", 100 / 3),
        (Period(2005, 3, 0, 0), "2005-03", 0),
        (Period(5, 11, 2, 2), "0005-11", 100),
    ],
)
def test_period(period, name, share):
    assert (period.name, period.share) == (name, share)
