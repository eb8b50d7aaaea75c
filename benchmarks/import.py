"""How long an import takes beside the floor that PostgreSQL itself sets, in one run on one machine.

    python -m benchmarks.import --cables 251287            the whole measurement, as a table
    python -m benchmarks.import --cables 10000 --json      seven figures as one JSON object
    python -m benchmarks.import --corpus cables.csv        a corpus made before

A corpus of made cables is imported into an empty archive; the same again, unchanged; then the floor is measured over
the same rows (floor.py); then 1,000 further cables come in while eight readers go on. Seconds are of whole processes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.archive import Archive, archive
from benchmarks.floor import floor
from cables.sources.cables_csv import split_records

NEW = 1_000
READERS = 8
WRITTEN = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE relname = ANY(%s)"
_SEARCH = ("searchentry", "searchgist", "word")
CONTENT = [
    f"cables_{name}"
    for name in ("cable", "paragraph", "cabletag", "reference", *_SEARCH, "alias", "version", "post", "tag")
]
SIZES = """
SELECT relname, pg_table_size(oid), 'table' FROM pg_class WHERE relname = ANY(%s)
UNION ALL
SELECT indexrelid::regclass::text, pg_relation_size(indexrelid), 'index' FROM pg_index
WHERE indrelid::regclass::text = ANY(%s)
ORDER BY 2 DESC
"""


def split_corpus(corpus: Path, new: int, folder: Path) -> tuple[Path, Path, int]:
    """Return two files that hold the corpus but for its last `new` records, and those; and how many the first has."""
    with corpus.open("rb") as file:
        total = sum(1 for _ in split_records(iter(lambda: file.read(2**20), b"")))
        file.seek(0)
        first, rest = folder / "first.csv", folder / "new.csv"
        with first.open("wb") as out, rest.open("wb") as later:
            for number, (_, record, _) in enumerate(split_records(iter(lambda: file.read(2**20), b""))):
                (out if number < total - new else later).write(record)
    return first, rest, total - new


def rows_written(made: Archive) -> int:
    """Return how many rows of the tables of content were ever inserted, updated or deleted."""
    time.sleep(2)  # a backend tells the statistics when it ends
    with made.connect() as connection:
        connection.execute("SELECT pg_stat_clear_snapshot()")
        (count,) = connection.execute(WRITTEN, [CONTENT]).fetchone() or (0,)
    return int(count or 0)


def sizes(made: Archive) -> list[tuple[str, int, str]]:
    """Return name, bytes and kind of every table (its out-of-line texts with it) and index, the largest first."""
    with made.connect() as connection:
        return connection.execute(SIZES, [CONTENT, CONTENT]).fetchall()


@contextmanager
def readers(made: Archive, address: str, seconds: list[float]) -> Iterator[None]:
    """Let READERS read pages of cables and lists of the newest, one after the other, and note how long each took."""
    with made.connect() as connection:
        rows = connection.execute("SELECT identifier FROM cables_cable ORDER BY random() LIMIT 2000").fetchall()
    stop = threading.Event()

    def read(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - which page is read is no secret
        while not stop.is_set():
            (identifier,) = chance.choice(rows)
            path = f"cable/{identifier}/" if chance.random() < 0.8 else "dates/2005/"
            begun = time.monotonic()
            with urllib.request.urlopen(f"http://{address}/{path}") as answer:
                answer.read()
            seconds.append(time.monotonic() - begun)

    threads = [threading.Thread(target=read, args=[seed]) for seed in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def measure(corpus: Path, folder: Path, console: Console, *, new: int, with_floor: bool = True) -> dict[str, Any]:
    """Return every figure of the measurement; without the floor neither floor nor ratio."""
    first, rest, count = split_corpus(corpus, new, folder)
    measured: dict[str, Any] = {"cables": count, "corpus_mb": first.stat().st_size / 1e6}
    with archive(folder / "data") as made:
        console.print(f"importing {count:,} cables")
        measured["import_seconds"], measured["import_report"] = made.import_cables(first)
        before = rows_written(made)
        console.print("the same again")
        measured["again_seconds"], measured["again_report"] = made.import_cables(first)
        measured["again_written"] = rows_written(made) - before
        measured["sizes"] = sizes(made)
        if with_floor:
            console.print("the floor")
            measured["floor"] = floor(made)
            measured["floor_seconds"] = sum(measured["floor"].values())
            measured["ratio"] = measured["import_seconds"] / measured["floor_seconds"]
        if new:
            console.print(f"{new:,} new cables while {READERS} readers go on")
            with made.serving() as address:
                waits: list[float] = []
                with readers(made, address, waits):
                    time.sleep(5)
                    alone = len(waits)
                    measured["new_seconds"], measured["new_report"] = made.import_cables(rest)
                slow = sorted(waits[alone:])
                measured["readers"] = {
                    "pages": len(slow),
                    "slowest_before": max(waits[:alone]),
                    "median": slow[len(slow) // 2],
                    "slowest": slow[-1],
                }
        measured["peak_mb"] = made.peak_mb["import_cables"]
    return measured


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--cables", type=int, default=10_000, help="how many cables (default: 10,000)")
    options.add_argument("--corpus", type=Path, help="a cables.csv to import instead of making one")
    options.add_argument("--ids", type=Path, help="table of identifiers by month for make_corpus")
    options.add_argument("--new", type=int, default=NEW, help="how many of them come in afterwards (default: 1,000)")
    options.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options.add_argument("--json", action="store_true", help="print the seven figures as one JSON object")
    arguments = options.parse_args()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        corpus = arguments.corpus
        if corpus is None:
            ids = ["--ids", str(arguments.ids)] if arguments.ids else []
            wanted = str(arguments.cables + arguments.new)
            with archive(folder / "data") as made:
                made.run("make_corpus", wanted, "--realistic", *ids, "--out", str(folder / "corpus"))
            corpus = folder / "corpus" / "cables.csv"
        measured = measure(corpus, folder, console, new=arguments.new)
        # Before the folder is removed, which may fail: nothing that took so long is lost.
        if arguments.json:
            names = ("cables", "floor_seconds", "import_seconds", "ratio", "again_seconds", "again_written", "peak_mb")
            print(json.dumps({name: measured[name] for name in names}), flush=True)
        else:
            tell(measured, Console(file=sys.stdout))
            sys.stdout.flush()


def tell(measured: dict[str, Any], console: Console) -> None:
    """Print every figure as tables."""
    figures = Table(show_header=False, box=None)
    for name, value in measured.items():
        if isinstance(value, float | int):
            figures.add_row(name.replace("_", " "), f"{value:,.2f}" if isinstance(value, float) else f"{value:,}")
    for name in ("floor", "readers"):
        for part, value in measured.get(name, {}).items():
            figures.add_row(f"{name}: {part.replace('_', ' ')}", f"{value:,.2f}")
    console.print(figures)
    held = Table("name", "kind", "MB", "of the text")
    for name, size, kind in measured["sizes"]:
        held.add_row(name, kind, f"{size / 1e6:,.1f}", f"{size / 1e6 / measured['corpus_mb']:.2f}")
    console.print(held)


if __name__ == "__main__":
    main()
