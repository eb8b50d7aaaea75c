"""By date instead of relevance: page 1 and page 50, the whole page and the 25 hits alone, ours and FTS5."""

from __future__ import annotations

from typing import Any

from benchmarks.peers.face import HITS_A_PAGE, NEWEST, Query
from benchmarks.searching.classes import CLASSES
from benchmarks.searching.laboratory import Laboratory
from benchmarks.searching.timing import median, p95, timed

PAGES = (1, 50)
"""The second is asked for as far as there are so many pages; else the last."""
PEERS = ("ours", "fts5")


def measure(room: Laboratory) -> list[dict[str, Any]]:
    """Return a row a class: milliseconds by peer, what was asked for, and page."""
    ask = room.questions(2)
    return [_row(room, name, ask.of(name, room.queries)) for name in room.track(list(CLASSES), "By date")]


def _row(room: Laboratory, name: str, queries: list[Query]) -> dict[str, Any]:
    ours: Any = room.peers[0]
    row: dict[str, Any] = {"class": name}
    last = {query: max(-(-ours.total(query) // HITS_A_PAGE), 1) for query in queries}
    for page in PAGES:
        for peer in room.peers:
            if peer.name not in PEERS:
                continue
            whole: list[float] = []
            alone: list[float] = []
            for query in queries:
                number = min(page, last[query])
                for call, seconds in ((peer.page, whole), (peer.hits, alone)):
                    call(query, NEWEST, number)
                    ours.forget()
                    seconds.append(timed(call, query, NEWEST, number))
            row |= {
                f"{peer.name}_page_{page}_ms": median(whole),
                f"{peer.name}_page_{page}_p95_ms": p95(whole),
                f"{peer.name}_hits_{page}_ms": median(alone),
            }
    return row
