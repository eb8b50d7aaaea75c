"""What a value names: the TAGS, posts, countries and levels that a reader means, for fields and filters alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from django.db.models import Q, QuerySet

from cables.models import Classification, Post, Tag
from cables.reference_data import tables

_SHORT_LEVELS = MappingProxyType(
    {
        "U": Classification.UNCLASSIFIED,
        "UNCLAS": Classification.UNCLASSIFIED,
        "SBU": Classification.FOR_OFFICIAL_USE_ONLY,
        "FOUO": Classification.FOR_OFFICIAL_USE_ONLY,
        "LOU": Classification.LIMITED_OFFICIAL_USE,
        "C": Classification.CONFIDENTIAL,
        "S": Classification.SECRET,
        "TS": Classification.TOP_SECRET,
    }
)


def tags_named(value: str) -> list[Tag]:
    """Return the TAG of that code, or else those of that meaning."""
    return list(Tag.objects.filter(code=value.upper()) or Tag.objects.filter(title__iexact=value))


def posts_named(value: str) -> list[Post]:
    """Return the post of that name or address, or else those whose name holds the value."""
    return list(
        Post.objects.filter(Q(slug=value.lower()) | Q(name__iexact=value)) or Post.objects.filter(name__icontains=value)
    )


def levels_named(value: str) -> list[Classification]:
    """Return the level of that name, address or abbreviation ("secret", "limited-official-use", "LOU")."""
    wanted = value.upper().replace("-", " ")
    if wanted in _SHORT_LEVELS:
        return [_SHORT_LEVELS[wanted]]
    return [level for level in Classification if wanted in {level.label, level.slug.upper().replace("-", " ")}]


def countries_named(value: str) -> list[str]:
    """Return the countries of posts, as Post.country holds them, that a code or name means."""
    wanted = _folded(value)
    held = Post.objects.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
    return [country for country in held if wanted in {_folded(country), *_names_by_code().get(country.upper(), ())}]


def country_name(country: str) -> str:
    """Return the name of a country that Post.country holds as a code or as a name."""
    return _names().get(country.upper(), country)


def posts_in(countries: Iterable[str]) -> QuerySet[Post]:
    """Return the posts in these countries, each as Post.country holds it."""
    return Post.objects.filter(country__in=list(countries))


@cache
def _names() -> Mapping[str, str]:
    return MappingProxyType({entry.code: entry.name for entry in tables.countries()})


@cache
def _names_by_code() -> Mapping[str, frozenset[str]]:
    """Return every folded name of each country, by its code."""
    return MappingProxyType(
        {entry.code: frozenset(map(_folded, [entry.name, *entry.also])) for entry in tables.countries()}
    )


def _folded(name: str) -> str:
    """Return a name without accents, capitals, and "the" before it."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).removeprefix("the ").strip()
