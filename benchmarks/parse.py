"""How fast the parser reads, and how its time grows with hostile text.

    python -m benchmarks.parse                       20,000 invented cables, on one core
    python -m benchmarks.parse --pages FOLDER        the cables of a folder of your own
    python -m benchmarks.parse --growth              every pattern of hostile text at 250 kB, 500 kB and 1 MB

Time is processor time of parse_cable alone; reading the files is not counted. Beside it, over the same texts, stands
the time that finding their words with one regular expression takes: the ratio of the two says more than either on a
machine that is shared. Memory is this process's peak.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.hostile import PATTERNS
from cables import parsing
from cables.corpus import write_corpus
from cables.parsing.records import RawCable
from cables.sources import read_path

WORD = re.compile(r"\w+")
WARM_UP = (
    "R 281848Z DEC 66\nFM AMEMBASSY VALDMARK\nTO SECSTATE WASHDC\nUNCLAS VALDMARK 12\nTAGS: PGOV, PGOVX\nREF: STATE 1\n"
    "Classified By: Abmassador Ilse Brandvik, reasons 1.4 (b)\n"
)
SIZES = (250_000, 500_000, 1_000_000)
FACE = {
    "canonical_identifier": parsing.canonical_identifier,
    "parse_subject": parsing.parse_subject,
    "parse_tags": parsing.parse_tags,
    "parse_references": lambda text: parsing.parse_references(text, year=2005),
    "parse_classified_by": parsing.parse_classified_by,
    "parse_classification_reasons": parsing.parse_classification_reasons,
    "parse_declassify_on": parsing.parse_declassify_on,
    "parse_summary": parsing.parse_summary,
    "parse_comment": parsing.parse_comment,
    "parse_signers": parsing.parse_signers,
    "parse_recipients": parsing.parse_recipients,
    "parse_info_recipients": parsing.parse_info_recipients,
    "parse_paragraphs": parsing.parse_paragraphs,
    "parse_cable": lambda text: parsing.parse_cable(RawCable(form="telegram", file="hostile.txt", body=text)),
}


def peak_mb() -> float:
    """Return the largest amount of memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def speed(paths: Iterable[Path], console: Console) -> dict[str, float]:
    """Return cables, MB of text, processor seconds and rates, the words' seconds, and peak memory early and late."""
    cables = characters = 0
    seconds = words = early = 0.0
    parsing.parse_cable(RawCable("telegram", "", body=WARM_UP))  # the tables are read once
    for path in paths:
        for raw in track(read_path(path), "Parsing", console=console, transient=True):
            if not isinstance(raw, RawCable):
                continue
            begun = time.process_time()
            parsing.parse_cable(raw)
            parsed = time.process_time()
            WORD.findall(raw.header + raw.body)
            words += time.process_time() - parsed
            seconds += parsed - begun
            cables += 1
            characters += len(raw.header) + len(raw.body)
            if cables == 2_000:
                early = peak_mb()
    return {
        "cables": cables,
        "mb": characters / 1e6,
        "seconds": seconds,
        "cables_a_second": cables / seconds,
        "mb_a_second": characters / 1e6 / seconds,
        "seconds_for_words": words,
        "ratio_to_words": seconds / words,
        "peak_mb_at_2000": early,
        "peak_mb": peak_mb(),
    }


def growth(console: Console) -> list[dict[str, object]]:
    """Return, for every function and pattern, processor seconds at each of SIZES."""
    rows: list[dict[str, object]] = []
    for name, function in track(FACE.items(), "Growing", console=console, transient=True):
        for pattern in PATTERNS:
            seconds = []
            for size in SIZES:
                text = pattern.text(size)
                begun = time.process_time()
                function(text)
                seconds.append(time.process_time() - begun)
            rows.append({"function": name, "pattern": pattern.name, "seconds": seconds})
    return rows


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cables", type=int, default=20_000, help="how many invented cables")
    options.add_argument("--pages", type=Path, nargs="+", help="files or folders of cables to read instead")
    options.add_argument("--growth", action="store_true", help="measure hostile text instead")
    options.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = options.parse_args()
    progress = Console(stderr=True)
    if arguments.growth:
        rows = growth(progress)
        if arguments.json:
            print(json.dumps({"sizes": SIZES, "rows": rows}))
            return
        table = Table("function", "worst pattern", *(f"{size // 1000} kB" for size in SIZES))
        for name in FACE:
            worst = max((row for row in rows if row["function"] == name), key=lambda row: row["seconds"][-1])
            table.add_row(name, worst["pattern"], *(f"{second:.3f} s" for second in worst["seconds"]))
        Console(file=sys.stdout).print(table)
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = arguments.pages or write_corpus(Path(folder) / "corpus", arguments.cables, form="csv")
        measured = speed(paths, progress)
    if arguments.json:
        print(json.dumps(measured))
        return
    table = Table(show_header=False, box=None)
    for name, value in measured.items():
        table.add_row(name.replace("_", " "), f"{value:,.1f}" if isinstance(value, float) else f"{value:,}")
    Console(file=sys.stdout).print(table)


if __name__ == "__main__":
    main()
