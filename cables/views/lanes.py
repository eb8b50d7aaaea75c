"""Where the lines of a thread run: one lane for each cable that is cited, from it to the rows of those that cite it.

Pure: rows are numbers, and what comes back are numbers and the paths of SVG that join them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

STEP = 12
"""From one lane to the next, in sixteenths of an em, as all measures here are."""
WIDEST = 6 * STEP
"""What the lanes may take together: more of them than six stand closer."""
EDGE = 10
"""From the outermost lane, and from the dots, to the edge."""
ROW = 17
"""From the top of a row to its dot."""
CORNER = 7
_END = 9999  # below any row: the picture of a row ends where the row does


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane of one cited cable: its row, the rows of those that cite it, and how far left of the dots it runs.

    Lane 0 runs through the dots themselves: only neighbours are joined by it.
    """

    cited: int
    citing: frozenset[int]
    number: int

    @property
    def first(self) -> int:
        """The upper end."""
        return min(self.cited, *self.citing)

    @property
    def last(self) -> int:
        """The lower end."""
        return max(self.cited, *self.citing)

    def of(self, citing: Iterable[int]) -> Lane:
        """Return the same lane as far as these citing rows use it."""
        return Lane(self.cited, self.citing & frozenset(citing), self.number)


def lanes(edges: Iterable[tuple[int, int]]) -> list[Lane]:
    """Return a lane for each cited row of (citing, cited) pairs, the shortest nearest to the dots; no two run over
    each other, though one may begin at the dot where another ends.
    """
    citing: defaultdict[int, set[int]] = defaultdict(set)
    for from_row, to_row in edges:
        if from_row != to_row:
            citing[to_row].add(from_row)
    laid: list[Lane] = []
    taken: defaultdict[int, list[Lane]] = defaultdict(list)
    for lane in sorted((Lane(row, frozenset(rows), 0) for row, rows in citing.items()), key=_shortest_first):
        number = 0 if lane.last - lane.first == 1 else 1
        while any(lane.first < other.last and other.first < lane.last for other in taken[number]):
            number += 1
        taken[number].append(lane)
        laid.append(replace(lane, number=number))
    return laid


def _shortest_first(lane: Lane) -> tuple[int, int, int]:
    return lane.last - lane.first, lane.first, lane.cited


@dataclass(frozen=True, slots=True)
class Margin:
    """The margin that so many lanes need."""

    lanes: int

    @classmethod
    def of(cls, laid: Iterable[Lane]) -> Margin:
        """Return the margin for these lanes."""
        return cls(max((lane.number for lane in laid), default=0))

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.dots + EDGE

    @property
    def dots(self) -> int:
        """From its left edge to the dots."""
        return EDGE + min(self.lanes * STEP, WIDEST)

    @property
    def dot(self) -> int:
        """From the top of a row to its dot."""
        return ROW

    @property
    def ems(self) -> str:
        """Its width as SVG takes it."""
        return f"{self.width / 16}em"

    def path(self, laid: Iterable[Lane], row: int) -> str:
        """Return the lines of these lanes in one row, "" where none comes by."""
        return "".join(self._line(lane, row) for lane in laid if lane.first <= row <= lane.last)

    def _line(self, lane: Lane, row: int) -> str:
        """Return one lane's line: through the row, and round a corner to its dot where the lane leads there."""
        if not lane.number:
            return f"M{self.dots} {ROW}V{_END}" if row == lane.first else f"M{self.dots} 0V{ROW}"
        x = round(self.dots - lane.number * min(STEP, WIDEST / self.lanes), 1)
        corner = round(min(CORNER, self.dots - x), 1)
        from_above = f"M{x} 0V{ROW - corner}Q{x} {ROW} {x + corner} {ROW}H{self.dots}"
        from_below = f"M{x} {_END}V{ROW + corner}Q{x} {ROW} {x + corner} {ROW}H{self.dots}"
        if row == lane.first:
            return from_below
        if row == lane.last:
            return from_above
        if row == lane.cited:
            return from_above + from_below
        through = f"M{x} 0V{_END}"
        if row not in lane.citing:
            return through
        side = -corner if row > lane.cited else corner
        return f"{through}M{x} {ROW + side}Q{x} {ROW} {x + corner} {ROW}H{self.dots}"
