"""Shows what the parser reads in cable files, field by field and line by line; needs no database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cables.parsing.cable import parse_cable
from cables.parsing.records import ParsedCable, Span, Unreadable
from cables.sources import read_path

IN_OWN_TABLE = ("header", "body", "paragraphs", "spans", "problems", "source", "attributes")
EXCERPT = 300


class Command(BaseCommand):
    """explain_cable FILE… [--json]."""

    help = (
        "Shows each field of the cables in these files, the lines it was read from, and what was not understood. "
        "Exit status: 0 all was understood, 1 some problems, 2 nothing could be read."
    )
    requires_system_checks: list[str] = []  # they would look at the database's settings

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the files and the option."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON object a cable, one a line")

    def handle(self, *_: object, files: list[Path], json: bool, **__: object) -> None:
        """Prints every cable as it is read, and ends with the exit status."""
        console = Console(file=cast("IO[str]", self.stdout), highlight=False)
        read = problems = 0
        for raw in (raw for path in files for raw in read_path(path)):
            if isinstance(raw, Unreadable):
                problems += 1
                place = raw.file if raw.line is None else f"{raw.file}, line {raw.line}"
                self.stderr.write(f"{place}: {raw.reason}")
                continue
            cable = parse_cable(raw)
            read += 1
            problems += len(cable.problems)
            if json:
                self.stdout.write(as_json(cable))
            else:
                explain(cable, console)
        if not read or problems:
            sys.exit(1 if read else 2)


def as_json(cable: ParsedCable) -> str:
    """Return a cable as one line of JSON: its file, then every field under its own name; dates as ISO 8601."""
    return json.dumps({"file": cable.source.file, **_plain(_fields(cable))})


def explain(cable: ParsedCable, console: Console) -> None:
    """Print a cable's fields, its paragraphs and its problems as tables."""
    console.print()
    console.print(Text(f"{cable.identifier or 'without identifier'}  {_safe(cable.subject)}", style="bold"))
    source = cable.source
    console.print(Text(_safe(f"{source.file}, line {source.line}, form {source.form}")))
    table = _table("field", "value", "read from")
    for name, value in _fields(cable).items():
        if name not in IN_OWN_TABLE and value not in ("", None, ()):
            table.add_row(name, Text(_excerpt(_words(value))), _place(cable.spans.get(name)))
    console.print(table)
    table = _table("lines", "kind", "no.", "mark", "text")
    for lines, piece in _numbered(cable):
        table.add_row(lines, piece.kind, piece.number, Text(piece.marking), Text(_excerpt(piece.text, 70)))
    console.print(table)
    if cable.problems:
        table = _table("not understood", "why", "words", "line")
        for problem in cable.problems:
            line = "" if problem.line is None else str(problem.line)
            table.add_row(problem.field, Text(_safe(problem.reason)), Text(_excerpt(problem.text)), line)
        console.print(table)


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _numbered(cable: ParsedCable) -> Iterator[tuple[str, Any]]:
    """Return the pieces of the body, each with the lines of the body it stands on."""
    line = 1
    for piece in cable.paragraphs:
        last = line + piece.raw.rstrip("\n").count("\n")
        yield f"{line}-{last}" if last > line else str(line), piece
        line += piece.raw.count("\n")


def _fields(record: Any) -> dict[str, Any]:
    names = [field.name for field in fields(record)] if is_dataclass(record) else record._fields
    return {name: getattr(record, name) for name in names}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: records as objects under the names of their fields."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(inside) for name, inside in value.items()}
    if is_dataclass(value) or hasattr(value, "_fields"):
        return _plain(_fields(value))
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _words(value: object) -> str:
    """Return a field's value in words: the items of a list between semicolons, the parts of a record between spaces."""
    if isinstance(value, tuple):
        return "; ".join(_words(item) for item in value)
    if is_dataclass(value):
        return " ".join(filter(None, (_words(part) for part in _fields(value).values())))
    return str(value)


def _place(span: Span | None) -> str:
    if span is None:
        return ""
    if span.part == "source":
        return f"source, line {span.first}"
    return (
        f"{span.part}, line {span.first}" if span.first == span.last else f"{span.part}, lines {span.first}-{span.last}"
    )


def _excerpt(text: str, length: int = EXCERPT) -> str:
    """Return a text in one line, cut to a length, safe to print."""
    words = " ".join(_safe(text[: 2 * length]).split())
    return words if len(words) <= length else f"{words[: length - 1]}…"


def _safe(text: str) -> str:
    """Return a text without the control characters by which it could steer a terminal."""
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)
