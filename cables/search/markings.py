"""How many cables have each classification and each caption, over the years, counted in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cables.models import Classification
from cables.search.holdings import Holdings, holdings

MOST_CAPTIONS = 60


@dataclass(frozen=True, slots=True)
class Marking:
    """A classification or caption, by the name that filters have for it; how many cables have it, and of which years.

    `years` are (year, cables) in order of time, without those of no cable; cables without a day are only in `count`.
    """

    value: str
    label: str
    count: int
    years: tuple[tuple[int, int], ...]


def markings() -> tuple[list[Marking], list[Marking]]:
    """Return the classifications, the highest first, and the captions, the most frequent first; those in use."""
    held = holdings()
    levels = np.bincount(held.levels, minlength=len(Classification))
    by_level = [
        Marking(level.slug, level.label, int(levels[level]), _years(held, np.flatnonzero(held.levels == level)))
        for level in reversed(Classification)
        if levels[level]
    ]
    owners = np.repeat(np.arange(len(held.cables), dtype=np.int32), np.diff(held.captions.starts))
    captions = np.bincount(held.captions.values, minlength=len(held.caption_names))
    by_caption = [
        Marking(name, name, int(captions[number]), _years(held, owners[held.captions.values == number]))
        for number in np.argsort(-captions, kind="stable")[:MOST_CAPTIONS].tolist()
        if captions[number] and (name := held.caption_names[number])
    ]
    return by_level, by_caption


def _years(held: Holdings, places: NDArray[np.integer[Any]]) -> tuple[tuple[int, int], ...]:
    counts = np.bincount(held.years(places.astype(np.int32)))
    return tuple((int(year), int(counts[year])) for year in np.flatnonzero(counts))
