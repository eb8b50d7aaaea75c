"""A batch of cables written in one transaction: created, replaced, kept as a version, or left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import DataError, OperationalError, transaction

from cables.ingest.catalogue import ensure_posts, ensure_tags
from cables.ingest.rows import Incoming, cable_values, dependent_rows, worth
from cables.models import Alias, Cable, CableTag, ImportRun, Paragraph, Reference, SearchEntry, Version
from cables.models.identifier_field import LONGEST_IDENTIFIER

_FOUR_DIGITS = re.compile(r"19\d\d\D")


class Outcome(StrEnum):
    """What became of a cable."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Held:
    """What the archive holds of a batch's cables: the cables by identifier, and the hashes of every form of each."""

    cables: dict[str, Cable]
    hashes: set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Stored:
    """The outcome of one cable, and the database's own words where it was refused."""

    incoming: Incoming
    outcome: Outcome
    reason: str = ""


@dataclass(slots=True)
class _Written:
    """The rows that hang on the cables written so far, to be inserted at once."""

    ids: list[int] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    tags: list[CableTag] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


def decide(batch: Iterable[Incoming]) -> dict[str, Outcome]:
    """Return identifier -> outcome that storing the batch would have; writes nothing."""
    batch = list(batch)
    held = _held(batch)
    return {incoming.identifier: _outcome(incoming, held) for incoming in batch}


def store(batch: list[Incoming], run: ImportRun) -> list[Stored]:
    """Write a batch, no identifier twice in it, and return each cable's outcome.

    A cable that the database refuses (a text too large for a search vector) is REFUSED, the others go in.
    Raises django.db.Error when the database itself is at fault; then nothing of the batch is written.
    """
    try:
        with transaction.atomic():
            return _write(batch, run)
    except (DataError, OperationalError) as error:
        if len(batch) == 1:
            if isinstance(error, OperationalError) and _unwell(error):
                raise
            return [Stored(batch[0], Outcome.REFUSED, str(error).strip())]
    middle = len(batch) // 2
    return store(batch[:middle], run) + store(batch[middle:], run)


def _unwell(error: OperationalError) -> bool:
    """Whether the database is gone, full or stopping (no SQLSTATE, or class 08, 53 or 57), so no cable is at fault."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] in {"08", "53", "57"}


def _held(batch: list[Incoming]) -> Held:
    identifiers = [incoming.identifier for incoming in batch]
    cables = {cable.identifier: cable for cable in Cable.objects.filter(identifier__in=identifiers)}
    hashes = {(cable.identifier, cable.content_hash) for cable in cables.values()}
    hashes |= set(
        Version.objects.filter(cable__in=[cable.id for cable in cables.values()]).values_list(
            "cable__identifier", "content_hash"
        )
    )
    return Held(cables, hashes)


def _outcome(incoming: Incoming, held: Held) -> Outcome:
    if incoming.identifier not in held.cables:
        return Outcome.CREATED
    if (incoming.identifier, incoming.content_hash) in held.hashes:
        return Outcome.UNCHANGED
    return Outcome.UPDATED


def _write(batch: list[Incoming], run: ImportRun) -> list[Stored]:
    held = _held(batch)
    outcomes = [Stored(incoming, _outcome(incoming, held)) for incoming in batch]
    changing = [stored.incoming for stored in outcomes if stored.outcome is not Outcome.UNCHANGED]
    if not changing:
        return outcomes
    posts = ensure_posts(incoming.parsed.origin for incoming in changing)
    tag_ids = ensure_tags(code for incoming in changing for code in incoming.parsed.tags)
    written = _Written()
    for incoming in changing:
        values = cable_values(incoming, posts.get(incoming.parsed.origin))
        cable = _put(values, held.cables.get(incoming.identifier), incoming, run)
        if cable is None:
            continue
        paragraphs, tags, references = dependent_rows(cable, incoming.parsed, tag_ids)
        written.ids.append(cable.id)
        written.paragraphs += paragraphs
        written.tags += tags
        written.references += references
    Paragraph.objects.bulk_create(written.paragraphs)
    CableTag.objects.bulk_create(written.tags)
    Reference.objects.bulk_create(written.references)
    Alias.objects.bulk_create(_aliases(changing), ignore_conflicts=True)
    Reference.objects.settle(written.ids)
    SearchEntry.objects.refresh(written.ids)
    return outcomes


def _put(values: dict[str, Any], held: Cable | None, incoming: Incoming, run: ImportRun) -> Cable | None:
    """Write the cable's own row and return it, or keep the form as a version and return None."""
    if held is None:
        return Cable.objects.create(**values, run=run)
    arriving = Cable(**values)
    if worth(values) < worth({name: getattr(held, name) for name in values}):
        _keep(held, arriving, _lists_of(incoming), run, "The cable's page shows a fuller or newer form.")
        return None
    _keep(held, held, _lists_held(held), held.run, "A fuller or newer form took its place.")
    for name, value in values.items():
        setattr(held, name, value)
    held.run = run
    held.save()
    held.paragraphs.all().delete()
    CableTag.objects.filter(cable=held).delete()
    held.references.all().delete()
    return held


def _keep(cable: Cable, form: Cable, lists: dict[str, Any], run: ImportRun | None, reason: str) -> None:
    Version.objects.create(
        cable=cable,
        content_hash=form.content_hash,
        fields=form.stored_fields() | lists,
        reason=reason,
        run=run,
    )


def _lists_of(incoming: Incoming) -> dict[str, Any]:
    return {
        "tags": list(incoming.parsed.tags),
        "references": [reference.text for reference in incoming.parsed.references],
    }


def _lists_held(cable: Cable) -> dict[str, Any]:
    return {
        "tags": list(CableTag.objects.filter(cable=cable).values_list("tag__code", flat=True)),
        "references": list(cable.references.values_list("text", flat=True)),
    }


def _aliases(batch: list[Incoming]) -> list[Alias]:
    """Return the other names of the batch's cables: as printed, and with two digits of a year that has four.

    Later cables cite those of 1973 to 1979 by two digits ("77 STATE 119014"), as they do all others.
    """
    names = [(incoming.parsed.printed_identifier, incoming.identifier) for incoming in batch]
    names += [(identifier[2:], identifier) for _, identifier in names if _FOUR_DIGITS.match(identifier)]
    return [
        Alias(identifier=name, target=identifier)
        for name, identifier in names
        if name not in {"", identifier} and len(name) <= LONGEST_IDENTIFIER
    ]
