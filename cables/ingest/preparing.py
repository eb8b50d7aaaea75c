"""A raw cable as plain values, ready to be stored: parsing and shaping, done in worker processes, without Django."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from cables.parsing.cable import parse_cable
from cables.parsing.records import ParsedCable, Problem, RawCable, Recipient

LONGEST_IDENTIFIER = 100
# What stands in an address unquoted, and without the point that ends it in ".txt" or ".json".
_IDENTIFIER = re.compile(r"[0-9A-Z][0-9A-Z_'-]*")
_WHERE_IT_LAY = {"form", "file", "line", "problems"}
_HASHED = [field.name for field in fields(RawCable) if field.name not in _WHERE_IT_LAY]
# The running number of a row, and the row that it was merged into: another export of the same cables has others.
_PLACES = {"number", "merged into"}
_COLUMNS_OF_THEIR_OWN = {"header", "body", "attributes"}
_NOTHING = RawCable("", "")
_SHORT_VALUES = [name for name in _HASHED if name not in _COLUMNS_OF_THEIR_OWN]


@dataclass(slots=True)
class Prepared:
    """One cable on its way into the tables: what Store writes, and what decides whether it does.

    `values` are the columns of Cable that an import writes, origin, classification and redaction still as words.
    `paragraphs` and `references` are rows without the number of their cable. `refusal` says why the cable cannot be
    stored at all; the columns are empty then. `worth` compares two forms of one cable: the greater is shown.
    """

    raw: RawCable
    identifier: str
    printed_identifier: str
    content_hash: str
    values: dict[str, Any]
    worth: tuple[Any, ...]
    tags: Sequence[str]
    paragraphs: list[tuple[Any, ...]]
    references: list[tuple[Any, ...]]
    problems: Sequence[Problem]
    refusal: Problem | None = None


PARAGRAPH_COLUMNS = ("position", "kind", "number", "marking", "level", "heading", "text", "start")
REFERENCE_COLUMNS = ("position", "label", "kind", "text", "target_identifier")


def content_hash(raw: RawCable) -> str:
    """Return the SHA-256, in hexadecimal, of everything received but the place where it lay."""
    # No text holds a NUL: between names and values it leaves no doubt where one ends.
    parts = [part for name in _HASHED if name != "attributes" for part in (name, getattr(raw, name))]
    for name in sorted(raw.attributes.keys() - _PLACES):
        parts += ("attribute", name, raw.attributes[name])
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def prepare(raw: RawCable, hashed: str) -> Prepared:
    """Return the cable parsed and shaped; `hashed` is its content hash. Never raises, whatever the text."""
    parsed = parse_cable(raw)
    why = refusal(parsed)
    values = {} if why else _values(raw, parsed, hashed)
    return Prepared(
        raw=raw,
        identifier=parsed.identifier,
        printed_identifier=parsed.printed_identifier,
        content_hash=hashed,
        values=values,
        worth=() if why else worth(values),
        tags=parsed.tags,
        paragraphs=[] if why else _paragraphs(parsed),
        references=[] if why else _references(parsed),
        problems=parsed.problems,
        refusal=why,
    )


def refusal(parsed: ParsedCable) -> Problem | None:
    """Return why a cable cannot be stored at all, or None when it can."""
    text = parsed.header + parsed.body
    if not parsed.identifier:
        return Problem("", "It has no identifier, so it can have no page.", text)
    if not is_identifier(parsed.identifier):
        return Problem("", f"“{parsed.identifier[:LONGEST_IDENTIFIER]}” is no identifier that a page can have.", text)
    return None


def is_identifier(text: str) -> bool:
    """Return whether a page can have this identifier."""
    return len(text) <= LONGEST_IDENTIFIER and _IDENTIFIER.fullmatch(text) is not None


def worth(values: dict[str, Any]) -> tuple[bool, bool, date, bool, int, str]:
    """Return what decides which of two forms of a cable its page shows: the greater wins.

    A text beats none, a full text an extract, a newer release an older one, then a form with the telegram's header,
    then the longer text; the hash only makes the choice the same in whatever order the files come.
    """
    return (
        bool(values["body"].strip()),
        not values["is_partial"],
        values["released_on"] or date.min,
        bool(values["header"].strip()),
        len(values["body"]),
        values["content_hash"],
    )


def received_again(form: str, file: str, line: int, columns: dict[str, Any]) -> RawCable:
    """Return the raw cable that columns of Cable (header, body, attributes, received) were made from."""
    received = dict(columns["received"])
    text = columns["header"] + columns["body"]
    split = received.pop("header_length", len(columns["header"]))
    return RawCable(
        form, file, line, header=text[:split], body=text[split:], attributes=columns["attributes"], **received
    )


def without_texts(cable: Prepared) -> tuple[Prepared, int]:
    """Return the cable without what `with_texts` gives back, half of all it holds, and the length of its header."""
    texts = {"header": "", "body": "", "attributes": {}} if cable.values else {}
    light = replace(cable, raw=_NOTHING, values=cable.values | texts)
    return light, len(cable.values.get("header", ""))


def with_texts(cable: Prepared, header: int, raw: RawCable) -> Prepared:
    """Return the cable, with a header of that length, as it was before `without_texts`."""
    if cable.values:
        text = raw.header + raw.body
        cable.values |= {"header": text[:header], "body": text[header:], "attributes": dict(raw.attributes)}
    cable.raw = raw
    return cable


def _values(raw: RawCable, parsed: ParsedCable, hashed: str) -> dict[str, Any]:
    return {
        "identifier": parsed.identifier,
        "origin": parsed.origin,
        "subject": parsed.subject,
        "sent_at": parsed.sent_at,
        "released_on": parsed.released_on or parsed.source.released_on,
        "classification": parsed.classification,
        "captions": list(parsed.captions),
        "precedence": parsed.precedence[:60],
        "date_time_group": parsed.date_time_group[:60],
        "sections": parsed.sections,
        "header": parsed.header,
        "body": parsed.body,
        "summary": parsed.summary,
        "comment": parsed.comment,
        "classified_by": parsed.classified_by,
        "classification_reasons": list(parsed.classification_reasons),
        "declassify_on": parsed.declassify_on,
        "declassify_condition": parsed.declassify_condition,
        "signers": list(parsed.signers),
        "recipients": _recipients(parsed.recipients),
        "info_recipients": _recipients(parsed.info_recipients),
        "redaction": parsed.redaction,
        "is_partial": parsed.is_partial,
        "form": raw.form,
        "source_file": raw.file,
        "source_line": raw.line,
        "release_name": parsed.source.release_name[:200],
        "attributes": dict(parsed.attributes),
        "received": _received(raw, parsed),
        "content_hash": hashed,
    }


def _received(raw: RawCable, parsed: ParsedCable) -> dict[str, Any]:
    received: dict[str, Any] = {name: value for name in _SHORT_VALUES if (value := getattr(raw, name))}
    if len(raw.header) != len(parsed.header):
        received["header_length"] = len(raw.header)
    return received


def _recipients(recipients: Sequence[Recipient]) -> list[dict[str, Any]]:
    return [
        {
            "name": recipient.name,
            "route": recipient.route,
            "precedence": recipient.precedence,
            "number": recipient.number,
            "excluded": list(recipient.excluded),
        }
        for recipient in recipients
    ]


def _paragraphs(parsed: ParsedCable) -> list[tuple[Any, ...]]:
    """Return the rows of PARAGRAPH_COLUMNS; a piece starts where the raw texts before it end."""
    rows = []
    start = 0
    for piece in parsed.paragraphs:
        rows.append(
            (
                piece.position,
                piece.kind,
                piece.number[:10],
                piece.marking[:60],
                piece.level[:60],
                piece.heading,
                piece.text,
                start,
            )
        )
        start += len(piece.raw)
    return rows


def _references(parsed: ParsedCable) -> list[tuple[Any, ...]]:
    """Return the rows of REFERENCE_COLUMNS; a cable that names itself in its own REF line cites nothing."""
    return [
        (
            position,
            reference.label[:20],
            reference.kind[:20],
            reference.text,
            "" if reference.target == parsed.identifier else reference.target[:LONGEST_IDENTIFIER],
        )
        for position, reference in enumerate(parsed.references)
    ]
