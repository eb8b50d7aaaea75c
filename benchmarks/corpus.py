"""How fast the realistic corpus is written, and what it is like: lengths, words, phrases, repetition.

    python -m benchmarks.corpus                        20,000 cables of the invented posts
    python -m benchmarks.corpus --cables 50000 --ids TABLE

Time is processor time of writing the file, the start included; beside it stands the time that finding the words of the
same text with one regular expression takes. Memory is the peak of this process while it writes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.parse import peak_mb
from cables.corpus.realistic import write_realistic
from cables.parsing.records import RawCable
from cables.sources import read_path

WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"[.]\s")
SHORT = 40
SAMPLE = 20_000_000
# Shares of cables that a word stands in, as the benchmark of search asks for them, and what counts as near.
CLASSES = {"60%": (0.5, 0.7), "11%": (0.09, 0.13), "1%": (0.009, 0.011)}
RARE = range(50, 71)


def written(folder: Path, count: int, seed: int, ids: Path | None) -> tuple[Path, dict[str, float]]:
    """Return the file, and how long writing it took (processor seconds), its size in MB, rate and peak memory."""
    begun = time.process_time()
    path = write_realistic(folder, count, seed=seed, ids=ids)
    seconds = time.process_time() - begun
    size = path.stat().st_size / 1e6
    return path, {"seconds": seconds, "mb": size, "mb_a_second": size / seconds, "peak_mb": peak_mb()}


def described(path: Path, count: int, console: Console) -> dict[str, float]:
    """Return what the cables of the file are like: lengths, and what stands how often."""
    lengths: list[int] = []
    in_cables: Counter[str] = Counter()
    sentences: set[int] = set()
    phrases: set[int] = set()
    told = spoken = words_told = 0
    seconds = 0.0
    for raw in track(read_path(path), "Reading", total=count, console=console, transient=True):
        if not isinstance(raw, RawCable):
            continue
        text = f"{raw.header}\n{raw.body}"
        lengths.append(len(text))
        begun = time.process_time()
        words = WORD.findall(text)
        seconds += time.process_time() - begun
        words_told += len(words)
        in_cables.update({word.lower() for word in words})
        if len(lengths) <= 10_000:
            found = [text for text in SENTENCE.split(" ".join(raw.body.split())) if len(text) > SHORT]
            told += len(found)
            sentences.update(map(hash, found))
            spoken += len(words) - 4
            phrases.update(hash(tuple(words[place : place + 5])) for place in range(len(words) - 4))
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    shares = {
        f"words_in_{name}": sum(low <= number / len(lengths) <= high for number in in_cables.values())
        for name, (low, high) in CLASSES.items()
    }
    return {
        "cables": len(lengths),
        "median_length": statistics.median(lengths),
        "mean_length": statistics.mean(lengths),
        "longest": max(lengths),
        "words_a_cable": words_told / len(lengths),
        "distinct_words": len(in_cables),
        "distinct_words_of_letters": sum(word.isalpha() for word in in_cables),
        **shares,
        "words_in_50_to_70_cables": sum(number in RARE for number in in_cables.values()),
        "distinct_sentences": len(sentences) / told,
        "distinct_five_words": len(phrases) / spoken,
        "gzip_ratio": len(sample) / len(gzip.compress(sample, 6)),
        "seconds_for_words": seconds,
    }


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cables", type=int, default=20_000, help="how many cables")
    options.add_argument("--seed", type=int, default=1, help="another seed, other cables")
    options.add_argument("--ids", type=Path, help="a table of identifiers by month")
    options.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, measured = written(Path(folder), arguments.cables, arguments.seed, arguments.ids)
        measured |= described(path, arguments.cables, Console(stderr=True))
    if arguments.json:
        print(json.dumps(measured))
        return
    table = Table(show_header=False, box=None)
    for name, value in measured.items():
        table.add_row(name.replace("_", " "), f"{value:,.3f}" if isinstance(value, float) else f"{value:,}")
    Console(file=sys.stdout).print(table)


if __name__ == "__main__":
    main()
