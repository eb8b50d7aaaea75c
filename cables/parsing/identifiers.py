"""Identifiers of cables (message reference numbers): year, station, serial, as in 05ALMATY538.

The canonical form has the year in two digits, the station in capitals without spaces, and the serial without leading
zeros. The National Archives' series of 1973-79 keeps four digits of year (1973LIMA2545), as its catalogue does.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cables.parsing.stations import known_station, likely_station, station
from cables.reference_data import tables

_MARKS = re.compile(r"[^0-9A-Z]+")
_COLLECTION = re.compile(r"_[a-e](?:\.html?)?\Z")
_YEAR = re.compile(r"(?:(?P<four>(?:19|20)\d\d)|(?P<two>\d\d)(?P=two)?)(?=[A-Z]|0[A-Z]|\d{1,2}[A-Z]{1,2}\d)")
_WHOLE = re.compile(r"([A-Z]+)(\d+)\Z")
_FIRST = re.compile(r"([A-Z]+)(\d{3,8})[A-Z]")
_ZERO_FOR_O = re.compile(r"(?<=[A-Z])0(?=[A-Z])|\A0(?=[A-Z])")
_LONGEST = 120
_MOST_DIGITS = 8
_ARCHIVES_YEARS = range(1973, 1980)

# Words that message software left before the station, and addresses that follow it.
_BEFORE = (
    "AMEMBASSY", "AMCONSUL", "USMISSION", "EMBASSY", "CONSULATE", "EFTO", "FSC", "NOFORN", "SIPDIS", "EXDIS",
    "UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "UNCLAS", "SIFIED",
)  # fmt: skip
_AFTER = ("WASHDC", "WASHINGTON", "WASH")


@lru_cache(maxsize=4)  # of a cable, its own is asked for again when its references are read
def canonical_identifier(text: str) -> str:
    """The canonical identifier that a printed one means, "" where the text is none.

    Known misprints come from the table of aliases; other forms by rule: separators, doubled years, "SECTION 01 OF 03"
    and other words around the station, zeros for the letter O, second numbers after the serial, and whatever
    stations.py knows of names.
    """
    flat = _MARKS.sub("", _COLLECTION.sub("", text[:_LONGEST].strip()).upper())
    flat = tables.aliases().get(flat, flat)
    year = _YEAR.match(flat)
    if year is None:
        return ""
    name, serial = _station_and_serial(flat[year.end() :])
    if not name or len(serial) > _MOST_DIGITS:
        return ""
    return join_identifier(_year(year), name, serial)


def join_identifier(year: str, name: str, serial: str) -> str:
    """The canonical identifier of a year as it is to stand, a station and a serial with or without zeros."""
    return f"{year}{name}{int(serial)}"


def split_identifier(identifier: str) -> tuple[str, str, int] | None:
    """Year as it stands, station and serial of a canonical identifier; None if the text is none."""
    year = _YEAR.match(identifier)
    rest = _WHOLE.match(identifier, year.end()) if year else None
    return (identifier[: rest.start()], rest[1], int(rest[2])) if rest else None


def _year(found: re.Match[str]) -> str:
    four = found["four"]
    if four is None:
        return found["two"]
    return four if int(four) in _ARCHIVES_YEARS else four[2:]


def _station_and_serial(rest: str) -> tuple[str, str]:
    """Station and serial of what follows the year; two empty strings where there are none."""
    rest = _ZERO_FOR_O.sub("O", rest)
    first = _FIRST.match(rest)
    if first and (name := _station_within(first[1])):
        return name, first[2]
    last = _WHOLE.search(rest)
    if last is None:
        return "", ""
    name, serial = last.groups()
    if serial.startswith("0") and not likely_station(name) and known_station(name + "O"):
        return known_station(name + "O"), serial[1:] or "0"
    return _station_within(name) or station(name), serial


def _station_within(name: str) -> str:
    """The known station in a name that may have other words, or a country code, around it."""
    if found := known_station(name):
        return found
    stripped = [name.removeprefix(word) for word in _BEFORE] + [name.removesuffix(word) for word in _AFTER]
    if name[-2:] in tables.country_tags():
        stripped.append(name[:-2])
    return next((found for rest in stripped if rest != name and (found := known_station(rest))), "")
