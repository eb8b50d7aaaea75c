"""What the search is to reach, and whether what was measured reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

OVER_FTS5 = 3.0
UNDER_TANTIVY = 10.0
QUICK_MS, SLOWEST_MS, HITS_MS = 25.0, 250.0, 20.0
KEPT = 0.9


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached, and what falls short of it; nothing where it is reached."""

    words: str
    short: list[str]


def aims(measured: dict[str, Any]) -> list[Aim]:
    """Return every aim that the figures can be held against."""
    found: list[Aim] = []
    if "classes" in measured:
        found += _pages(measured)
    if "dates" in measured:
        found += _dates(measured["dates"])
    if "http" in measured:
        found.append(Aim("over HTTP: p95 below Datasette's at 1, 4 and 8 clients", list(_behind(measured["http"]))))
    if "kept" in measured:
        kept = measured["kept"]["kept"]
        short = [] if kept is None or kept >= KEPT else [f"{kept:.3f}"]
        found.append(Aim(f"share of the exact top 25 kept: {KEPT:g} on average", short))
    if "known" in measured:
        found.append(Aim("known cables found in the first ten: not below FTS5", list(_below(measured["known"]))))
    return found


def _pages(measured: dict[str, Any]) -> list[Aim]:
    rows = [row for row in measured["classes"] if row["class"] not in measured["asked_otherwise"] and row["ours_ms"]]
    fts5, tantivy = measured["geomean_fts5_over_ours"], measured["geomean_tantivy_over_ours"]
    slower, over = [], []
    for row in rows:
        if row["ours_ms"] > max(row["fts5_ms"], QUICK_MS):
            slower.append(f"{row['class']}: {row['ours_ms']:.0f} against {row['fts5_ms']:.0f} ms")
        if row["ours_ms"] > SLOWEST_MS:
            over.append(f"{row['class']}: {row['ours_ms']:.0f} ms")
    return [
        Aim(
            f"pages: {OVER_FTS5:g} times faster than FTS5 (geometric mean)",
            [] if fts5 is None or fts5 >= OVER_FTS5 else [f"{fts5:.2f}"],
        ),
        Aim(
            f"pages: within {UNDER_TANTIVY:g} times of tantivy (geometric mean)",
            [] if tantivy is None or tantivy * UNDER_TANTIVY >= 1 else [f"{1 / tantivy:.1f} times"],
        ),
        Aim(f"pages: no class slower than FTS5, or than {QUICK_MS:g} ms where FTS5 takes less", slower),
        Aim(f"pages: no class over {SLOWEST_MS:g} ms", over),
    ]


def _dates(rows: list[dict[str, Any]]) -> list[Aim]:
    def over(what: str, limit: float) -> list[str]:
        return [
            f"{row['class']}, page {page}: {took:.0f} ms"
            for row in rows
            for page in (1, 50)
            if (took := row.get(f"ours_{what}_{page}_ms")) and took > limit
        ]

    return [
        Aim(f"by date: every page within {SLOWEST_MS:g} ms", over("page", SLOWEST_MS)),
        Aim(f"by date: the 25 hits alone within {HITS_MS:g} ms", over("hits", HITS_MS)),
    ]


def _behind(rows: list[dict[str, Any]]) -> Iterator[str]:
    theirs = {row["clients"]: row["p95_ms"] for row in rows if row["server"] == "datasette"}
    for row in rows:
        other = theirs.get(row["clients"])
        if row["server"] == "ours" and other is not None and row["p95_ms"] >= other:
            yield f"{row['clients']} clients: {row['p95_ms']:.0f} against {other:.0f} ms"


def _below(rows: list[dict[str, Any]]) -> Iterator[str]:
    theirs = {(row["asked"], row["where"]): row["in_10"] for row in rows if row["peer"] == "fts5"}
    for row in rows:
        other = theirs[row["asked"], row["where"]]
        if row["peer"] == "ours" and row["in_10"] < other:
            yield f"{row['asked']}, {row['where']}: {row['in_10']:.3f} against {other:.3f}"
