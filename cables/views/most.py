"""What has most cables: rows by how often they are counted, the most frequent first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from django.db.models import QuerySet

from cables.models import Post, Tag
from cables.search.numbers import Numbers

T = TypeVar("T", Post, Tag)


def most(rows: QuerySet[T], counts: Numbers, limit: int, among: Iterable[int] | None = None) -> list[tuple[T, int]]:
    """Return the rows with most cables, each with its count; where it is the same, the first in the tables first.

    `counts` are by the number of the row, as holdings count them; `among` are the numbers of the rows that may come.
    """
    numbers = np.flatnonzero(counts) if among is None else np.array([n for n in among if n < len(counts)], np.int32)
    chosen = numbers[np.lexsort((numbers, -counts[numbers]))][:limit].tolist()
    found = rows.in_bulk(chosen)
    return [(found[number], int(counts[number])) for number in chosen if counts[number] and number in found]
