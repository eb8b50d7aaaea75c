"""Who sends the measured cables: the invented posts, or the posts that a table of real identifiers names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from cables.corpus.world import POSTS, dice
from cables.parsing.stations import compact
from cables.reference_data import tables

STATE = "STATE"
ADDRESSES = {"embassy": "AMEMBASSY", "consulate": "AMCONSUL", "mission": "USMISSION", "office": "USOFFICE"}
# What stands before the place in the names of posts.
KINDS = ("American Consulate ", "Embassy ", "Consulate ", "Mission ", "US Mission ", "US Interests Section ")


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender of cables: its name in an archive ("Embassy Valdmark"), its station in identifiers and in words, the
    address and routing indicator of headers, and the TAGS code of its country ("" for the Department)."""

    origin: str
    station: str
    words: str
    address: str
    routing: str
    country_tag: str


@cache
def invented_senders() -> Mapping[str, Sender]:
    """The senders of the invented world, by station."""
    return {
        post.station: Sender(post.name, post.station, post.words, post.address, post.routing, post.country)
        for post in POSTS
    }


@lru_cache(maxsize=2048)
def real_sender(station: str) -> Sender:
    """The sender of a station of real identifiers: its name and place by the table of posts.

    A station of no known post is called an embassy. The country's TAGS code is one of the handbook's, the same for all
    posts of a country, but not that country's: what the cables say of it is invented.
    """
    if station == STATE:
        return Sender("Secretary of State", STATE, STATE, "SECSTATE WASHDC", "RUEHC", "")
    post = _posts().get(station)
    words = _words(post.name, post.city, station) if post else station
    address = f"{ADDRESSES.get(post.kind if post else 'embassy', 'USOFFICE')} {words}"
    letters = "".join(dice("routing", station).choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3))
    return Sender(
        origin=post.name if post else f"Embassy {station.title()}",
        station=station,
        words=words,
        address=address,
        routing=_routing().get(address, f"RU{letters}"),
        country_tag=dice("country", post.country if post else station).choice(_country_tags()),
    )


def _words(name: str, city: str, station: str) -> str:
    """The station as a telegram prints it, "NEW DELHI": whatever names the place with the station's letters."""
    plain = unicodedata.normalize("NFKD", city).encode("ascii", "ignore").decode()
    place = next((name.removeprefix(kind) for kind in KINDS if name.startswith(kind)), name)
    return next((text.upper() for text in (plain, place, name) if compact(text) == station), station)


@lru_cache(maxsize=1)
def _posts() -> Mapping[str, tables.PostEntry]:
    return {entry.station: entry for entry in reversed(tables.posts())}


@lru_cache(maxsize=1)
def _routing() -> Mapping[str, str]:
    return {name: indicator for indicator, name in tables.routing_indicators().items()}


@lru_cache(maxsize=1)
def _country_tags() -> tuple[str, ...]:
    return tuple(sorted(entry.code for entry in tables.tags() if entry.kind == "country" and entry.era == "2000s"))
