"""The whole page: 25 hits by relevance, exact total and facets, class by class, every peer in turn.

Each query is asked once to warm up, then by every peer in turn, several times; what our side keeps of an answer is
dropped before each. Our page is timed without snippets, as no peer makes any; beside it, as the view gets it.
"""

from __future__ import annotations

from typing import Any

from benchmarks.peers.face import Query
from benchmarks.searching.classes import ASKED_OTHERWISE, CLASSES
from benchmarks.searching.laboratory import Laboratory
from benchmarks.searching.timing import geometric_mean, median, p95, timed

REPEATS = 3
ALL_PEERS = ("ours", "fts5", "tantivy")


def measure(room: Laboratory) -> dict[str, Any]:
    """Return `classes`, a row each, and the geometric means of the peers' times over ours."""
    ask = room.questions(1)
    rows = [_row(room, name, ask.of(name, room.queries)) for name in room.track(list(CLASSES), "Whole pages")]
    return {
        "classes": rows,
        **{f"geomean_{peer}_over_ours": _ratio(rows, peer) for peer in ALL_PEERS[1:]},
        "asked_otherwise": sorted(ASKED_OTHERWISE),
    }


def _row(room: Laboratory, name: str, queries: list[Query]) -> dict[str, Any]:
    ours: Any = room.peers[0]
    taken: dict[str, list[float]] = {peer: [] for peer in ALL_PEERS}
    totals: dict[str, list[int]] = {peer: [] for peer in ALL_PEERS}
    whole: list[float] = []
    kept: list[float] = []
    for query in queries:
        for peer in room.peers:
            page = peer.page(query)
            totals[peer.name].append(page.total)
            if peer is ours and (query.every or query.some):
                share = room.ours.kept(query, page.hits)
                kept += [] if share is None else [share]
        ours.whole(query)
        for _ in range(REPEATS):
            for peer in room.peers:
                ours.forget()
                taken[peer.name].append(timed(peer.page, query))
            ours.forget()
            whole.append(timed(ours.whole, query))
    return {
        "class": name,
        "queries": len(queries),
        "hits": median(totals["ours"]),
        **{f"{peer}_ms": median(taken[peer]) for peer in ALL_PEERS},
        "kept": sum(kept) / len(kept) if kept else None,
        **{f"{peer}_p95_ms": p95(taken[peer]) for peer in ALL_PEERS},
        "ours_with_snippets_ms": median(whole),
        **{f"{peer}_hits": median(totals[peer]) for peer in ALL_PEERS[1:]},
    }


def _ratio(rows: list[dict[str, Any]], peer: str) -> float | None:
    return geometric_mean(
        row[f"{peer}_ms"] / row["ours_ms"]
        for row in rows
        if row["class"] not in ASKED_OTHERWISE and row["ours_ms"] and row[f"{peer}_ms"]
    )
