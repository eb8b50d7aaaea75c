"""Origins: how many cables of each are held and of which years, and what the cables of one are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np

from cables.models import Tag
from cables.search.holdings import NO_DAY, Holdings
from cables.search.numbers import Numbers

_EPOCH = date(1970, 1, 1).toordinal()
_FREQUENT = 300
"""TAGS of a post, the most frequent first, among which those of each kind are looked for."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many cables of a post are held, and the years of the oldest and the newest: None where none has a day."""

    count: int
    oldest: int | None
    newest: int | None

    @property
    def years(self) -> str:
        """The years as a span: "1973–2010", "2005", "" where there are none."""
        if self.oldest == self.newest:
            return f"{self.newest or ''}"
        return f"{self.oldest}–{self.newest}"


def held_of_posts(held: Holdings) -> dict[int, Held]:
    """Return number of the post -> what is held of it, for the posts of which any cable is."""
    counts = np.bincount(held.origins)
    dated = held.days != NO_DAY
    days, origins = held.days[dated], held.origins[dated]
    oldest, newest = np.full(len(counts), np.iinfo(np.int32).max, np.int32), np.full(len(counts), NO_DAY, np.int32)
    np.minimum.at(oldest, origins, days)
    np.maximum.at(newest, origins, days)
    return {
        int(post): Held(int(counts[post]), _year(oldest[post]), _year(newest[post]))
        if newest[post] != NO_DAY
        else Held(int(counts[post]), None, None)
        for post in np.flatnonzero(counts)
        if post
    }


def _year(day: np.int32) -> int:
    return date.fromordinal(int(day) + _EPOCH).year


def places_of(held: Holdings, post: int) -> Numbers:
    """Return the places of the cables of a post, the newest first."""
    return np.flatnonzero(held.origins == post).astype(np.int32)


def frequent_tags(held: Holdings, places: Numbers) -> list[tuple[Tag, int]]:
    """Return the TAGS of the cables at these places with how many of them have each, the most frequent first."""
    counts = held.tags.counts(places)
    order = np.argsort(-counts, kind="stable")[:_FREQUENT]
    numbers = [int(number) for number in order if counts[number]]
    tags = Tag.objects.in_bulk(numbers)
    return [(tags[number], int(counts[number])) for number in numbers if number in tags]


def of_kinds(tags: list[tuple[Tag, int]], kinds: Collection[str], most: int) -> list[tuple[Tag, int]]:
    """Return the first of the counted TAGS that are of these kinds."""
    return [(tag, count) for tag, count in tags if tag.kind in kinds][:most]
