"""Dates and times as sources of cables and their headers print them, read as UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

# No collection has cables older than 1950 or declassification dates later than 2049 in two digits.
_PIVOT = 50
_LONGEST = 80

_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_MONTH_NAME = r"(?P<month_name>[A-Za-z]{3,9})\.?"
_WEEKDAY = r"(?:[A-Za-z]{3,9},?\s{1,2})?"
_TIME = (
    r"(?:[T,\s]{1,3}(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?)?(?:\s?(?P<zone>Z|UTC|GMT|[+\-]\d\d:?\d\d))?"
)
_FORMS = tuple(
    re.compile(rf"\s{{0,3}}{form}\s{{0,3}}(?:\([A-Za-z]{{3,9}}\))?\s{{0,3}}\Z")
    for form in (
        rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/]{_DAY}{_TIME}",
        rf"(?P<first>\d{{1,2}})[-/](?P<second_part>\d{{1,2}})[-/]{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_DAY}[\s\-]{_MONTH_NAME}[\s\-,]{{1,2}}{_YEAR}{_TIME}",
        rf"(?P<year>\d{{4}})[\s\-]{_MONTH_NAME}[\s\-]{_DAY}{_TIME}",
        rf"{_WEEKDAY}{_MONTH_NAME}\s{{1,2}}{_DAY},\s{{0,2}}(?P<year>\d{{4}}){_TIME}",
        rf"[A-Za-z]{{3}}\s{_MONTH_NAME}\s{{1,2}}{_DAY}{_TIME}\s(?P<year>\d{{4}})",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    )
)
_GROUP = re.compile(
    r"\s{0,3}(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s?Z?\s{0,3}(?P<month>[A-Za-z]{3,9})\.?\s{0,3}"
    r"(?P<year>\d{4}|\d\d)\b"
)


@lru_cache(maxsize=256)  # the cables of a release have its date
def parse_created(text: str) -> datetime | None:
    """The moment, in UTC, that any of the sources' date forms names; None for an impossible date or another text.

    Forms: 12/28/1966 18:48 (month first, as the mirrors have it); 2005-02-10 07:16, with seconds, T or Z;
    11 APR 1973; 01-Jan-1994 12:00:00 am; 1975 January 1, 00:00 (Wednesday); Tue Aug 22 00:00:00 +0100 1972;
    Thursday, 10 February 2005, 07:16; 19730411. A form without zone is read as UTC; 28/12/1966 as day first, since
    there is no month 28.
    """
    found = next((match for form in _FORMS if (match := form.match(text[: _LONGEST + 1]))), None)
    if found is None:
        return None
    part = found.groupdict()
    if part.get("first"):
        month, day = int(part["first"]), int(part["second_part"])
        if month > 12:
            month, day = day, month
    else:
        month = int(part["month"]) if part.get("month") else month_number(part["month_name"] or "")
        day = int(part["day"])
    clock = _clock(part.get("hour"), part.get("minute"), part.get("second"), part.get("half"))
    known_day = calendar_day(whole_year(part["year"]), month, day)
    if known_day is None or clock is None:
        return None
    # Midnight stands for a time that is not known: the day counts, the zone is that of the machine that wrote it.
    ahead = _offset(part.get("zone")) if clock else clock
    return datetime(known_day.year, known_day.month, known_day.day, tzinfo=UTC) + clock - ahead


def date_time_group_to_datetime(text: str) -> datetime | None:
    """The moment of a date-time group (ACP-121) such as "110944Z SEP 07"; None where it is none or impossible."""
    found = _GROUP.match(text[:_LONGEST])
    if found is None:
        return None
    day = calendar_day(whole_year(found["year"]), month_number(found["month"]), int(found["day"]))
    clock = _clock(found["hour"], found["minute"], None, None)
    if day is None or clock is None:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + clock


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day of the calendar, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def whole_year(digits: str) -> int:
    """The year in full of two or four digits."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return 1900 + year if year >= _PIVOT else 2000 + year


def month_number(name: str) -> int:
    """The number of a month from the first three letters of its English name, 0 where it is none."""
    short = name[:3].upper()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _clock(hour: str | None, minute: str | None, second: str | None, half: str | None) -> timedelta | None:
    """The time since midnight; none told counts as midnight, an impossible one gives None."""
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in "pP" else 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _offset(zone: str | None) -> timedelta:
    """How far a zone is ahead of UTC."""
    if not zone or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -ahead if zone[0] == "-" else ahead
