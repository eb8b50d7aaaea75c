"""The cells of a table in a body, where its columns are certain."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

MOST_CELLS = 20_000
"""A larger table is left as it stands: nobody reads it cell by cell."""

_CELL = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[-=_*~+| ]+")
_FIGURE = re.compile(r"[-+(]?[$£€]?\d[\d.,/]*\)?%?|-{1,2}|n/?a", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_FEWEST = 2


class Cell(NamedTuple):
    """The words of a cell, and whether its column holds figures."""

    text: str
    figure: bool


class Table(NamedTuple):
    """The rows of a table, each with a cell for every column; `head` is empty where no row is surely a heading."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_table(text: str) -> Table | None:
    """Return the cells of a table's lines, None where its columns are not certain.

    They are certain where a gutter runs through all rows, no row has two runs of words in one column, and every row
    has a first cell: else a line may go on with the cell above. Takes time in proportion to the length of the text.
    """
    lines = [line for line in text.expandtabs().split("\n") if line.strip()]
    ruled = [bool(_RULE.fullmatch(line)) for line in lines]
    rows = [line for line, is_rule in zip(lines, ruled, strict=True) if not is_rule]
    cells = _between_bars(rows) if all("|" in row for row in rows) else _between_gutters(rows)
    if cells is None or len(cells) < _FEWEST or len(cells[0]) < _FEWEST:
        return None
    if not all(row[0] for row in cells):
        return None
    after_first = ruled.index(False) + 1
    headed = _is_head(cells, underlined=after_first < len(lines) and ruled[after_first])
    body = cells[headed:]
    figures = [_holds_figures([row[at] for row in body]) for at in range(len(cells[0]))]
    told = [tuple(Cell(*pair) for pair in zip(row, figures, strict=True)) for row in cells]
    return Table(told[0] if headed else (), tuple(told[headed:]))


def _between_bars(rows: list[str]) -> list[list[str]] | None:
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    even = len({len(row) for row in cells}) == 1
    return cells if even and len(cells) * len(cells[0]) <= MOST_CELLS else None


def _between_gutters(rows: list[str]) -> list[list[str]] | None:
    found = [list(_CELL.finditer(row)) for row in rows]
    taken = bytearray(max(map(len, rows), default=0))
    for row in found:
        for cell in row:
            taken[cell.start() : cell.end()] = b"\1" * (cell.end() - cell.start())
    columns: list[int] = []  # the column that each character stands in
    count = 0
    for is_taken, places in groupby(taken):
        columns += [count] * len(list(places))
        count += is_taken
    if count * len(rows) > MOST_CELLS:
        return None
    cells = []
    for row in found:
        texts = [""] * count
        for cell in row:
            if texts[columns[cell.start()]]:
                return None
            texts[columns[cell.start()]] = cell[0]
        cells.append(texts)
    return cells


def _is_head(cells: list[list[str]], *, underlined: bool) -> bool:
    """Return whether the first row names the columns: a rule stands under it, or it alone has no figures."""
    first, *others = cells
    if not others or not all(first[1:]):
        return False
    return underlined or not (_DIGIT.search("".join(first)) or not all(_DIGIT.search("".join(row)) for row in others))


def _holds_figures(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(_FIGURE.fullmatch, filled))
