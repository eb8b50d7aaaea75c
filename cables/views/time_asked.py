"""The time that a search asks for, in words, and the ways to ask for more of it."""

from __future__ import annotations

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date

from cables.filters import CableFilter


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """What is asked for ("March 2005"), and wider times: (what each is, the query string that asks for it)."""

    told: str
    wider: list[tuple[str, str]]


def time_asked(chosen: CableFilter) -> TimeAsked | None:
    """Return the time that both ends leave, None where both are open."""
    since, until = chosen.ends
    if since is None and until is None:
        return None
    wider = [("all years", chosen.removing("year", ""))]
    if since and until and since.year == until.year and (since, until) != _year(since):
        first, last = _year(since)
        wider.insert(0, (f"all of {since.year}", chosen.query_string(since=str(first), until=str(last))))
    return TimeAsked(_told(since, until), wider)


def _told(since: date | None, until: date | None) -> str:
    if since and until:
        if (since, until) == _year(since):
            return str(since.year)
        if since.day == 1 and (until.year, until.month) == (since.year, since.month) and _is_last(until):
            return f"{month_name[since.month]} {since.year}"
        return _day(since) if since == until else f"{_day(since)} to {_day(until)}"
    return f"from {_day(since)}" if since else f"until {_day(until)}" if until else ""


def _year(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _is_last(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _day(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"
