"""Typed readers of the CSV tables beside this module; each reads its file once and keeps what it read.

Whoever calls shares what is returned, so it is all immutable: tuples, frozen sets, frozen dataclasses and read-only
mappings.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TagEntry:
    """A TAGS code of a handbook. A country's code depends on the era of the cable ("1970s" or "2000s")."""

    code: str
    kind: str
    title: str
    category: str
    era: str


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A post as cable files name it, the station in its identifiers, and where it stands (degrees; None if nowhere)."""

    name: str
    kind: str
    station: str
    city: str
    country: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country: its code of ISO 3166, its usual English name, and other names it has or had."""

    code: str
    name: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaptionEntry:
    """A handling caption: the word that is printed, its title and what it asks for."""

    code: str
    title: str
    meaning: str

    @property
    def anchor(self) -> str:
        """The caption's place on the page of the glossary."""
        return glossary_anchor(self.code)


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A word of the trade: its kind ("precedence", "word"), what it is short for ("" where it is not; of a
    precedence, the letter that telegrams print), its meaning in a sentence, and where that is told."""

    kind: str
    term: str
    expansion: str
    meaning: str
    source: str

    @property
    def anchor(self) -> str:
        """The entry's place on the page of the glossary."""
        return glossary_anchor(self.term)


def glossary_anchor(term: str) -> str:
    """The fragment by which a term, caption or reason is found on the page of the glossary: "1.4(b)" is "1-4-b"."""
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@dataclass(frozen=True, slots=True)
class ClassificationEntry:
    """A level of classification as addresses carry it, what it says, and where that is laid down ("" if nowhere)."""

    level: str
    meaning: str
    source: str


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of one table, keyed by its header line."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _mapping(name: str, key: str, value: str) -> Mapping[str, str]:
    return MappingProxyType({row[key]: row[value] for row in _rows(name)})


def _degrees(text: str) -> float | None:
    return float(text) if text else None


@cache
def tags() -> tuple[TagEntry, ...]:
    """The TAGS of the 1970s and 2000s handbooks; one code may stand once in each era."""
    return tuple(TagEntry(**row) for row in _rows("tags.csv"))


@cache
def tags_in_use() -> Mapping[str, str]:
    """Codes that cables use though no handbook at hand lists them, to their kind."""
    return _mapping("tags_in_use.csv", "code", "kind")


@cache
def tag_codes() -> frozenset[str]:
    """Every TAGS code known, of any era or kind."""
    return frozenset(entry.code for entry in tags()) | frozenset(tags_in_use())


@cache
def country_tags() -> frozenset[str]:
    """The codes of countries (FIPS 10-4 and the 1974 book)."""
    return frozenset(entry.code for entry in tags() if entry.kind == "country")


@cache
def tag_slips() -> Mapping[str, str]:
    """Wrong or older spellings of a tag, to the tag, where no rule of spelling tells it."""
    return _mapping("tag_slips.csv", "printed", "code")


@cache
def tag_phrases() -> frozenset[tuple[str, ...]]:
    """Tags of several words, each as its words."""
    return frozenset(tuple(row["phrase"].split()) for row in _rows("tag_phrases.csv"))


@cache
def person_tags() -> Mapping[str, str]:
    """Persons as a TAGS line prints them without comma ("BIDEN JOSEPH"), to the tag ("BIDEN, JOSEPH")."""
    return _mapping("person_tags.csv", "printed", "tag")


@cache
def given_names() -> frozenset[str]:
    """Common given names, in capitals."""
    return frozenset(row["name"] for row in _rows("given_names.csv"))


@cache
def posts() -> tuple[PostEntry, ...]:
    """The posts of the archive, by name."""
    return tuple(
        PostEntry(
            name=row["name"],
            kind=row["kind"],
            station=row["station"],
            city=row["city"],
            country=row["country"],
            latitude=_degrees(row["latitude"]),
            longitude=_degrees(row["longitude"]),
        )
        for row in _rows("posts.csv")
    )


@cache
def countries() -> tuple[CountryEntry, ...]:
    """The countries and territories of ISO 3166, and Kosovo under the code that is in use for it."""
    return tuple(
        CountryEntry(row["code"], row["name"], tuple(filter(None, row["also"].split("|"))))
        for row in _rows("countries.csv")
    )


@cache
def stations() -> frozenset[str]:
    """The stations of cable identifiers, in capitals without spaces."""
    return frozenset(row["station"] for row in _rows("stations.csv"))


@cache
def station_abbreviations() -> Mapping[str, str]:
    """Short and other names of stations, in capitals without spaces, to the station."""
    return _mapping("station_abbreviations.csv", "printed", "station")


@cache
def aliases() -> Mapping[str, str]:
    """Identifiers as misprinted on the mirrors, to the identifier that is meant."""
    return _mapping("identifier_aliases.csv", "printed", "identifier")


@cache
def routing_indicators() -> Mapping[str, str]:
    """Routing indicators (ACP-117) to the addressee they stand for."""
    return _mapping("routing_indicators.csv", "indicator", "name")


@cache
def captions() -> tuple[CaptionEntry, ...]:
    """The handling captions of State cables."""
    return tuple(CaptionEntry(**row) for row in _rows("captions.csv"))


@cache
def classifications() -> tuple[ClassificationEntry, ...]:
    """The levels of classification, the highest first."""
    return tuple(ClassificationEntry(**row) for row in _rows("classifications.csv"))


@cache
def classification_reasons() -> Mapping[str, str]:
    """Sections of E.O. 12958 that allow classification ("1.4(b)"; 1.5 before 2003), to their subject."""
    return _mapping("classification_reasons.csv", "section", "title")


@cache
def glossary() -> tuple[GlossaryEntry, ...]:
    """Precedences, the highest first, then the words of the trade in alphabetical order."""
    return tuple(GlossaryEntry(**row) for row in _rows("glossary.csv"))


@cache
def title_words() -> frozenset[str]:
    """The words of which the titles of officers are made, in capitals, and the prepositions between them."""
    return frozenset(row["word"] for row in _rows("title_words.csv"))
