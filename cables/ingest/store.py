"""A batch of cables written in one transaction: created, replaced, kept as a version, or left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import DataError, OperationalError, connection, transaction

from cables.ingest.catalogue import Catalogue
from cables.ingest.copying import as_json, copy_rows
from cables.ingest.preparing import PARAGRAPH_COLUMNS, REFERENCE_COLUMNS, Prepared, worth
from cables.models import (
    Alias,
    Cable,
    CableTag,
    Classification,
    ImportRun,
    Paragraph,
    Redaction,
    Reference,
    SearchEntry,
    Version,
)
from cables.models.identifier_field import LONGEST_IDENTIFIER
from cables.models.search_entry import LONGEST_SEARCHED
from cables.parsing.records import Problem

_FOUR_DIGITS = re.compile(r"19\d\d\D")
_LEVELS = {member.label: member for member in Classification} | {"": Classification.UNKNOWN}
_REDACTIONS = {
    "unknown": Redaction.UNKNOWN,
    "redacted": Redaction.REDACTED,
    "not redacted": Redaction.NOT_REDACTED,
}
_JSON = ("recipients", "info_recipients", "attributes", "received")
SEARCHED_IN_PART = Problem(
    "search", f"It has more words than search can hold: only the first {LONGEST_SEARCHED:,} characters can be found."
)


class Outcome(StrEnum):
    """What became of a cable."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Stored:
    """The outcome of one cable, and what was not understood of it, or why it was refused."""

    cable: Prepared
    outcome: Outcome
    problems: Sequence[Problem] = ()


@dataclass(slots=True)
class _Written:
    """Numbers of the cables written, and the rows that hang on them, to be copied at once."""

    ids: dict[int, Stored] = field(default_factory=dict)
    paragraphs: list[tuple[Any, ...]] = field(default_factory=list)
    tags: list[tuple[Any, ...]] = field(default_factory=list)
    references: list[tuple[Any, ...]] = field(default_factory=list)


def classification_of(marking: str) -> Classification:
    """Return the level of a marking ("SECRET//NOFORN" is SECRET); UNKNOWN where it is none."""
    return _LEVELS.get(marking) or _LEVELS.get(marking.partition("//")[0]) or Classification.UNKNOWN


def redaction_of(words: str) -> Redaction:
    """Return the value of what the parser says of redaction."""
    return _REDACTIONS[words]


def known_hashes(hashes: Iterable[str]) -> set[str]:
    """Return which of these content hashes the archive holds, shown or as a version."""
    wanted = list(hashes)
    shown = set(Cable.objects.filter(content_hash__in=wanted).values_list("content_hash", flat=True))
    return shown | set(Version.objects.filter(content_hash__in=wanted).values_list("content_hash", flat=True))


