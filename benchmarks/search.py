"""How fast and how well the search answers, beside SQLite FTS5, tantivy and Datasette, in one run on one machine.

    python -m benchmarks.search --cables 50000              every part, as tables
    python -m benchmarks.search --cables 10000 --json       the same as one JSON object
    python -m benchmarks.search --corpus cables.csv         a corpus made before
    python -m benchmarks.search --archive DATA --folder F   an archive imported before; what is made for it stays in F
    python -m benchmarks.search --sizes 10000 50000         growth: the pages over several sizes
    python -m benchmarks.search --parts pages kept          some of the parts only
    python -m benchmarks.search --write docs/benchmarks     search.md and its plots, too

Needs the packages of requirements-bench.lock (make bench); a peer that is not installed is left out. Everything is
warm, and asked by one client but for HTTP. Where --folder is given, what it holds from an earlier run is used again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.archive import Archive
from benchmarks.searching import (
    built,
    by_date,
    growth,
    http_stream,
    kept_share,
    known_items,
    machine,
    offers,
    report,
    whole_pages,
)
from benchmarks.searching.laboratory import Laboratory, laboratory

PARTS: dict[str, Callable[[Laboratory], Any]] = {
    "pages": whole_pages.measure,
    "dates": by_date.measure,
    "kept": kept_share.measure,
    "known": known_items.measure,
    "http": http_stream.measure,
    "offers": offers.measure,
    "built": built.measure,
}
"""What is measured, in this order; each takes the laboratory and returns what --json prints of it."""


PAPER = 160
"""Characters a line where the report does not go to a terminal."""


def measure(arguments: argparse.Namespace, folder: Path, console: Console) -> dict[str, Any]:
    """Return every figure of one size: those of the pages at the top, the other parts by name."""

    def corpus(opened: Archive) -> Path:
        if arguments.corpus:
            return Path(arguments.corpus)
        out = folder / "corpus"
        if not out.exists():
            ids = ["--ids", str(arguments.ids)] if arguments.ids else []
            opened.run("make_corpus", str(arguments.cables), "--realistic", *ids, "--out", str(out))
        return out / "cables.csv"

    data = arguments.archive or folder / "data"
    wanted = None if arguments.archive else corpus
    with laboratory(folder, data, wanted, console, arguments.queries, arguments.seed) as room:
        measured: dict[str, Any] = {"cables": room.cables, "machine": machine.described(room.archive)}
        for name in arguments.parts:
            found = PARTS[name](room)
            measured |= found if name == "pages" else {name: found}
    return measured


def options() -> argparse.ArgumentParser:
    """Return what the command takes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cables", type=int, default=10_000, help="how many cables (default: 10,000)")
    parser.add_argument("--corpus", type=Path, help="a cables.csv to import instead of making one")
    parser.add_argument("--ids", type=Path, help="table of identifiers by month for make_corpus")
    parser.add_argument("--archive", type=Path, help="the data folder of an archive that holds its cables already")
    parser.add_argument("--folder", type=Path, help="where to work and keep what was made (default: temporary)")
    parser.add_argument("--sizes", type=int, nargs="+", help="measure the pages at each of these numbers of cables")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="default: all of them")
    parser.add_argument("--queries", type=int, default=5, help="how many queries a class (default: 5)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other queries")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write search.md and its plots into the folder")
    return parser


def main() -> None:
    """Measure, print, and write where asked to."""
    arguments = options().parse_args()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as name:
        folder: Path = arguments.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        if arguments.sizes:
            measured = growth.measure(arguments, folder, console)
        else:
            measured = report.rounded(measure(arguments, folder, console))
    if arguments.write:
        report.write(measured, arguments.write)
    if arguments.json:
        print(json.dumps(measured))
    else:
        printed = Console(file=sys.stdout)
        report.tell(measured, printed if printed.is_terminal else Console(file=sys.stdout, width=PAPER))


if __name__ == "__main__":
    main()
