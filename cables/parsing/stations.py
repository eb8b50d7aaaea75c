"""Stations: from a name as a cable prints it to the station of a canonical identifier.

The steps go from sure to likely: a known station; a known abbreviation or other name; a cut ("PHNOM PEN", "NEWDE" of
the 1970s), if it can only be the beginning of one station; a slip of one or two letters, if only one station is that
near. A name that is none of these is kept: posts are opened, and archives hold stations that no table knows.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cables.parsing.edits import KnownWords
from cables.reference_data import tables

# The National Archives cut stations to five or six letters; a shorter beginning says too little.
_SHORTEST_CUT = 5

# An invented or forgotten name may well differ from a known one by a letter, the likelier the shorter it is.
_SHORTEST_WITH_ONE_EDIT = 6
_SHORTEST_WITH_LOST_LETTER = 5
_SHORTEST_WITH_TWO_EDITS = 9

_NOT_LETTERS = re.compile(r"[^A-Z]+")


def compact(name: str) -> str:
    """The letters of a name, in capitals: "N'Djamena" -> "NDJAMENA"."""
    return _NOT_LETTERS.sub("", name.upper())


@lru_cache(maxsize=4096)
def known_station(name: str) -> str:
    """The station that a name surely means (itself, or by the table of abbreviations), else ""."""
    letters = compact(name)
    if letters in tables.station_abbreviations():
        return tables.station_abbreviations()[letters]
    return letters if letters in tables.stations() else ""


@lru_cache(maxsize=4096)
def likely_station(name: str) -> str:
    """The station that a name means, be it cut or misspelt, else ""."""
    letters = compact(name)
    return known_station(letters) or _whole(letters) or _corrected(letters)


@lru_cache(maxsize=4096)
def corrected_station(name: str) -> str:
    """The station that a name written in full means, misspelt as it may be, else ""."""
    letters = compact(name)
    return known_station(letters) or _corrected(letters)


def station(name: str) -> str:
    """The station that a name means; an unknown name as it is, its letters in capitals."""
    return likely_station(name) or compact(name)


def _whole(letters: str) -> str:
    """The one station that begins with these letters."""
    if len(letters) < _SHORTEST_CUT:
        return ""
    whole = [known for known in tables.stations() if known.startswith(letters)]
    return whole[0] if len(whole) == 1 else ""


def _corrected(letters: str) -> str:
    """The one station of which these letters are a slip of the key."""
    found = _names().nearest(letters)
    if found is None:
        return ""
    name, edits = found
    shortest = min(len(name), len(letters))
    if edits == 1:
        lost = len(letters) != len(name)
        near = len(name) >= (_SHORTEST_WITH_LOST_LETTER if lost else _SHORTEST_WITH_ONE_EDIT)
    else:
        near = shortest >= _SHORTEST_WITH_TWO_EDITS
    return known_station(name) if near else ""


@cache
def _names() -> KnownWords:
    return KnownWords(tables.stations() | tables.station_abbreviations().keys())
