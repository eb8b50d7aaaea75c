"""What was measured, for people: as tables in the terminal, and as a page of Markdown with its plots."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.searching import plots
from benchmarks.searching.aims import aims

METHOD = """\
`python -m benchmarks.search` asks our search, SQLite FTS5 and tantivy the same questions over the same texts of the
same invented cables (`make_corpus --realistic`), in one run on one machine; everything is warm. The words come from the
corpus itself, by how many cables hold them; the seed is fixed. The peers analyse words as we do as far as they can
(accents folded, English stems), and weigh the subject, the summary with the TAGS, the identifier and the body alike;
they rank by BM25. FTS5 collects and ranks its hits in one pass and counts from there; tantivy counts by its
aggregations. Neither makes snippets: ours are left out of the comparison, and told beside it. What is kept of an
answer is dropped before it is asked for again."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table: its heading, what to know of it, the columns and the rows, all of them text."""

    heading: str
    note: str
    columns: list[str]
    rows: list[list[str]]
    plot: str = ""


def rounded(value: Any) -> Any:
    """Return the value with every figure in it at three decimals."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(one) for one in value]
    return round(value, 3) if isinstance(value, float) else value


def tell(measured: dict[str, Any], console: Console) -> None:
    """Print every part that was measured."""
    for section in sections(measured):
        table = Table(*section.columns, title=section.heading, caption=section.note, title_justify="left")
        for column in table.columns[1:]:
            column.justify = "right"
        for row in section.rows:
            table.add_row(*row)
        console.print(table, "")


def write(measured: dict[str, Any], folder: Path) -> None:
    """Write search.md (growth.md for several sizes) and its plots into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    name = "search-growth" if "sizes" in measured else "search"
    drawn = plots.drawn(measured)
    for plot, picture in drawn.items():
        (folder / f"{plot}.svg").write_text(picture)
    lines = [f"# {'How search grows' if 'sizes' in measured else 'How search answers'}", ""]
    lines += [METHOD, "", _measured_on(measured), ""]
    for section in sections(measured):
        lines += [f"## {section.heading}", "", section.note, ""]
        if section.plot in drawn:
            lines += [f"![{section.heading}]({section.plot}.svg)", ""]
        lines += [f"| {' | '.join(section.columns)} |", f"|---{'|--:' * (len(section.columns) - 1)}|"]
        lines += [f"| {' | '.join(row)} |" for row in section.rows] + [""]
    (folder / f"{name}.md").write_text("\n".join(lines))


