"""Cables that are held, read again by today's parser from what was received."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cables.ingest.preparing import PARAGRAPH_COLUMNS, REFERENCE_COLUMNS, Prepared, content_hash, received_again
from cables.ingest.store import classification_of, redaction_of
from cables.ingest.workers import Workers
from cables.models import Cable, CableTag, Paragraph, Reference
from cables.parsing.records import RawCable

CABLES_AT_ONCE = 200
_NOT_READ = {"content_hash", "received", "attributes", "form", "source_file", "source_line"}


@dataclass(frozen=True, slots=True)
class Reread:
    """A held cable, what is read from it now, and the names of the fields in which that differs from what is stored.

    `is_whole` is False where the text and values as received do not give the content hash that they had on arrival;
    None where the cable came in before the archive kept all values, so that nobody can tell.
    """

    cable: Cable
    prepared: Prepared
    differences: list[str]
    is_whole: bool | None


def reread(cables: QuerySet[Cable], pool: Workers) -> Iterator[Reread]:
    """Return each of the cables read again, by number; no more than the workers can hold are in memory."""
    waiting: deque[tuple[list[Cable], Future[list[Prepared]]]] = deque()
    last = 0
    ordered = cables.select_related("origin").order_by("pk")
    while batch := list(ordered.filter(pk__gt=last)[:CABLES_AT_ONCE]):
        last = batch[-1].pk
        waiting.append((batch, pool.prepare([(_raw(cable), cable.content_hash) for cable in batch])))
        if len(waiting) > pool.at_once:
            yield from _compared(*waiting.popleft())
    while waiting:
        yield from _compared(*waiting.popleft())


def _raw(cable: Cable) -> RawCable:
    """Return what was received; of a cable that came in before the archive kept that, what the fields still tell."""
    columns = {name: getattr(cable, name) for name in ("header", "body", "attributes", "received")}
    if not cable.received:
        created = f"{cable.sent_at:%Y-%m-%d %H:%M:%S}" if cable.sent_at else ""
        columns["received"] = {
            "identifier": cable.identifier,
            "subject": cable.subject,
            "origin": cable.origin.name if cable.origin else "",
            "created": created,
            "released": cable.released_on.isoformat() if cable.released_on else "",
            "classification": cable.marking if cable.classification else "",
            "notice": "This record is a partial extract of the original cable" if cable.is_partial else "",
            "release_name": cable.release_name,
        }
    return received_again(cable.form, cable.source_file, cable.source_line, columns)


def _compared(batch: list[Cable], promise: Future[list[Prepared]]) -> Iterator[Reread]:
    ids = [cable.pk for cable in batch]
    paragraphs = _rows(Paragraph.objects.filter(cable__in=ids), PARAGRAPH_COLUMNS)
    references = _rows(Reference.objects.filter(cable__in=ids), REFERENCE_COLUMNS)
    tags: dict[int, list[str]] = {}
    for cable_id, code in (
        CableTag.objects.filter(cable__in=ids).order_by("cable_id", "position").values_list("cable_id", "tag__code")
    ):
        tags.setdefault(cable_id, []).append(code)
    for cable, prepared in zip(batch, promise.result(), strict=True):
        differences = []
        if prepared.refusal is None:
            differences = [name for name in _read_fields(prepared) if _stored(cable, name) != _read(prepared, name)]
            lists: tuple[tuple[str, Sequence[Any], Sequence[Any]], ...] = (
                ("tags", tags.get(cable.pk, []), list(prepared.tags)),
                ("paragraphs", paragraphs.get(cable.pk, []), prepared.paragraphs),
                ("references", references.get(cable.pk, []), prepared.references),
            )
            differences += [name for name, stored, now in lists if stored != now]
        whole = content_hash(prepared.raw) == cable.content_hash if cable.received else None
        yield Reread(cable, prepared, [name for name in differences if name not in cable.corrected], whole)


def _rows(rows: QuerySet[Any], columns: Sequence[str]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for cable_id, *row in rows.order_by("cable_id", "position").values_list("cable_id", *columns):
        found.setdefault(cable_id, []).append(tuple(row))
    return found


def _read_fields(prepared: Prepared) -> list[str]:
    return [name for name in prepared.values if name not in _NOT_READ]


def _stored(cable: Cable, name: str) -> Any:
    if name == "origin":
        return cable.origin.name if cable.origin else ""
    return getattr(cable, name)


def _read(prepared: Prepared, name: str) -> Any:
    value = prepared.values[name]
    if name == "classification":
        return classification_of(value)
    return redaction_of(value) if name == "redaction" else value
