"""The invented world: its countries, the posts in them and the people who hold office there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
RELEASE = "Invented demo corpus"


@dataclass(frozen=True, slots=True)
class Country:
    """One country of countries.toml: names as its own people and the drafters write them."""

    code: str
    name: str
    adjective: str
    government: str
    head: str
    parliament: str
    capital: str
    consulates: tuple[str, ...]
    coordinates: tuple[tuple[float, float], ...]
    port: str
    provinces: tuple[str, ...]
    river: str
    party: str
    opposition: str
    paper: str
    currency: str
    goods: str
    company: str
    neighbors: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A sender of cables: its name in an archive ("Embassy Valdmark"), city, country code, routing indicator
    (5 FAH-2), about how many telegrams it sends in a year, and its invented place in degrees north and east. The
    Department has no city, no country and no invented place."""

    name: str
    city: str
    country: str
    routing: str
    yearly: int
    coordinates: tuple[float, float] | None = None

    @property
    def words(self) -> str:
        """The station as a telegram prints it: "AL DIRWAZA"."""
        return self.city.upper() or "STATE"

    @property
    def station(self) -> str:
        """The station as an identifier holds it: "ALDIRWAZA"."""
        return self.words.replace(" ", "")

    @property
    def address(self) -> str:
        """The plain language address of FM and TO lines: "AMEMBASSY AL DIRWAZA"."""
        if not self.city:
            return "SECSTATE WASHDC"
        return f"{'AMEMBASSY' if self.name.startswith('Embassy') else 'AMCONSUL'} {self.words}"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person in office: title, given name and family name."""

    title: str
    given: str
    family: str

    @property
    def full(self) -> str:
        """The name at first mention: title, given name, family name."""
        return f"{self.title} {self.given} {self.family}".strip()


def dice(*seeds: object) -> Random:
    """A random number generator that depends on its seeds alone, for prose and not for secrets."""
    return Random("/".join(map(str, seeds)))  # noqa: S311


def read_toml(name: str) -> dict[str, Any]:
    """What a TOML file beside this module holds, its lists as tuples."""
    return {key: _frozen(value) for key, value in tomllib.loads((HERE / name).read_text(encoding="utf-8")).items()}


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def _countries() -> dict[str, Country]:
    return {row["code"]: Country(**row) for row in read_toml("countries.toml")["country"]}


def _posts() -> tuple[Post, ...]:
    posts = [Post("Secretary of State", "", "", "RUEHC", 120_000)]
    for place, country in enumerate(ATLAS.values()):
        cities = [("Embassy", country.capital), *(("Consulate", city) for city in country.consulates)]
        for (kind, city), coordinates in zip(cities, country.coordinates, strict=True):
            letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(posts) - 1]
            yearly = 900 + 350 * ((place * 5) % 9) if kind == "Embassy" else 420
            posts.append(Post(f"{kind} {city}", city, country.code, f"RUEHX{letter}", yearly, coordinates))
    return tuple(posts)


ATLAS = _countries()
COUNTRIES = {code: country.name for code, country in ATLAS.items()}
POSTS = _posts()
STATE = POSTS[0]
NAMES: dict[str, tuple[str, ...]] = read_toml("names.toml")
# How long a person stays in a role, in years, before the next one is invented.
TERM_OF_OFFICE = 4
TOUR_OF_DUTY = 3


def posts_in(code: str) -> tuple[Post, ...]:
    """The posts of a country, its embassy first."""
    return _posts_by_country()[code]


@lru_cache(maxsize=1)
def _posts_by_country() -> dict[str, tuple[Post, ...]]:
    return {code: tuple(post for post in POSTS if post.country == code) for code in ATLAS}


@cache
def _named(role: str, title: str, code: str, term: int) -> Person:
    country, chance = ATLAS[code], dice("person", role, code, term)
    given = chance.choice(country.women if chance.random() < 0.25 else country.men)
    return Person(title, given, chance.choice(country.families))


def official(code: str, title: str, year: int) -> Person:
    """Who holds an office of a country in a year; each office changes hands at its own time."""
    offset = sum(map(ord, title + code)) % TERM_OF_OFFICE
    return _named(title, title, code, (year + offset) // TERM_OF_OFFICE)


@cache
def _american(role: str, place: str, term: int) -> tuple[str, str]:
    chance = dice("american", role, place, term)
    given = chance.choice(NAMES["women" if chance.random() < 0.35 else "men"])
    return given, chance.choice(NAMES["families"])


def american(title: str, place: str, year: int) -> Person:
    """Who of the mission's own people holds a position at a place in a year."""
    offset = sum(map(ord, title + place)) % TOUR_OF_DUTY
    return Person(title, *_american(title, place, (year + offset) // TOUR_OF_DUTY))


def secretary(year: int) -> str:
    """The family name that signs the Department's cables in a year, in capitals."""
    names = NAMES["secretaries"]
    return names[(year - 1970) // 7 % len(names)]
