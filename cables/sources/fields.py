"""Records of named fields (a CSV row under its header, a JSON object, the keys of a text) to a RawCable."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cables.parsing.records import Problem, RawCable

_NULLS = frozenset({"", "n/a", "-- not assigned --", "-- n/a or blank --", "null", "none"})

# For each value of a RawCable the names that forms have for it, the best first.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "identifier": ("mrn", "identifier", "canonical id", "document number", "doc nbr", "reference id", "id"),
    "subject": ("subject", "title"),
    "origin": ("from", "from field", "origin"),
    "created": ("date", "created", "sent date", "sent at", "draft date"),
    "released": ("released", "released on", "review release date"),
    "classification": (
        "original classification",
        "origclass",
        "classification",
        "class",
        "current classification",
    ),
    "tags": ("tags",),
    "references": ("ref", "refs", "reference", "references"),
    "header": ("header",),
    "body": ("content", "body", "raw body", "text", "message text"),
}
_MARKINGS = ("review markings", "markings", "nara markings")
_DATE_AT_END = re.compile(r"(\d{1,2} [A-Za-z]{3,9} \d{4})\s*\Z")


def has_value(text: str) -> bool:
    """Return whether a field's text is more than a form's words for "no value"."""
    return text.strip().casefold() not in _NULLS


def names_of(value: str) -> frozenset[str]:
    """Return the names that forms have for that value of a RawCable, as plain_name spells them."""
    return frozenset(_NAMES[value])


def plain_name(name: str) -> str:
    """Return a field's name for comparing: "Document Number" and "document_number:" are one."""
    return " ".join(name.replace("_", " ").strip(" :\t").casefold().split())


def raw_cable(
    record: Mapping[str, str],
    *,
    form: str,
    file: str,
    line: int,
    body: str = "",
    problems: tuple[Problem, ...] = (),
) -> RawCable:
    """Return the cable of a record, values as received; a form's words for "no value" give an empty one.

    `body` is given where the text stands outside the record. `attributes` keeps every field but the text,
    under the form's own name.
    """
    by_name = {plain_name(name): name for name in record}

    def first(names: tuple[str, ...]) -> tuple[str | None, str]:
        """Return the first of these fields that has a value: its name in the record, and the value."""
        held = (by_name[name] for name in names if name in by_name)
        return next(((name, record[name]) for name in held if has_value(record[name])), (None, ""))

    values = {value: first(names)[1] for value, names in _NAMES.items() if value != "body"}
    values["tags"] = ", ".join(tag.strip() for tag in values["tags"].split("|"))
    values["released"] = values["released"] or _stamp_date(first(_MARKINGS)[1])
    text_name, text = (None, body) if body else first(_NAMES["body"])
    return RawCable(
        form,
        file,
        line,
        **values,
        body=text,
        attributes={name: value for name, value in record.items() if name != text_name},
        problems=problems,
    )


def _stamp_date(markings: str) -> str:
    """Return the day of release, which ends a declassification stamp ("EO Systematic Review 30 JUN 2005")."""
    match = _DATE_AT_END.search(markings[-40:])
    return match[1] if match else ""
