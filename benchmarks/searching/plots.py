"""Plots as SVG, drawn by a few lines of our own: dots by class, and lines over size, on logarithmic axes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Any

COLOURS = {"ours": "#9a3324", "fts5": "#1f4e79", "tantivy": "#5b7f3a", "datasette": "#1f4e79"}
LINE, INK, QUIET = "#d9d4c8", "#222222", "#777777"
FONT = "font-family='sans-serif' font-size='12'"
WIDTH, LEFT, RIGHT, TOP, ROW = 820, 250, 30, 44, 22


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic axis from `low` to `high`, drawn from `start` to `stop`."""

    low: float
    high: float
    start: float
    stop: float

    def at(self, value: float) -> float:
        """Return where a value stands."""
        share = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.stop - self.start)

    def ticks(self) -> list[float]:
        """Return the powers of ten on the axis."""
        return [10.0**power for power in range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)]


def drawn(measured: dict[str, Any]) -> dict[str, str]:
    """Return name -> SVG of every plot that the figures allow."""
    plots = {}
    if "classes" in measured:
        rows = {
            row["class"]: {peer: row[f"{peer}_ms"] for peer in ("ours", "fts5", "tantivy")}
            for row in measured["classes"]
        }
        plots["search-pages"] = dots("The whole page, by class: ms", rows)
    if "http" in measured:
        served: dict[str, dict[str, float | None]] = {}
        for row in measured["http"]:
            served.setdefault(f"p95 at {row['clients']} clients", {})[row["server"]] = row["p95_ms"]
        plots["search-http"] = dots("Over HTTP: ms", served)
    if "growth" in measured and len(measured["sizes"]) > 1:
        counts = [size["cables"] for size in measured["sizes"]]
        lines = {
            row["class"]: list(zip(counts, row["ours_ms"], strict=True))
            for row in measured["growth"]
            if all(row["ours_ms"])
        }
        plots["search-growth"] = curves("The whole page by number of cables, a line a class: ms", lines)
    return plots


def dots(title: str, rows: dict[str, dict[str, float | None]]) -> str:
    """Return a row for each name with a dot for each of its values."""
    values = [value for row in rows.values() for value in row.values() if value]
    axis = _axis(values, LEFT, WIDTH - RIGHT)
    bottom = TOP + ROW * len(rows)
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    parts = _legend(names)
    for tick in axis.ticks():
        parts += [_line(axis.at(tick), TOP - 8, axis.at(tick), bottom), _text(axis.at(tick), bottom + 18, f"{tick:g}")]
    for number, (name, row) in enumerate(rows.items()):
        middle = TOP + ROW * number + 4
        parts.append(_text(LEFT - 10, middle + 4, name, "end"))
        parts += [
            f"<circle cx='{axis.at(value):.1f}' cy='{middle}' r='5' fill='{COLOURS[peer]}' fill-opacity='0.85'/>"
            for peer, value in row.items()
            if value
        ]
    return _svg(title, parts, bottom + 30)


def curves(title: str, lines: dict[str, list[tuple[float, float]]]) -> str:
    """Return a line for each name through its points, both axes logarithmic."""
    bottom = 480
    sizes = sorted({x for points in lines.values() for x, _ in points})
    across = Axis(sizes[0], sizes[-1], 60, WIDTH - LEFT)
    up = _axis([y for points in lines.values() for _, y in points], bottom, TOP)
    parts = []
    for tick in sizes:
        parts += [
            _line(across.at(tick), TOP, across.at(tick), bottom),
            _text(across.at(tick), bottom + 18, f"{tick:,.0f}"),
        ]
    for tick in up.ticks():
        parts += [_line(60, up.at(tick), WIDTH - LEFT, up.at(tick)), _text(52, up.at(tick) + 4, f"{tick:g}", "end")]
    lowest = float("inf")
    for name, points in sorted(lines.items(), key=lambda item: item[1][-1][1]):
        path = " ".join(f"{across.at(x):.1f},{up.at(y):.1f}" for x, y in points)
        parts.append(f"<polyline points='{path}' fill='none' stroke='{COLOURS['ours']}' stroke-opacity='0.7'/>")
        # Names of lines that end near each other are moved apart.
        lowest = min(up.at(points[-1][1]) + 4, lowest - 13)
        parts.append(_text(across.at(points[-1][0]) + 8, lowest, name, "start"))
    return _svg(title, parts, bottom + 30)


def _axis(values: list[float], start: float, stop: float) -> Axis:
    low = 10 ** math.floor(math.log10(min(values, default=1)))
    return Axis(low, max(10 ** math.ceil(math.log10(max(values, default=10))), 10 * low), start, stop)


def _legend(names: list[str]) -> list[str]:
    parts = []
    for number, name in enumerate(names):
        left = WIDTH - RIGHT - 90 * (len(names) - number)
        parts.append(f"<circle cx='{left}' cy='16' r='5' fill='{COLOURS[name]}'/>")
        parts.append(_text(left + 10, 20, name, "start"))
    return parts


def _line(left: float, top: float, right: float, bottom: float) -> str:
    return f"<line x1='{left:.1f}' y1='{top:.1f}' x2='{right:.1f}' y2='{bottom:.1f}' stroke='{LINE}'/>"


def _text(left: float, top: float, words: str, anchor: str = "middle") -> str:
    return f"<text x='{left:.1f}' y='{top:.1f}' text-anchor='{anchor}' fill='{INK}' {FONT}>{escape(words)}</text>"


def _svg(title: str, parts: list[str], height: float) -> str:
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height:.0f}' role='img'>"
    ground = f"<title>{escape(title)}</title><rect width='{WIDTH}' height='{height:.0f}' fill='#ffffff'/>"
    return "\n".join([head, ground, _text(10, 20, title, "start"), *parts, "</svg>", ""])
