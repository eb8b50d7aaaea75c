"""Facets: which values the cables found have, and how many have each, exactly, over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from cables.models import Classification
from cables.search.holdings import Holdings
from cables.search.numbers import Numbers
from cables.search.values import country_name

VALUES_A_FACET = 12
MOST_YEARS_BY_MONTH = 3

# Of up to some hundred posts: as a list of so many parameters it would take longer to ask than to answer.
_POSTS = "SELECT id, slug, name, country FROM cables_post WHERE id = ANY(%s)"
_TAGS = "SELECT id, code, title FROM cables_tag WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that hits have: as addresses carry it, as people read it, and how many hits have it."""

    value: str
    label: str
    count: int


class Facet(list[FacetValue]):
    """The values of a facet that are told, and `of`, how many there are."""

    def __init__(self, values: Iterable[FacetValue], of: int | None = None) -> None:
        super().__init__(values)
        self.of = len(self) if of is None else of


class _Post(NamedTuple):
    slug: str
    name: str
    country: str


def facets(held: Holdings, places: Numbers, most: int | None = VALUES_A_FACET) -> dict[str, Facet]:
    """Return for each filter the values that the cables at these places have, the `most` frequent first, all if None.

    Years come in order of time and are all told; months do too, and only where the cables are of few years.
    """
    years = _numbered(np.bincount(held.years(places)))
    origins = Counter(dict(_numbered(np.bincount(held.origins[places]))))
    posts = {pk: _Post(*names) for pk, *names in _rows(_POSTS, origins)}
    by_count = sorted((pk for pk in origins if pk in posts), key=lambda pk: (-origins[pk], pk))
    return {
        "origin": Facet(
            (FacetValue(posts[pk].slug, posts[pk].name, origins[pk]) for pk in by_count[:most]), len(by_count)
        ),
        "country": _countries(posts, origins, most),
        "tag": _tags(held.tags.counts(places), most),
        "classification": Facet(
            FacetValue(Classification(level).slug, Classification(level).label, count)
            for level, count in reversed(_numbered(np.bincount(held.levels[places])))
        ),
        "caption": _captions(held, held.captions.counts(places), most),
        "year": Facet(FacetValue(f"{year:04}", f"{year:04}", count) for year, count in years),
        "month": Facet(
            FacetValue(f"{month // 12}-{month % 12 + 1:02}", f"{month // 12}-{month % 12 + 1:02}", count)
            for month, count in _numbered(np.bincount(held.months(places)))
        )
        if 0 < len(years) <= MOST_YEARS_BY_MONTH
        else Facet(()),
    }


def _rows(query: str, keys: Iterable[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [list(keys)])
        return cursor.fetchall()


def _numbered(counts: NDArray[np.integer[Any]]) -> list[tuple[int, int]]:
    """Return (number, count) for each number that was counted at all, in order."""
    return [(int(number), int(counts[number])) for number in np.flatnonzero(counts)]


def _most(counts: NDArray[np.integer[Any]], most: int | None) -> list[tuple[int, int]]:
    """Return the most frequent (number, count)."""
    order = np.argsort(-counts, kind="stable")[:most]
    return [(int(number), int(counts[number])) for number in order if counts[number]]


def _countries(posts: Mapping[int, _Post], origins: Counter[int], most: int | None) -> Facet:
    counts: Counter[str] = Counter()
    for pk, count in origins.items():
        if pk in posts and posts[pk].country:
            counts[posts[pk].country] += count
    return Facet((FacetValue(value, country_name(value), n) for value, n in counts.most_common(most)), len(counts))


def _tags(counts: NDArray[np.integer[Any]], most: int | None) -> Facet:
    chosen = _most(counts, most)
    tags = {pk: (code, title) for pk, code, title in _rows(_TAGS, (pk for pk, _ in chosen))}
    return Facet((FacetValue(*tags[pk], count) for pk, count in chosen), int(np.count_nonzero(counts)))


def _captions(held: Holdings, counts: NDArray[np.integer[Any]], most: int | None) -> Facet:
    names = held.caption_names
    return Facet(
        (FacetValue(names[n], names[n], count) for n, count in _most(counts, most)), int(np.count_nonzero(counts))
    )
