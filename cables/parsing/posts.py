"""Origins: the name that archives use for the post a cable comes from."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from string import capwords

from cables.parsing.edits import distance
from cables.parsing.stations import corrected_station, likely_station
from cables.reference_data import tables
from cables.reference_data.tables import PostEntry

# How an FM line opens for each kind of State post, and how archives name the kind.
_ADDRESSES = (
    (re.compile(r"(?:AM)?EMBASSY\s+"), "Embassy", "embassy"),
    (re.compile(r"(?:AM)?CONSUL(?:ATE)?(?:\s+GENERAL)?\s+"), "Consulate", "consulate"),
    (re.compile(r"US\s?OFFICE\s+"), "US Office", "office"),
    (re.compile(r"USINTS?\s+"), "US Interests Section", "interests section"),
    (re.compile(r"(?:US\s?)?MISSION\s+"), "Mission", "mission"),
    (re.compile(r"REO\s+"), "REO", "regional office"),
)
_KINDS = ("Embassy", "Consulate", "Mission")
_DEPARTMENT = re.compile(r"SEC\s?STATE\b|STATE\b|DEP(?:ARTMEN)?T OF STATE\b")
_SECRETARY = "Secretary of State"
_ROUTE = re.compile(r"[A-Z]{4,8}\s?/\s?")
_TAIL = re.compile(r"(?:\s(?:NIACT|IMMEDIATE|PRIORITY|ROUTINE|FLASH|\d{3,6})){1,4}\Z|//.*\Z")
_LONGEST = 120


@lru_cache(maxsize=4096)
def origin_of_address(address: str) -> str:
    """The origin that the words of an FM line mean: "AMEMBASSY BERN" -> "Embassy Bern".

    A post of the table goes by its name there; another is worded like its kind ("AMEMBASSY VELDORA" -> "Embassy
    Veldora"), and what is no State post is kept as it is.
    """
    words = _TAIL.sub("", _ROUTE.sub("", " ".join(address[:_LONGEST].upper().split()), count=1))
    if _DEPARTMENT.match(words):
        return _SECRETARY
    for opening, title, kind in _ADDRESSES:
        found = opening.match(words)
        if found:
            place = words[found.end() :]
            return _post_name(corrected_station(place), kind) or f"{title} {capwords(place)}"
    return _post_name(corrected_station(words), "") or words


@lru_cache(maxsize=4096)
def canonical_origin(text: str) -> str:
    """The name of the post that a source's own field means, slips corrected ("Embasy Bonn" -> "Embassy Bonn").

    A bare station, cut as the National Archives cut it ("NEWDE"), gives its post. A name that is clearly none of the
    known ones is kept.
    """
    words = " ".join(text[:_LONGEST].split())
    known = _names().get(words.casefold())
    if known or not words:
        return known or ""
    first, _, place = words.partition(" ")
    kind = next((kind for kind in _KINDS if distance(first.casefold(), kind.casefold()) <= 1), "")
    if kind and place:
        return _post_name(corrected_station(place), kind.lower(), exact=True) or f"{kind} {place}"
    return (words.isupper() and _post_name(likely_station(words), "")) or words


@cache
def _names() -> dict[str, str]:
    return {post.name.casefold(): post.name for post in tables.posts()}


@cache
def _posts_by_station() -> dict[str, list[PostEntry]]:
    found: dict[str, list[PostEntry]] = {}
    for post in tables.posts():
        found.setdefault(post.station, []).append(post)
    return found


def _post_name(station: str, kind: str, *, exact: bool = False) -> str:
    """The name of the post of a station, one of this kind if there are several; "" if there is none.

    `exact` takes a post of this kind only.
    """
    if station == "STATE":
        return _SECRETARY
    posts = _posts_by_station().get(station, [])
    named = [post.name for post in posts if post.kind == kind]
    return next(iter(named or ([] if exact else [post.name for post in posts])), "")
