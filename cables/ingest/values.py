"""Values of a cable as its file words them, and as the table holds them."""

from __future__ import annotations

from typing import Any

from cables.models import Classification, Redaction

_LEVELS = {member.label: member for member in Classification} | {"": Classification.UNKNOWN}
_REDACTIONS = {
    "unknown": Redaction.UNKNOWN,
    "redacted": Redaction.REDACTED,
    "not redacted": Redaction.NOT_REDACTED,
}


def classification_of(marking: str) -> Classification:
    """Return the level of a marking ("SECRET//NOFORN" is SECRET); UNKNOWN where it is none."""
    return _LEVELS.get(marking) or _LEVELS.get(marking.partition("//")[0]) or Classification.UNKNOWN


def redaction_of(words: str) -> Redaction:
    """Return what "redacted", "not redacted" or "unknown" stands for."""
    return _REDACTIONS[words]


def as_stored(values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of Cable that these values of a Prepared give it, by name; the origin is still a name."""
    return values | {
        "classification": classification_of(values["classification"]),
        "redaction": redaction_of(values["redaction"]),
    }
