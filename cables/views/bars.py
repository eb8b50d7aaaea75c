"""Columns of a bar chart, scaled for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEIGHT = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: what it stands for, its count, its place and its height in HEIGHT units (at least 1 if any)."""

    value: int
    count: int
    position: int
    height: int

    @property
    def top(self) -> int:
        """Where the column begins, from the top of the chart."""
        return HEIGHT - self.height


def bars(counts: Iterable[tuple[int, int]]) -> list[Bar]:
    """Return a bar for every value from the first to the last of (value, count) pairs, gaps as bars of no height."""
    held = dict(counts)
    if not held:
        return []
    most = max(held.values())
    values = range(min(held), max(held) + 1)
    return [
        Bar(value, held.get(value, 0), position, -(-held.get(value, 0) * HEIGHT // most))
        for position, value in enumerate(values)
    ]