class Store:
    """The tables, written for one run.

    Where `searchable` is not set, search entries and references are left for later (bulk.finish).
    """

    def __init__(self, run: ImportRun, *, searchable: bool) -> None:
        self._run = run
        self._searchable = searchable
        self._catalogue = Catalogue()

    def write(self, batch: list[Prepared]) -> list[Stored]:
        """Write a batch, no identifier twice in it, and return each cable's outcome.

        A cable that the database refuses is REFUSED, the others go in. Raises django.db.Error when the database
        itself is at fault; then nothing of the batch is written.
        """
        try:
            with transaction.atomic():
                return self._write(batch)
        except (DataError, OperationalError) as error:
            self._catalogue.forget()
            if len(batch) == 1:
                if isinstance(error, OperationalError) and _unwell(error):
                    raise
                raw = batch[0].raw
                reason = f"The database refuses it: {str(error).strip()}"
                return [Stored(batch[0], Outcome.REFUSED, [Problem("", reason, raw.header + raw.body, raw.line)])]
        except BaseException:
            self._catalogue.forget()
            raise
        middle = len(batch) // 2
        return self.write(batch[:middle]) + self.write(batch[middle:])

    def read_again(self, cables: list[tuple[Cable, Prepared]]) -> list[tuple[Cable, Problem]]:
        """Put what is read from held cables now in the place of what was read before, in one transaction.

        The former reading is kept as a version, and fields that an administrator corrected stay. A cable whose
        identifier is now read as that of another held cable is left alone, and returned with the problem.
        """
        if not cables:
            return []
        names = [prepared.identifier for _, prepared in cables]
        taken = dict(Cable.objects.filter(identifier__in=names).values_list("identifier", "pk"))
        clashes = [
            (cable, Problem("identifier", f"It is read as that of another cable now: {prepared.identifier}."))
            for cable, prepared in cables
            if taken.get(prepared.identifier, cable.pk) != cable.pk
        ]
        left = {cable.pk for cable, _ in clashes}
        written = _Written()
        try:
            with transaction.atomic():
                self._reread([pair for pair in cables if pair[0].pk not in left], written)
        except BaseException:
            self._catalogue.forget()
            raise
        return clashes

    def _reread(self, cables: list[tuple[Cable, Prepared]], written: _Written) -> None:
        tags, references = _lists_of([cable for cable, _ in cables])
        versions, rows, aliases = [], [], []
        for cable, prepared in cables:
            lists = {"tags": tags.get(cable.id, []), "references": references.get(cable.id, [])}
            version = _version(cable, cable, lists, cable.run, "Read again by a better parser.")
            version.former_reading = True
            versions.append(version)
            values = self._columns(prepared)
            for name in cable.corrected:
                if name != "origin":
                    values[name] = as_json(getattr(cable, name)) if name in _JSON else getattr(cable, name)
                else:
                    values["origin_id"] = cable.origin_id
            values["corrected"] = cable.corrected
            rows.append([*values.values(), cable.id])
            self._hang(cable.id, Stored(prepared, Outcome.UPDATED), written)
            if prepared.identifier != cable.identifier:
                Alias.objects.filter(identifier=prepared.identifier).delete()
                Alias.objects.filter(target=cable.identifier).update(target=prepared.identifier)
                aliases.append(Alias(identifier=cable.identifier, target=prepared.identifier))
        if not rows:
            return
        _update(list(values), rows)
        Version.objects.bulk_create(versions)
        self._copy(written)
        Alias.objects.bulk_create(aliases, ignore_conflicts=True)
        self._name([prepared for _, prepared in cables])
        ids = list(written.ids)
        Reference.objects.settle(ids)
        SearchEntry.objects.refresh(ids)

    def _write(self, batch: list[Prepared]) -> list[Stored]:
        held = {cable.identifier: cable for cable in Cable.objects.filter(identifier__in=[c.identifier for c in batch])}
        known = known_hashes(cable.content_hash for cable in batch)
        outcomes = []
        new: list[Stored] = []
        changed: list[Stored] = []
        for cable in batch:
            if cable.content_hash in known:
                outcome = Stored(cable, Outcome.UNCHANGED)
            elif cable.identifier in held:
                outcome = Stored(cable, Outcome.UPDATED, cable.problems)
                changed.append(outcome)
            else:
                outcome = Stored(cable, Outcome.CREATED, cable.problems)
                new.append(outcome)
            outcomes.append(outcome)
        if not new and not changed:
            return outcomes
        written = _Written()
        self._create(new, written)
        self._replace(changed, held, written)
        self._copy(written)
        self._name([stored.cable for stored in (*new, *changed)])
        if self._searchable:
            ids = list(written.ids)
            Reference.objects.settle(ids)
            for cable_id in SearchEntry.objects.refresh(ids):
                stored = written.ids[cable_id]
                stored.problems = [*stored.problems, SEARCHED_IN_PART]
        return outcomes

    def _create(self, new: list[Stored], written: _Written) -> None:
        if not new:
            return
        ids = _new_ids(len(new))
        rows = []
        for cable_id, stored in zip(ids, new, strict=True):
            values = self._columns(stored.cable)
            rows.append([cable_id, *values.values()])
            self._hang(cable_id, stored, written)
        copy_rows(Cable, ["id", *values], rows)

    def _replace(self, changed: list[Stored], held: dict[str, Cable], written: _Written) -> None:
        """Put each changed cable in the place of the form that is shown, or keep it as a version where that is worth
        more."""
        shown = [held[stored.cable.identifier] for stored in changed]
        tags, references = _lists_of(shown)
        versions = []
        rows = []
        for cable, stored in zip(shown, changed, strict=True):
            arriving = stored.cable
            if arriving.worth < worth({name: getattr(cable, name) for name in arriving.values}):
                form = Cable(**self._fields(arriving))
                lists = {"tags": list(arriving.tags), "references": [row[3] for row in arriving.references]}
                versions.append(
                    _version(cable, form, lists, self._run, "The cable's page shows a fuller or newer form.")
                )
                continue
            lists = {"tags": tags.get(cable.id, []), "references": references.get(cable.id, [])}
            versions.append(_version(cable, cable, lists, cable.run, "A fuller or newer form took its place."))
            values = self._columns(arriving)
            rows.append([*values.values(), cable.id])
            self._hang(cable.id, stored, written)
        if rows:
            _update(list(values), rows)
        Version.objects.bulk_create(versions)

    def _hang(self, cable_id: int, stored: Stored, written: _Written) -> None:
        cable = stored.cable
        tags = self._catalogue.tags(cable.tags)
        written.ids[cable_id] = stored
        written.paragraphs += [(cable_id, *row) for row in cable.paragraphs]
        written.references += [(cable_id, *row) for row in cable.references]
        written.tags += [(cable_id, tag_id, position) for position, tag_id in enumerate(tags)]

    def _copy(self, written: _Written) -> None:
        for model, columns, rows in (
            (Paragraph, ["cable_id", *PARAGRAPH_COLUMNS], written.paragraphs),
            (CableTag, ["cable_id", "tag_id", "position"], written.tags),
            (Reference, ["cable_id", *REFERENCE_COLUMNS], written.references),
        ):
            if rows:
                copy_rows(model, columns, rows)

    def _name(self, cables: list[Prepared]) -> None:
        """Keep the other names of the cables: as printed, and with two digits of a year that has four.

        Later cables cite those of 1973 to 1979 by two digits ("77 STATE 119014"), as they do all others.
        """
        names = [(cable.printed_identifier, cable.identifier) for cable in cables]
        names += [(identifier[2:], identifier) for _, identifier in names if _FOUR_DIGITS.match(identifier)]
        aliases = [
            Alias(identifier=name, target=identifier)
            for name, identifier in names
            if name not in {"", identifier} and len(name) <= LONGEST_IDENTIFIER
        ]
        if aliases:
            Alias.objects.bulk_create(aliases, ignore_conflicts=True)

    def _fields(self, cable: Prepared) -> dict[str, Any]:
        """Return the fields of Cable that the cable gives it, by name."""
        fields = dict(cable.values)
        fields["origin"] = self._catalogue.post(fields["origin"])
        fields["classification"] = classification_of(fields["classification"])
        fields["redaction"] = redaction_of(fields["redaction"])
        return fields

    def _columns(self, cable: Prepared) -> dict[str, Any]:
        """Return the columns of Cable's table, by name, as COPY takes them."""
        columns = self._fields(cable)
        origin = columns.pop("origin")
        columns["origin_id"] = origin.pk if origin else None
        columns["run_id"] = self._run.pk
        columns["corrected"] = []
        for name in _JSON:
            columns[name] = as_json(columns[name])
        return columns


