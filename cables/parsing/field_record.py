"""What is noted while a cable is read: from where each field was taken, and what was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from cables.parsing.located import Located
from cables.parsing.records import ParsedParagraph, Problem, Span

T = TypeVar("T")


class FieldRecord:
    """Spans and problems of one cable, gathered field by field."""

    def __init__(self, source_line: int, problems: Sequence[Problem] = ()) -> None:
        self._source_line = source_line
        self.spans: dict[str, Span] = {}
        self.problems: list[Problem] = list(problems)

    def located(self, field: str, part: str, text: str, located: Located[T]) -> T:
        """Return the value, and note the lines of the part ("header" or "body") it was read from."""
        if located.end > located.start:
            first = text.count("\n", 0, located.start) + 1
            last = first + text.count("\n", located.start, max(located.start, located.end - 1))
            self.spans[field] = Span(part, first, last)
        return located.value

    def from_source(self, field: str, value: T) -> T:
        """Return the value, and note that the source's own field gave it."""
        if value:
            self.spans[field] = Span("source", self._source_line, self._source_line)
        return value

    def from_pieces(self, field: str, pieces: Sequence[ParsedParagraph], first: int, end: int) -> None:
        """Note that a field was read from pieces[first:end] of the body."""
        if first < end:
            line = sum(piece.raw.count("\n") for piece in pieces[:first]) + 1
            words = "".join(piece.raw for piece in pieces[first:end]).rstrip()
            self.spans[field] = Span("body", line, line + words.count("\n"))

    def problem(self, field: str, reason: str, text: str = "", line: int | None = None) -> None:
        """Note what was not understood: the words themselves, and their line where it is known."""
        self.problems.append(Problem(field, reason, text[:200], line))

    def source_problem(self, field: str, reason: str, text: str) -> None:
        """Note that a value of the source's own was not understood."""
        self.problem(field, reason, text, self._source_line)
