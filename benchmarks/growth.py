"""What an import costs over the size of the corpus: time, floor, memory and disk, as a table and a plot.

    python -m benchmarks.growth --sizes 10000 50000                   measure, and write the table and the plot anew
    python -m benchmarks.growth --sizes 251287 --ids TABLE            a larger one, beside what was measured before
    python -m benchmarks.growth --sizes 1000000 --ids TABLE --no-floor    the import alone, where time is short

Every size is measured as benchmarks.import measures it, without further cables. Figures are kept in
docs/benchmarks/growth.json; growth.md and growth.svg beside it are made of all that are in it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.archive import ROOT, archive
from benchmarks.plot import Line, plot

OUT = ROOT / "docs" / "benchmarks"
measurement = importlib.import_module("benchmarks.import")

HEAD = """\
# What an import costs over the size of the corpus

`python -m benchmarks.growth --sizes N…` imports realistic corpora of these sizes, each into an empty archive, as
`benchmarks.import` does (import.md), and writes this page and its plot. Two processors, the embedded PostgreSQL.

| cables | text, MB | import, s | cables a second | floor, s | ratio | again, s | largest process, MB | disk of text |
|---|---|---|---|---|---|---|---|---|
"""
TAIL = """
![Seconds over cables: import, floor, and the same again](growth.svg)

A straight line through the corner is a cost that does not depend on how much is held already. A dash was not measured.
"""


def measured(size: int, ids: Path | None, folder: Path | None, console: Console, *, with_floor: bool) -> dict[str, Any]:
    """Return the figures of one size, without those that were not measured."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        place = Path(name)
        with archive(place / "data") as made:
            options = ["--ids", str(ids)] if ids else []
            made.run("make_corpus", str(size), "--realistic", *options, "--out", str(place / "corpus"))
        figures = measurement.measure(place / "corpus" / "cables.csv", place, console, new=0, with_floor=with_floor)
    names = ("cables", "corpus_mb", "import_seconds", "floor_seconds", "ratio", "again_seconds", "peak_mb")
    disk = sum(size for _, size, _ in figures["sizes"]) / 1e6
    return {name: round(figures[name], 2) for name in names if name in figures} | {"disk_mb": round(disk, 1)}


def table(rows: list[dict[str, Any]]) -> str:
    """Return the page: a line a size, the smallest first."""
    lines = [
        f"| {row['cables']:,} | {row['corpus_mb']:,.0f} | {row['import_seconds']:,.0f} "
        f"| {row['cables'] / row['import_seconds']:,.0f} | {_told(row, 'floor_seconds', 0)} | {_told(row, 'ratio', 2)} "
        f"| {row['again_seconds']:,.0f} | {row['peak_mb']:,.0f} | {row['disk_mb'] / row['corpus_mb']:.2f} |\n"
        for row in rows
    ]
    return HEAD + "".join(lines) + TAIL


def _told(row: dict[str, Any], name: str, decimals: int) -> str:
    """Return the figure, or a dash where it was not measured."""
    return f"{row[name]:,.{decimals}f}" if name in row else "–"


def main() -> None:
    """Measure, and write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="*", default=[], help="how many cables; none writes the page anew")
    options.add_argument("--ids", type=Path, help="table of identifiers by month for make_corpus")
    options.add_argument("--no-floor", action="store_true", help="leave out the floor, a third of the time")
    options.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options.add_argument("--out", type=Path, default=OUT, help="where figures, page and plot are (docs/benchmarks)")
    arguments = options.parse_args()
    console = Console(stderr=True)
    kept = arguments.out / "growth.json"
    rows = {row["size"]: row for row in json.loads(kept.read_text())} if kept.exists() else {}
    for size in arguments.sizes:
        console.print(f"{size:,} cables")
        rows[size] = {"size": size} | measured(
            size, arguments.ids, arguments.folder, console, with_floor=not arguments.no_floor
        )
        kept.write_text(json.dumps([rows[size] for size in sorted(rows)], indent=1) + "\n")
    ordered = [rows[size] for size in sorted(rows)]
    (arguments.out / "growth.md").write_text(table(ordered))
    lines = [
        Line(label, [(row["cables"], row[name]) for row in ordered if name in row])
        for label, name in (("import", "import_seconds"), ("floor", "floor_seconds"), ("again", "again_seconds"))
    ]
    (arguments.out / "growth.svg").write_text(plot(lines, across="cables", up="seconds"))


if __name__ == "__main__":
    main()
