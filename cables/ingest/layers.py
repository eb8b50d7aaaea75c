"""Corrections by hand as a layer over what files say: laid on, lifted off, and what files say beneath.

Values of fields are as Correction holds them, so that what a file says, what the archive shows and what somebody
entered can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cables.ingest.catalogue import Catalogue, slug_of
from cables.ingest.preparing import Prepared, worth
from cables.ingest.values import as_stored, classification_of, redaction_of
from cables.models import Cable, Classification, Correction, Redaction, Reference

Values = Mapping[str, Any]
"""Values by the names of fields, as Correction holds them."""

_HANGING = ("tags", "references")
"""Fields that are rows of their own."""
_ITEM = ("label", "kind", "text", "target")
_DATES = {"sent_at": datetime, "released_on": date, "declassify_on": date}


def said_by(cable: Prepared) -> dict[str, Any]:
    """Return what a cable's file says in every field that can be corrected."""
    return _told(as_stored(cable.values), slug_of(cable.values["origin"]), cable.tags, cable.references)


def shown_of(cable: Cable) -> dict[str, Any]:
    """Return what the archive shows of a cable in every field that can be corrected."""
    references = Reference.objects.filter(cable=cable).order_by("position")
    rows = references.values_list("position", "label", "kind", "text", "target_identifier")
    codes = cable.tags.order_by("cabletag__position").values_list("code", flat=True)
    return _told(vars(cable), cable.origin.slug if cable.origin else "", list(codes), list(rows))


def lay_over(cable: Prepared, corrections: Iterable[Correction]) -> Prepared:
    """Return the cable as the archive is to show it: its corrections over what its file says."""
    values = {correction.field: correction.value for correction in corrections}
    if not values:
        return cable
    columns = cable.values | {name: _read(name, value) for name, value in values.items() if name not in _HANGING}
    identifier = columns["identifier"]
    rows = reference_rows(values["references"]) if "references" in values else cable.references
    return replace(
        cable,
        identifier=identifier,
        values=columns,
        tags=values.get("tags", cable.tags),
        # A cable that names itself cites nothing.
        references=[(*row[:4], "" if row[4] == identifier else row[4]) for row in rows],
    )


def worth_of(cable: Cable, corrections: Iterable[Correction]) -> tuple[Any, ...]:
    """Return what the form shown is worth, as its file says it."""
    said = {each.field: _read(each.field, each.received) for each in corrections if each.received is not None}
    return worth(vars(cable) | {name: said[name] for name in ("released_on", "is_partial") if name in said})


def lift_off(
    cable: Cable, lists: dict[str, Any], corrections: Iterable[Correction], catalogue: Catalogue
) -> tuple[Cable, dict[str, Any]]:
    """Return the cable, not to be saved, and its lists of TAGS and references, as the file says them.

    What the file says is not known of a field that was corrected before the archive kept it: that stays corrected.
    """
    said = {each.field: each.received for each in corrections if each.received is not None}
    form = copy(cable)
    for name, value in columns_of(said, catalogue).items():
        setattr(form, name, value)
    texts = {"references": [item["text"] for item in said["references"]]} if "references" in said else {}
    return form, lists | ({"tags": said["tags"]} if "tags" in said else {}) | texts


def columns_of(values: Values, catalogue: Catalogue) -> dict[str, Any]:
    """Return the attributes of Cable, by name, that these values give it; TAGS and references are rows."""
    columns = {name: _read(name, value) for name, value in values.items() if name not in _HANGING}
    if "classification" in columns:
        columns["classification"] = classification_of(columns["classification"])
    if "redaction" in columns:
        columns["redaction"] = redaction_of(columns["redaction"])
    if "origin" in columns:
        catalogue.meet([columns["origin"]], [])
        columns["origin"] = catalogue.post(columns["origin"])
    return columns


def reference_rows(items: Iterable[Mapping[str, str]]) -> list[tuple[Any, ...]]:
    """Return references as the rows of preparing.REFERENCE_COLUMNS."""
    return [(position, *(item[name] for name in _ITEM)) for position, item in enumerate(items)]


def _told(
    columns: Mapping[str, Any], origin: str, tags: Sequence[str], references: Iterable[tuple[Any, ...]]
) -> dict[str, Any]:
    told = {name: columns[name] for name in Correction.Field.values if name in columns}
    return told | {
        **{name: told[name].isoformat() if told[name] else "" for name in _DATES},
        "sections": "" if told["sections"] is None else told["sections"],
        "classification": Classification(told["classification"]).label,
        "redaction": Redaction(told["redaction"]).name.lower().replace("_", " "),
        "origin": origin,
        "tags": list(tags),
        "references": [dict(zip(_ITEM, row[1:], strict=True)) for row in references],
    }


def _read(name: str, value: Any) -> Any:
    """Return a value as Prepared has it."""
    if name in _DATES:
        return _DATES[name].fromisoformat(value) if value else None
    return None if name == "sections" and value == "" else value
