"""A plot of a few lines as SVG: no library, no script, legible on light and dark ground."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 90, 20, 50
COLOURS = ("#1a5fb4", "#666666", "#a51d2d", "#26794a")
STEPS = 5
_OPENING = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    ' font-family="sans-serif" font-size="13">'
)
# Round figures for the marks of an axis.
_ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Line:
    """A name, and its points: how far across, how far up."""

    name: str
    points: list[tuple[float, float]]


def plot(lines: list[Line], *, across: str, up: str) -> str:
    """Return the lines in one plot, both axes from 0; each line carries its name at its end."""
    right = _marks(max((x for line in lines for x, _ in line.points), default=1))
    top = _marks(max((y for line in lines for _, y in line.points), default=1))

    def place(x: float, y: float) -> tuple[float, float]:
        inside = LEFT + x / right[-1] * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y / top[-1] * (HEIGHT - TOP - BOTTOM)
        return round(inside[0], 1), round(inside[1], 1)

    parts = [_OPENING, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>']
    for mark in top:
        x, y = place(0, mark)
        parts.append(f'<path d="M{x} {y}H{WIDTH - RIGHT}" stroke="#dddddd"/>')
        parts.append(_text(x - 8, y + 4, f"{mark:,g}", "end"))
    for mark in right:
        x, y = place(mark, 0)
        parts.append(_text(x, y + 20, f"{mark:,.0f}", "middle"))
    parts.append(_text((WIDTH + LEFT - RIGHT) / 2, HEIGHT - 10, across, "middle"))
    parts.append(_text(LEFT + 8, TOP + 14, up, "start"))
    for line, colour in zip(lines, COLOURS, strict=False):
        points = [place(x, y) for x, y in sorted(line.points)]
        path = "L".join(f"{x} {y}" for x, y in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in points]
        if points:
            parts.append(_text(points[-1][0] + 8, points[-1][1] + 4, line.name, "start", colour))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _marks(highest: float) -> list[float]:
    """Return round figures at equal steps from 0 to at least the highest."""
    power = 1.0
    while power * _ROUND[-1] * STEPS < highest:
        power *= 10
    step = next(power * figure for figure in _ROUND if power * figure * STEPS >= highest)
    return [step * number for number in range(STEPS + 1)]


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#333333") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