def _new_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('cables_cable', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _update(columns: list[str], rows: list[list[Any]]) -> None:
    """Replace the columns of cables, and take away what hangs on them; each row ends with the cable's number."""
    ids = [row[-1] for row in rows]
    for model in (Paragraph, CableTag, Reference):
        model._default_manager.filter(cable__in=ids).delete()
    settings = ", ".join(f'"{name}" = %s' for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE cables_cable SET {settings} WHERE id = %s", rows)  # noqa: S608


def _version(cable: Cable, form: Cable, lists: dict[str, Any], run: ImportRun | None, reason: str) -> Version:
    return Version(
        cable=cable, content_hash=form.content_hash, fields=form.stored_fields() | lists, reason=reason, run=run
    )


def _lists_of(cables: list[Cable]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return the TAGS and the references, as printed, of cables that are held."""
    ids = [cable.id for cable in cables]
    tags: dict[int, list[str]] = {}
    references: dict[int, list[str]] = {}
    if ids:
        held_tags = CableTag.objects.filter(cable__in=ids).order_by("cable_id", "position")
        for cable_id, code in held_tags.values_list("cable_id", "tag__code"):
            tags.setdefault(cable_id, []).append(code)
        held_references = Reference.objects.filter(cable__in=ids).order_by("cable_id", "position")
        for cable_id, text in held_references.values_list("cable_id", "text"):
            references.setdefault(cable_id, []).append(text)
    return tags, references


def _unwell(error: OperationalError) -> bool:
    """Whether the database is gone, full or stopping (no SQLSTATE, or class 08, 53 or 57), so no cable is at fault."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] in {"08", "53", "57"}
