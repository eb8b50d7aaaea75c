"""A parsed cable as rows: the columns of Cable and the rows that hang on it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from cables.models import Cable, CableTag, Classification, Paragraph, Post, Redaction, Reference
from cables.models.identifier_field import LONGEST_IDENTIFIER
from cables.parsing.records import ParsedCable, Problem, RawCable

_LEVELS = {member.label: member for member in Classification} | {"": Classification.UNKNOWN}
_REDACTIONS = {
    "unknown": Redaction.UNKNOWN,
    "redacted": Redaction.REDACTED,
    "not redacted": Redaction.NOT_REDACTED,
}
# What stands in an address unquoted, and without the point that ends it in ".txt" or ".json".
_IDENTIFIER = re.compile(r"[0-9A-Z][0-9A-Z_'-]*")
_WHERE_IT_LAY = {"form", "file", "line", "problems"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A cable on its way in: as received, as parsed, and the hash by which a second import knows it again."""

    raw: RawCable
    parsed: ParsedCable
    content_hash: str

    @property
    def identifier(self) -> str:
        """The canonical identifier."""
        return self.parsed.identifier


def content_hash(raw: RawCable) -> str:
    """Return the SHA-256, in hexadecimal, of everything received but the place where it lay."""
    received = {field.name: getattr(raw, field.name) for field in fields(raw) if field.name not in _WHERE_IT_LAY}
    received["attributes"] = dict(raw.attributes)
    return hashlib.sha256(json.dumps(received, sort_keys=True).encode()).hexdigest()


def classification_of(marking: str) -> Classification:
    """Return the level of a marking ("SECRET//NOFORN" is SECRET); UNKNOWN where it is none."""
    return _LEVELS.get(marking) or _LEVELS.get(marking.partition("//")[0]) or Classification.UNKNOWN


def cable_values(incoming: Incoming, post: Post | None) -> dict[str, Any]:
    """Return the columns of Cable, by name, that an import writes."""
    raw, parsed = incoming.raw, incoming.parsed
    return {
        "identifier": parsed.identifier,
        "origin": post,
        "subject": parsed.subject,
        "sent_at": parsed.sent_at,
        "released_on": parsed.released_on or parsed.source.released_on,
        "classification": classification_of(parsed.classification),
        "captions": list(parsed.captions),
        "precedence": parsed.precedence[:60],
        "date_time_group": parsed.date_time_group[:60],
        "sections": parsed.sections,
        "header": parsed.header,
        "body": parsed.body,
        "summary": parsed.summary,
        "classified_by": parsed.classified_by,
        "classification_reasons": list(parsed.classification_reasons),
        "declassify_on": parsed.declassify_on,
        "declassify_condition": parsed.declassify_condition,
        "signers": list(parsed.signers),
        "recipients": [asdict(recipient) for recipient in parsed.recipients],
        "info_recipients": [asdict(recipient) for recipient in parsed.info_recipients],
        "redaction": _REDACTIONS[parsed.redaction],
        "is_partial": parsed.is_partial,
        "form": raw.form,
        "source_file": raw.file,
        "source_line": raw.line,
        "release_name": parsed.source.release_name[:200],
        "attributes": dict(parsed.attributes),
        "content_hash": incoming.content_hash,
    }


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


def dependent_rows(
    cable: Cable, parsed: ParsedCable, tag_ids: dict[str, int]
) -> tuple[list[Paragraph], list[CableTag], list[Reference]]:
    """Return the rows that hang on a stored cable, not yet written."""
    paragraphs = [
        Paragraph(
            cable=cable,
            position=piece.position,
            kind=piece.kind,
            number=piece.number[:10],
            marking=piece.marking[:60],
            level=piece.level[:60],
            heading=piece.heading,
            text=piece.text,
            raw=piece.raw,
        )
        for piece in parsed.paragraphs
    ]
    tags = [CableTag(cable=cable, tag_id=tag_ids[code], position=position) for position, code in enumerate(parsed.tags)]
    references = [
        Reference(
            cable=cable,
            position=position,
            label=reference.label[:20],
            kind=reference.kind[:20],
            text=reference.text,
            target_identifier="" if reference.target == parsed.identifier else reference.target[:100],
        )
        for position, reference in enumerate(parsed.references)
    ]
    return paragraphs, tags, references


def refusal(parsed: ParsedCable) -> Problem | None:
    """Return why a cable cannot be stored at all, or None when it can."""
    text = parsed.header + parsed.body
    if not parsed.identifier:
        return Problem("", "It has no identifier, so it can have no page.", text)
    if len(parsed.identifier) > LONGEST_IDENTIFIER or not _IDENTIFIER.fullmatch(parsed.identifier):
        return Problem("", f"“{parsed.identifier[:LONGEST_IDENTIFIER]}” is no identifier that a page can have.", text)
    return None
