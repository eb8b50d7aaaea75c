"""Cables that are held, read again by today's parser from what was received."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet

from cables.ingest.batches import CABLES, CHARACTERS
from cables.ingest.catalogue import slug_of
from cables.ingest.layers import lay_over, said_by
from cables.ingest.preparing import PARAGRAPH_COLUMNS, REFERENCE_COLUMNS, Prepared, content_hash, received_again
from cables.ingest.values import as_stored
from cables.ingest.workers import Promise, Workers
from cables.models import Cable, CableTag, Correction, Paragraph, Reference
from cables.parsing.records import RawCable

WORTH_A_PROCESS = 1_000
"""Cables below which one process parses faster than others start."""

_SIZES_AT_ONCE = 5_000
_PLACE_AND_HASH = {"form", "source_file", "source_line", "content_hash"}


@dataclass(frozen=True, slots=True)
class Reread:
    """A held cable, what is read from it now, and the names of the fields in which that differs from what is stored.

    `is_whole` is False where the text and values as received do not give the content hash that they had on arrival;
    None where the cable came in before the archive kept all values, so that nobody can tell. Neither is read again:
    `prepared` is None then. What an administrator corrected is no difference, unless the file says something else now.
    `identifier` is the one that the cable is to have.
    """

    cable: Cable
    prepared: Prepared | None
    differences: list[str]
    is_whole: bool | None
    identifier: str = ""


def processes_for(cables: int) -> int:
    """Return how many processes are to read so many cables again: as many as there are processors, or this alone."""
    return (os.cpu_count() or 1) if cables >= WORTH_A_PROCESS else 1


def reread(cables: QuerySet[Cable], pool: Workers) -> Iterator[list[Reread]]:
    """Return the cables read again, by number, in batches; no more than the workers can hold are in memory."""
    waiting: deque[tuple[list[Cable], list[RawCable | None], Promise]] = deque()
    for numbers in _batches(cables):
        batch = list(Cable.everything.filter(pk__in=numbers).select_related("origin").order_by("pk"))
        received = [as_received(cable) for cable in batch]
        whole = [(raw, cable.content_hash) for cable, raw in zip(batch, received, strict=True) if raw]
        waiting.append((batch, received, pool.prepare(whole)))
        if len(waiting) > pool.at_once:
            yield _compared(*waiting.popleft())
    while waiting:
        yield _compared(*waiting.popleft())


def _batches(cables: QuerySet[Cable]) -> Iterator[list[int]]:
    """Return the numbers of the cables in batches, bounded as those of an import are; no text is read for it."""
    header, body = (Func(F(name), function="octet_length", output_field=IntegerField()) for name in ("header", "body"))
    sizes = cables.order_by("pk").annotate(size=header + body).values_list("pk", "size")
    batch: list[int] = []
    last, characters = 0, 0
    while rows := list(sizes.filter(pk__gt=last)[:_SIZES_AT_ONCE]):
        for last, size in rows:
            if batch and (len(batch) == CABLES or characters + size > CHARACTERS):
                yield batch
                batch, characters = [], 0
            batch.append(last)
            characters += size
    if batch:
        yield batch


def as_received(cable: Cable) -> RawCable | None:
    """Return what was received, None where what is held now is not that, or not all of it."""
    columns = {name: getattr(cable, name) for name in ("header", "body", "attributes", "received")}
    try:
        raw = received_again(cable.form, cable.source_file, cable.source_line, columns)
        return raw if content_hash(raw) == cable.content_hash else None
    except (AttributeError, TypeError, ValueError):  # `received` or `attributes` is nothing that an import writes
        return None


def _compared(batch: list[Cable], received: list[RawCable | None], promise: Promise) -> list[Reread]:
    numbers = [cable.pk for cable in batch]
    tags: dict[int, list[str]] = {}
    of_these = CableTag.objects.filter(cable__in=numbers).order_by("cable_id", "position")
    for number, code in of_these.values_list("cable_id", "tag__code"):
        tags.setdefault(number, []).append(code)
    paragraphs = _rows(Paragraph.objects.filter(cable__in=numbers), PARAGRAPH_COLUMNS)
    references = _rows(Reference.objects.filter(cable__in=numbers), REFERENCE_COLUMNS)
    corrections = Correction.objects.of(numbers)
    compared = []
    read = iter(promise.result())
    for cable, raw in zip(batch, received, strict=True):
        if raw is None:
            compared.append(Reread(cable, None, [], None if cable.received == {} else False))
            continue
        prepared = next(read)
        if prepared.refusal is not None:
            compared.append(Reread(cable, prepared, ["identifier"], is_whole=True))
            continue
        layer = corrections.get(cable.pk, [])
        shown = with_name_of_post(lay_over(prepared, layer), cable)
        differences = _differing_fields(cable, shown)
        for name, held, now in (
            ("tags", tags, list(shown.tags)),
            ("paragraphs", paragraphs, shown.paragraphs),
            ("references", references, shown.references),
        ):
            if held.get(cable.pk, []) != now:
                differences.append(name)
        if layer:
            said = said_by(prepared)
            newly = [each.field for each in layer if each.received != said[each.field]]
            differences = list(dict.fromkeys(differences + newly))
        prepared = with_name_of_post(prepared, cable)
        compared.append(Reread(cable, prepared, differences, is_whole=True, identifier=shown.identifier))
    return compared


def with_name_of_post(prepared: Prepared, cable: Cable) -> Prepared:
    """Return what was read with the name that the archive has for the cable's post, where it means that post.

    An administrator may have given the post another name: its slug never changes.
    """
    if cable.origin is not None and cable.origin.slug == slug_of(prepared.values["origin"]):
        return replace(prepared, values=prepared.values | {"origin": cable.origin.name})
    return prepared


def _differing_fields(cable: Cable, prepared: Prepared) -> list[str]:
    now = as_stored(prepared.values)
    held = {name: getattr(cable, name) for name in now} | {"origin": cable.origin.name if cable.origin else ""}
    return [name for name in now if name not in _PLACE_AND_HASH and held[name] != now[name]]


def _rows(rows: QuerySet[Any], columns: Sequence[str]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for cable_id, *row in rows.order_by("cable_id", "position").values_list("cable_id", *columns):
        found.setdefault(cable_id, []).append(tuple(row))
    return found
