"""The records that the rooms hand to one another: what a file said, and what the parser made of it.

A source makes a RawCable of each cable it finds, every value as received; parse_cable makes a ParsedCable of it.
All are frozen (those of which a cable has many are tuples, which cost least); texts are str, absent values are empty,
never None but for dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be understood: the field, why, the words themselves and the line they stand on (from 1)."""

    field: str
    reason: str
    text: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place in a file from which no cable could be made: the importer records it and goes on."""

    file: str
    reason: str
    line: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RawCable:
    """One cable as a file gives it. Every value is text as received; what the form does not have is empty.

    `file` is the path as a person would name it (a member of an archive as "archive.zip/folder/member.html");
    `line` is the line of that file on which the cable starts, from 1. `attributes` keeps whatever else the form has,
    under its own names. `notice` is what the form says about completeness ("This record is a partial extract …"),
    `redaction` what it says about redaction.
    """

    form: str
    file: str
    line: int = 1
    identifier: str = ""
    subject: str = ""
    origin: str = ""
    created: str = ""
    released: str = ""
    classification: str = ""
    tags: str = ""
    references: str = ""
    header: str = ""
    body: str = ""
    notice: str = ""
    redaction: str = ""
    release_name: str = ""
    release_date: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Span(NamedTuple):
    """Where a field was read: the part of the cable ("header", "body" or "source") and its first and last line, from 1.

    The source's own fields (a column, a table cell) have part "source" and the line on which the cable starts.
    """

    part: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """One addressee: routing indicator, name, precedence and message number as printed, and whom XMT leaves out."""

    name: str
    route: str = ""
    precedence: str = ""
    number: str = ""
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedReference:
    """One item of the REF line: its label ("A" or ""), kind ("cable", "e-mail", "telephone", "report", "book", "fax",
    "memo", "meeting", "web", "other"), the canonical identifier it means ("" unless a cable's) and its words."""

    label: str
    kind: str
    target: str
    text: str


class ParsedParagraph(NamedTuple):
    """One piece of a body. The `raw` of all pieces put together is the body, character for character.

    kind: "preamble" (what stands before the first paragraph: classification, captions, E.O., TAGS, SUBJECT, REF …),
    "heading", "paragraph", "table", "apparatus" (page breaks, repeated headers), "signature" or "end" (NNNN, stamps).
    number: as printed, without point ("" where unnumbered); marking: the portion mark as printed without brackets
    ("S/NF"), level: the classification it stands for ("SECRET", "" where there is no mark); heading: the words of the
    heading it stands under; text: for reading, its lines joined, without number, mark, "¶" and underlining (a table or
    list keeps its lines).
    """

    position: int
    kind: str
    raw: str
    text: str = ""
    number: str = ""
    marking: str = ""
    level: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """Where a cable came from: form, file, line, and the release as the file or the administrator names it."""

    form: str
    file: str
    line: int
    release_name: str = ""
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class ParsedCable:
    """A cable with every field read. Times are UTC; lists are in printed order without repeats.

    identifier is canonical, `printed_identifier` as received (an alias where the two differ). classification is the
    marking in full ("SECRET//NOFORN"), its first part the level; captions are "NOFORN", "SIPDIS", "EXDIS", …
    declassify_condition holds what stands in place of a date ("OADR", "X1", "25X1-HUMAN"). redaction is "unknown",
    "redacted" or "not redacted". is_partial: only an extract is held. spans tells from where each field was read.
    """

    identifier: str
    printed_identifier: str
    subject: str
    origin: str
    classification: str
    captions: tuple[str, ...]
    sent_at: datetime | None
    released_on: date | None
    precedence: str
    date_time_group: str
    sections: int | None
    tags: tuple[str, ...]
    references: tuple[ParsedReference, ...]
    classified_by: str
    classification_reasons: tuple[str, ...]
    declassify_on: date | None
    declassify_condition: str
    summary: str
    comment: str
    signers: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    info_recipients: tuple[Recipient, ...]
    is_partial: bool
    redaction: str
    source: ReleaseSource
    header: str
    body: str
    paragraphs: tuple[ParsedParagraph, ...]
    attributes: Mapping[str, str]
    spans: Mapping[str, Span]
    problems: tuple[Problem, ...]

    @property
    def level(self) -> str:
        """The classification without its control markings: "SECRET" of "SECRET//NOFORN"."""
        return self.classification.partition("//")[0]
