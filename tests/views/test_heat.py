"""Heat maps: steps, cells, calendars."""

from __future__ import annotations

from datetime import date

import pytest

from cables.views.heat import STEPS, Cell, heat, ranges, strength, weeks


def address(day: date) -> str:
    return f"/{day.isoformat()}/"


@pytest.mark.parametrize(
    ("count", "most", "step"),
    [
        (0, 0, 0),
        (0, 25, 0),
        (1, 25, 1),
        (2, 25, 2),
        (4, 25, 2),
        (5, 25, 3),
        (9, 25, 3),
        (10, 25, 4),
        (16, 25, 4),
        (17, 25, 5),
        (25, 25, 5),
        (1, 1, 5),
        (1, 1_000_000, 1),
    ],
)
def test_strength_grows_with_the_root_of_the_count(count, most, step):
    assert strength(count, most) == step


@pytest.mark.parametrize("most", [0, 1, 2, 3, 7, 25, 40, 6001])
def test_ranges_tell_which_counts_have_which_step(most):
    told = {count: range_.step for range_ in ranges(most) for count in range(range_.least, range_.most + 1)}
    assert told == {count: strength(count, most) for count in range(1, most + 1)}
    assert sum(range_.most - range_.least + 1 for range_ in ranges(most)) == most
    assert all(1 <= range_.step <= STEPS for range_ in ranges(most))


def test_years_without_any_are_left_out_and_empty_months_lead_nowhere():
    shown = heat({(1979, 12): 4, (2003, 1): 100, (2003, 2): 0, (2004, 5): 0}, address)

    assert [(year.year, year.count, year.century, year.in_century) for year in shown.years] == [
        (1979, 4, "19", "79"),
        (2003, 100, "20", "03"),
    ]
    assert shown.years[0].months[11] == Cell(date(1979, 12, 1), 4, 1, "/1979-12-01/")
    assert shown.years[1].months[:2] == [
        Cell(date(2003, 1, 1), 100, 5, "/2003-01-01/"),
        Cell(date(2003, 2, 1), 0, 0, ""),
    ]
    assert [[cell.count for cell in cells] for cells in shown.by_month] == [[0, 100], *[[0, 0]] * 10, [4, 0]]


def test_nothing_held_is_no_year_and_no_step():
    assert heat({}, address).years == heat({}, address).ranges == heat({}, address).by_month == []


def test_weeks_run_from_monday_and_hold_only_days_of_the_month():
    sheet = weeks(date(2005, 2, 1), {date(2005, 2, 10): 3, date(2005, 3, 1): 9}, 12, address)

    assert [[cell.day.day if cell else None for cell in week] for week in sheet] == [
        [None, 1, 2, 3, 4, 5, 6],
        [7, 8, 9, 10, 11, 12, 13],
        [14, 15, 16, 17, 18, 19, 20],
        [21, 22, 23, 24, 25, 26, 27],
        [28, None, None, None, None, None, None],
    ]
    assert [cell for week in sheet for cell in week if cell and cell.count] == [
        Cell(date(2005, 2, 10), 3, 3, "/2005-02-10/")
    ]


@pytest.mark.parametrize("month", [date(1, 1, 1), date(9999, 12, 1)])
def test_ends_of_the_calendar_have_weeks_too(month):
    assert [cell.day.day for week in weeks(month, {}, 0, address) for cell in week if cell] == list(range(1, 32))
