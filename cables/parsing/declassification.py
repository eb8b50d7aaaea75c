"""Declassification: the date or the condition that the E.O. line of a cable gives."""

from __future__ import annotations

import re
from datetime import date

from cables.parsing.dates import calendar_day, month_number, whole_year
from cables.parsing.located import Located
from cables.parsing.preamble import Preamble, read_preamble

_DECLASSIFY = r"DECL(?<=\bDECL)(?:AS)?(?:S(?:IFY)?)?(?:[ \t]{1,3}ON)?\b[ \t]{0,3}[:;.,]?[ \t]{0,6}(?:ON[ \t]{1,4})?"
_SEPARATOR = r"[ ]?[/\-.][ ]?"
_DATE = re.compile(
    rf"""[DGR](?:(?<=\bD){_DECLASSIFY[1:]}|(?<=\b[GR])DS(?:-\d)?[ \t,:]{{1,6}})
    (?:
        (?P<year>\d{{4}}){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})(?!\d)
        | (?P<us_month>\d{{1,2}}){_SEPARATOR}(?P<us_day>\d{{1,2}}){_SEPARATOR}(?P<us_year>\d{{4}}|\d\d)(?!\d)
        | (?P<month_name>[A-Z]{{3,9}})\.?[ ](?P<name_day>\d{{1,2}}),?[ ](?P<name_year>\d{{4}})
        | (?P<day_first>\d{{1,2}})[ ](?P<month_second>[A-Z]{{3,9}})\.?,?[ ](?P<year_third>\d{{4}}|\d\d)(?!\d)
    )""",
    re.VERBOSE,
)  # of capitals, begun with a letter that is searched for fast
_EXEMPTION = r"25X\d(?:-HUMAN)?|50X\d?-?(?:HUM|WMD)?|X-?\d(?:[ ]?[,/&][ ]?X?-?\d){0,7}"
_CONDITION = re.compile(
    rf"""{_DECLASSIFY}(?P<event>(?:AFTER|UPON|WHEN|WITH|AT)[ ][^\r\n]{{3,80}})
    | (?:{_DECLASSIFY}|\b12958[ \t:]{{1,6}})(?:1\.6[ ]?)?(?P<exemption>{_EXEMPTION})\b
    | \b(?P<code>OADR|XGDS(?:[ ]?[-(]?[ ]?[1-4]\)?)?|NGDS|GDS|RDS(?:-\d)?|ADS|MR)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_TRAILING = re.compile(r"\s*(?:TAGS?\b.*|\([^()]*\)?)?\s*\Z", re.IGNORECASE)


def locate_declassify_on(text: str) -> Located[date | None]:
    """The day on which a cable is to be declassified, and where it stands; None where no possible day is told.

    Month before day, as the forms of E.O. 12958 and its forerunners have it, or year first; where the month cannot be
    one, day before month.
    """
    preamble = read_preamble(text)
    for found in _DATE.finditer(preamble.capitals):
        if (day := _day(found)) is not None:
            return Located(day, _start(preamble, found), found.end())
    return Located(None)


def parse_declassify_on(text: str) -> date | None:
    """The day on which a cable is to be declassified, None where no possible day is told."""
    return locate_declassify_on(text).value


def locate_declassify_condition(text: str) -> Located[str]:
    """What the E.O. line gives in place of a day, in capitals, and where it stands.

    A code ("OADR", "GDS", "XGDS-2"), an exemption from automatic declassification ("X1, X5", "25X1-HUMAN"), or an
    event in its words ("AFTER KOREAN UNIFICATION").
    """
    preamble = read_preamble(text)
    eo = preamble.first("eo")
    others = (field.start for field in preamble.fields if eo and field.start > eo.start)
    end = next(others, len(preamble.text)) if eo else len(preamble.text)
    found = _CONDITION.search(preamble.text, eo.start if eo else 0, end)
    if found is None or (not eo and found["code"] != "OADR" and not found["event"] and not found["exemption"]):
        return Located("")
    event = found["event"]
    words = event and _TRAILING.sub("", event).strip(" .")
    value = words or _code(found["exemption"] or found["code"])
    return Located(value.upper(), _start(preamble, found), found.end())


def parse_declassify_condition(text: str) -> str:
    """What the E.O. line gives in place of a day, in capitals; "" where there is nothing of the kind."""
    return locate_declassify_condition(text).value


def _code(printed: str) -> str:
    """A code in its one spelling: "XGDS (2)" -> "XGDS-2", "X-1,X5" -> "X1, X5"."""
    schedule = re.match(r"(XGDS|RDS)\W*(\d)", printed, re.IGNORECASE)
    if schedule:
        return f"{schedule[1]}-{schedule[2]}"
    bare = re.sub(r"\s", "", printed)
    return bare if bare.startswith(("25", "50")) else bare.replace("-", "").replace(",", ", ")


def _start(preamble: Preamble, found: re.Match[str]) -> int:
    """Where the E.O. label stands if it is on the same line, else where the words begin."""
    line = preamble.text.rfind("\n", 0, found.start()) + 1
    return next(
        (f.start for f in preamble.fields if f.kind == "eo" and line <= f.start <= found.start()), found.start()
    )


def _day(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    if part["year"]:
        return calendar_day(int(part["year"]), int(part["month"]), int(part["day"]))
    if part["us_year"]:
        month, day = int(part["us_month"]), int(part["us_day"])
        if month > 12:
            month, day = day, month
        return calendar_day(whole_year(part["us_year"]), month, day)
    if part["name_year"]:
        return calendar_day(int(part["name_year"]), month_number(part["month_name"]), int(part["name_day"]))
    return calendar_day(whole_year(part["year_third"]), month_number(part["month_second"]), int(part["day_first"]))
