"""A thread as pages show it: a row a cable in order of time, the lines in the margin and the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from cables.search.thread import Thread, ThreadCable
from cables.views.lanes import Lane, Margin, lanes


@dataclass(frozen=True, slots=True)
class Row:
    """One cable: which of the thread it cites, how many others, and its lines as (class, path) pairs."""

    cable: ThreadCable
    cites: list[str]
    cites_others: int
    lines: list[tuple[str, str]]

    @property
    def kind(self) -> str:
        """The class of the row and of its dot."""
        return "unheld" if not self.cable.held else "" if self.cable.step else "own"

    @property
    def citing_query(self) -> str:
        """The search for all cables that cite it."""
        return f"cites:{self.cable.identifier}"


@dataclass(frozen=True, slots=True)
class Picture:
    """The rows of a thread and the margin of their lines."""

    rows: list[Row]
    margin: Margin
    left_out: int

    @property
    def tells_more(self) -> bool:
        """Whether it tells more than a cable's own references do."""
        return any(row.cites for row in self.rows if row.cable.step)


def picture(thread: Thread) -> Picture:
    """Return the thread laid out, its own cable's lines apart from the others."""
    cables = thread.cables
    row_of = {cable.identifier: row for row, cable in enumerate(cables)}
    here = [[name for name in cable.cites if name in row_of and name != cable.identifier] for cable in cables]
    laid = lanes((row, row_of[name]) for row, names in enumerate(here) for name in names)
    margin = Margin.of(laid)
    drawn = _drawn(laid, cables)
    return Picture(
        rows=[
            Row(
                cable=cable,
                cites=here[row],
                cites_others=len(set(cable.cites) - {*here[row], cable.identifier}),
                lines=[(name, path) for name, some in drawn if (path := margin.path(some, row))],
            )
            for row, cable in enumerate(cables)
        ],
        margin=margin,
        left_out=thread.left_out,
    )


def _drawn(laid: list[Lane], cables: tuple[ThreadCable, ...]) -> list[tuple[str, list[Lane]]]:
    """Return the lanes by how they are drawn, those of the thread's own cable last: over the others."""
    (own,) = (row for row, cable in enumerate(cables) if cable.step == 0)
    held = [lane for lane in laid if cables[lane.cited].held]
    unheld = [lane for lane in laid if not cables[lane.cited].held]
    return [
        ("", [rest for lane in held if lane.cited != own and (rest := lane.of(lane.citing - {own})).citing]),
        ("unheld", [rest for lane in unheld if (rest := lane.of(lane.citing - {own})).citing]),
        ("own", [lane if lane.cited == own else lane.of({own}) for lane in held if own in {lane.cited, *lane.citing}]),
        ("own unheld", [lane.of({own}) for lane in unheld if own in lane.citing]),
    ]