def _measured_on(measured: dict[str, Any]) -> str:
    machine = measured.get("machine") or measured["sizes"][-1]["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    today = datetime.datetime.now(datetime.UTC)
    where = f"{machine['processors']} processors, {machine['memory_gb']:.0f} GB"
    return f"Measured on {today:%-d %B %Y}: {where}; {versions}."


def sections(measured: dict[str, Any]) -> list[Section]:
    """Return a section for each part that was measured, in order."""
    found = [section(measured) for name, section in SECTIONS.items() if name in measured]
    return [*([_aims(measured)] if aims(measured) else []), *found]


def _aims(measured: dict[str, Any]) -> Section:
    rows = [[aim.words, "; ".join(aim.short) or "reached"] for aim in aims(measured)]
    return Section("Aims", f"{measured['cables']:,} cables.", ["aim", "what falls short"], rows)


def _pages(measured: dict[str, Any]) -> Section:
    times = ["ours_ms", "ours_p95_ms", "ours_with_snippets_ms", "fts5_ms", "fts5_p95_ms", "tantivy_ms"]
    rows = [
        [row["class"], _count(row["hits"]), *(_ms(row[name]) for name in times), _share(row["kept"])]
        for row in measured["classes"]
    ]
    otherwise = ", ".join(measured["asked_otherwise"])
    note = (
        f"{measured['cables']:,} cables; 25 hits by relevance, exact total and facets on origin, year, classification "
        f"and TAG; medians in ms. Geometric mean of the other's time over ours: FTS5 "
        f"{_ratio(measured['geomean_fts5_over_ours'])}, tantivy {_ratio(measured['geomean_tantivy_over_ours'])}, "
        f"without {otherwise}, which our page reads otherwise. Kept: the share of the exact top 25."
    )
    columns = ["class", "hits", "ours", "p95", "with snippets", "FTS5", "p95", "tantivy", "kept"]
    return Section("The whole page", note, columns, rows, "search-pages")


def _dates(measured: dict[str, Any]) -> Section:
    names = [
        f"{peer}_{what}_{number}_ms" for peer in ("ours", "fts5") for what in ("page", "hits") for number in (1, 50)
    ]
    rows = [[row["class"], *(_ms(row.get(name)) for name in names)] for row in measured["dates"]]
    columns = [f"{peer}: {what} {n}" for peer in ("ours", "FTS5") for what in ("page", "hits of") for n in (1, 50)]
    note = (
        "The newest first; the whole page, and its 25 hits alone; medians in ms. Where there are fewer than 50 pages, "
        "the last is asked for."
    )
    return Section("By date", note, ["class", *columns], rows)


def _kept(measured: dict[str, Any]) -> Section:
    found = measured["kept"]
    rows = [
        [row["kind"], str(row["queries"]), _share(row["kept"]), _share(row["least"]), str(row["below_0.9"])]
        for row in found["kinds"]
    ]
    rows.append(["all", str(found["queries"]), _share(found["kept"]), "", ""])
    note = "The share of the exact top 25 (the full ranking over every hit) on our first page, over random queries."
    return Section("What the ranking keeps", note, ["kind", "queries", "kept", "least", "below 0.9"], rows)


def _known(measured: dict[str, Any]) -> Section:
    rows = [
        [
            f"{row['asked']}, {row['where']}: {row['peer']}",
            str(row["queries"]),
            _share(row["in_10"]),
            _share(row["mrr"]),
        ]
        for row in measured["known"]
    ]
    note = (
        "The words of a cable's subject less two: is the cable among the first ten? MRR: mean of one over its rank. "
        "Body: only cables with the words in the body, but ts_rank counts the words wherever they stand."
    )
    return Section("Finding a known cable", note, ["asked", "queries", "in 10", "MRR"], rows)


def _http(measured: dict[str, Any]) -> Section:
    rows = [
        [row["server"], *(_count(row[name]) for name in ("clients", "pages", "failed")), f"{row['pages_a_second']:.1f}",
         _ms(row["median_ms"]), _ms(row["p95_ms"])]
        for row in measured["http"]
    ]  # fmt: skip
    note = "All classes in proportion, no query twice; ours by gunicorn with 2 workers, with snippets. Times in ms."
    columns = ["server", "clients", "pages", "failed", "pages a second", "median", "p95"]
    return Section("Over HTTP", note, columns, rows, "search-http")


def _built(measured: dict[str, Any]) -> Section:
    found = measured["built"]
    rows = [
        [f"ours: {one['index'] or one['table']}", f"{one['bytes'] / 1e6:,.1f}", f"{one['of_the_text']:.2f}", ""]
        for one in found["ours"]
    ]
    rows.append(["ours: indexes", "", "", f"{found['ours_indexes_seconds']:.1f}"])
    if found["ours_import_seconds"]:
        rows.append(["ours: the whole import", "", "", f"{found['ours_import_seconds']:.1f}"])
    for name, one in found["peers"].items():
        for what, size in one["sizes"].items():
            of_the_text = f"{size / found['text_bytes']:.2f}"
            rows.append([f"{name}: {what}", f"{size / 1e6:,.1f}", of_the_text, f"{one['seconds']:.1f}"])
    note = f"{found['text_bytes'] / 1e6:,.1f} MB of text are searched."
    return Section("Size, and time to build", note, ["what", "MB", "of the text", "seconds"], rows)


def _growth(measured: dict[str, Any]) -> Section:
    counts = [size["cables"] for size in measured["sizes"]]
    rows = [
        [
            row["class"],
            *(f"{_ms(took)} ({_count(hits)})" for took, hits in zip(row["ours_ms"], row["hits"], strict=True)),
            "" if row["power"] is None else f"{row['power']:.2f}",
        ]
        for row in measured["growth"]
    ]
    note = (
        "The whole page by relevance: median in ms (hits). The last column is the power of the hits by which the time "
        "grew from the smallest archive to the largest: 1 is in proportion."
    )
    columns = ["class", *(f"{count:,} cables" for count in counts), "power"]
    return Section("Growth", note, columns, rows, "search-growth")


def _offers(measured: dict[str, Any]) -> Section:
    rows = [
        [row["offer"], _count(row["asked"]), _count(row["answered"]), _ms(row["ms"]), _ms(row["p95_ms"])]
        for row in measured["offers"]
    ]
    columns = ["what", "asked", "answered", "ms", "p95 ms"]
    return Section("Suggestions, spelling, similar cables", "Of words that the archive has.", columns, rows)


SECTIONS: dict[str, Callable[[dict[str, Any]], Section]] = {
    "classes": _pages,
    "dates": _dates,
    "kept": _kept,
    "known": _known,
    "http": _http,
    "offers": _offers,
    "built": _built,
    "growth": _growth,
}


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}"


def _count(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _ratio(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.2f}"
