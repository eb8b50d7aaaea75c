"""The pages at several sizes of the archive, each in a process and a folder of its own."""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

PARTS = ("pages", "dates")
ENOUGH_HITS = 100


def measure(arguments: argparse.Namespace, folder: Path, console: Console) -> dict[str, Any]:
    """Return `sizes`, the figures of each size, and `growth`, a row a class.

    What a size has measured is kept in the folder as N.json and not measured again.
    """
    sizes = []
    for count in sorted(arguments.sizes):
        kept = folder / f"{count}.json"
        if not kept.exists():
            console.print(f"{count:,} cables")
            command = [sys.executable, "-m", "benchmarks.search", "--cables", str(count), "--json"]
            command += ["--folder", str(folder / str(count)), "--parts", *PARTS]
            command += ["--queries", str(arguments.queries), "--seed", str(arguments.seed)]
            command += ["--ids", str(arguments.ids)] if arguments.ids else []
            ended = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
            kept.write_text(ended.stdout)
        sizes.append(json.loads(kept.read_text()))
    return {"sizes": sizes, "growth": compared(sizes)}


def compared(sizes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return for each class the hits and milliseconds by size, and how fast the time grew with the hits.

    That is the power of the hits by which the time grew from the smallest to the largest size: 1 is in proportion,
    less is slower; None where the hits hardly grew.
    """
    rows = []
    for found in zip(*(size["classes"] for size in sizes), strict=True):
        first, last = found[0], found[-1]
        rows.append(
            {
                "class": first["class"],
                "hits": [row["hits"] for row in found],
                "ours_ms": [row["ours_ms"] for row in found],
                "fts5_ms": [row["fts5_ms"] for row in found],
                "power": _power(first, last),
            }
        )
    return rows


def _power(first: dict[str, Any], last: dict[str, Any]) -> float | None:
    if not first["hits"] or not last["hits"] or last["hits"] < 2 * first["hits"] or last["hits"] < ENOUGH_HITS:
        return None
    return round(math.log(last["ours_ms"] / first["ours_ms"]) / math.log(last["hits"] / first["hits"]), 2)
