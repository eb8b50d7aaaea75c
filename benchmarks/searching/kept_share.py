"""What the bounded ranking loses: the share of the exact top 25 on our first page, over random queries by kind.

The words are drawn so that every order of magnitude of frequency is as likely; they are others than any class's.
"""

from __future__ import annotations

from typing import Any

from benchmarks.searching.classes import KINDS
from benchmarks.searching.laboratory import Laboratory

RANDOM_QUERIES = 200


def measure(room: Laboratory) -> dict[str, Any]:
    """Return a row a kind (queries, mean share kept, the least, how many kept less than 0.9), and the mean of all."""
    ask = room.questions(3)
    ours: Any = room.peers[0]
    rows: list[dict[str, Any]] = []
    every: list[float] = []
    each = -(-RANDOM_QUERIES // len(KINDS))
    for kind in room.track(list(KINDS), "Share kept"):
        found = [room.ours.kept(query, ours.page(query).hits) for query in ask.random(kind, each)]
        shares = [share for share in found if share is not None]
        every += shares
        rows.append(
            {
                "kind": kind,
                "queries": len(shares),
                "kept": sum(shares) / len(shares) if shares else None,
                "least": min(shares, default=None),
                "below_0.9": sum(share < 0.9 for share in shares),
            }
        )
    return {"kinds": rows, "queries": len(every), "kept": sum(every) / len(every) if every else None}
