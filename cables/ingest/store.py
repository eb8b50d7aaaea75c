"""A batch of cables written in one transaction: created, replaced, kept as a version, or left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.db import DataError, OperationalError, connection, transaction

from cables.ingest.catalogue import Catalogue
from cables.ingest.copying import as_array, as_json, copy_rows, keys_known_right
from cables.ingest.layers import lay_over, lift_off, said_by, worth_of
from cables.ingest.preparing import PARAGRAPH_COLUMNS, REFERENCE_COLUMNS, Prepared
from cables.ingest.values import as_stored
from cables.ingest.versions import lists_of, version_of
from cables.models import (
    Alias,
    Cable,
    CableTag,
    Correction,
    ImportRun,
    Paragraph,
    Reference,
    SearchEntry,
    Version,
    Withholding,
)
from cables.models.identifier_field import LONGEST_IDENTIFIER
from cables.models.search_entry import LONGEST_SEARCHED
from cables.parsing.records import Problem

_FOUR_DIGITS = re.compile(r"19\d\d\D")
Item = TypeVar("Item")
_JSON = ("recipients", "info_recipients", "attributes", "received")
_ARRAYS = ("captions", "classification_reasons", "signers")
# While an import fills the tables PostgreSQL has no statistics of them, and would rather read all cables than look up
# two hundred: OFFSET 0 makes each hash a question of its own, which only an index answers.
_KNOWN = """
SELECT hash FROM unnest(%s::text[]) AS wanted (hash)
WHERE EXISTS (SELECT FROM cables_cable WHERE content_hash = hash OFFSET 0)
   OR EXISTS (SELECT FROM cables_version WHERE content_hash = hash OFFSET 0)
"""
# A file goes on calling a cable what it did before somebody corrected that.
_HELD = """
SELECT identifier, id FROM cables_cable WHERE identifier = ANY(%(names)s::text[])
UNION ALL
SELECT received #>> '{}', cable_id FROM cables_correction
WHERE field = 'identifier' AND received = ANY(SELECT to_jsonb(name) FROM unnest(%(names)s::text[]) AS names (name))
"""
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
class Written:
    """Numbers of the cables written, and the rows that hang on them, to be copied at once."""

    ids: dict[int, Stored] = field(default_factory=dict)
    paragraphs: list[tuple[Any, ...]] = field(default_factory=list)
    tags: list[tuple[Any, ...]] = field(default_factory=list)
    references: list[tuple[Any, ...]] = field(default_factory=list)


def without_repeats(cables: Iterable[Prepared]) -> Iterator[list[Prepared]]:
    """Return the cables in order, cut where an identifier comes again: batches that Store takes."""
    part: dict[str, Prepared] = {}
    for cable in cables:
        if cable.identifier in part:
            yield list(part.values())
            part = {}
        part[cable.identifier] = cable
    if part:
        yield list(part.values())


def known_hashes(hashes: Iterable[str]) -> set[str]:
    """Return which of these content hashes the archive holds, shown or as a version."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(hashes)])
        return {row[0] for row in cursor.fetchall()}


def held_under(names: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the cables that are held, by those of these identifiers that files have for them."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"names": list(names)})
        return dict(cursor.fetchall())


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
        return self._whole_or_in_parts(batch, self._write, lambda cable: cable)

    def _whole_or_in_parts(
        self, batch: list[Item], write: Callable[[list[Item]], list[Stored]], cable_of: Callable[[Item], Prepared]
    ) -> list[Stored]:
        try:
            with transaction.atomic():
                Withholding.objects.among([])  # who withholds waits for the batch, and not each for the other
                return write(batch)
        except (DataError, OperationalError) as error:
            self._catalogue.forget()
            if len(batch) == 1:
                if isinstance(error, OperationalError) and _unwell(error):
                    raise
                cable = cable_of(batch[0])
                raw = cable.raw
                reason = f"The database refuses it: {str(error).strip()}"
                return [Stored(cable, Outcome.REFUSED, [Problem("", reason, raw.header + raw.body, raw.line)])]
        except BaseException:
            self._catalogue.forget()
            raise
        middle = len(batch) // 2
        halves = batch[:middle], batch[middle:]
        return [stored for half in halves for stored in self._whole_or_in_parts(half, write, cable_of)]

    def _write(self, batch: list[Prepared]) -> list[Stored]:
        held = held_under(cable.identifier for cable in batch)
        if len(set(held.values())) < len(held):  # two names of one cable
            return [stored for cable in batch for stored in self._write([cable])]
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
        self._meet([stored.cable for stored in (*new, *changed)])
        written = Written()
        self._create(new, written)
        self._replace({held[stored.cable.identifier]: stored for stored in changed}, written)
        self._finish(written, [stored.cable for stored in (*new, *changed)])
        return outcomes

    def _meet(self, cables: list[Prepared]) -> None:
        """Find or make the posts and TAGS of the cables."""
        self._catalogue.meet(
            (cable.values["origin"] for cable in cables), (code for cable in cables for code in cable.tags)
        )

    def _finish(self, written: Written, named: list[Prepared]) -> None:
        """Write the rows that hang on the cables written, and the names, and let references and search know."""
        self._copy(written)
        self._name(named)
        if self._searchable:
            ids = list(written.ids)
            Reference.objects.settle(ids)
            for cable_id in SearchEntry.objects.refresh(ids):
                stored = written.ids[cable_id]
                stored.problems = [*stored.problems, SEARCHED_IN_PART]

    def _create(self, new: list[Stored], written: Written) -> None:
        if not new:
            return
        ids = _new_ids(len(new))
        rows = []
        for cable_id, stored in zip(ids, new, strict=True):
            values = self._columns(stored.cable)
            rows.append([cable_id, *values.values()])
            self._hang(cable_id, stored, written)
        copy_rows(Cable, ["id", *values], rows)

    def _replace(self, changed: dict[int, Stored], written: Written) -> None:
        """Put each changed cable, by its number, in the place of the form that is shown, or keep it as a version where
        that is worth more. What was corrected by hand stays over either."""
        if not changed:
            return
        shown = Cable.everything.select_for_update(no_key=True).in_bulk(changed)
        corrections, lists_held = Correction.objects.of(shown), lists_of(list(shown.values()))
        said = []
        versions = []
        rows = []
        for number, stored in changed.items():
            cable, arriving, layer = shown[number], stored.cable, corrections.get(number, [])
            form, lists = lift_off(cable, lists_held[number], layer, self._catalogue)
            stored.cable = self._lay_over(arriving, layer)
            if arriving.worth < worth_of(cable, layer):
                form = Cable(**self._fields(arriving), run=self._run)
                lists = {"tags": list(arriving.tags), "references": [row[3] for row in arriving.references]}
                versions.append(
                    version_of(cable, form, lists, self._run, "The cable's page shows a fuller or newer form.")
                )
                continue
            versions.append(version_of(cable, form, lists, self._run, "A fuller or newer form took its place."))
            said.append((layer, said_by(arriving)))
            values = self._columns(stored.cable)
            rows.append([*values.values(), number])
            self._hang(number, stored, written)
        if rows:
            update_cables(list(values), rows)
        Correction.objects.note(said, self._run)
        Version.objects.bulk_create(versions)

    def _lay_over(self, cable: Prepared, corrections: list[Correction]) -> Prepared:
        """Return the cable as it is to be shown; its post and TAGS are met."""
        laid = lay_over(cable, corrections)
        if corrections:
            self._meet([laid])
        return laid

    def _hang(self, cable_id: int, stored: Stored, written: Written) -> None:
        cable = stored.cable
        tags = self._catalogue.tags(cable.tags)
        written.ids[cable_id] = stored
        written.paragraphs += [(cable_id, *row) for row in cable.paragraphs]
        written.references += [(cable_id, *row) for row in cable.references]
        written.tags += [(cable_id, tag_id, position) for position, tag_id in enumerate(tags)]

    def _copy(self, written: Written) -> None:
        with keys_known_right({tag_id for _, tag_id, _ in written.tags}):
            copy_rows(CableTag, ["cable_id", "tag_id", "position"], written.tags)
            copy_rows(Paragraph, ["cable_id", *PARAGRAPH_COLUMNS], written.paragraphs)
            copy_rows(Reference, ["cable_id", *REFERENCE_COLUMNS], written.references)

    def _name(self, cables: list[Prepared]) -> None:
        """Keep the other names of the cables: as printed, and with two digits of a year that has four.

        Later cables cite those of 1973 to 1979 by two digits ("77 STATE 119014"), as they do all others.
        """
        names = [(cable.printed_identifier, cable.identifier) for cable in cables]
        names += [(identifier[2:], identifier) for _, identifier in names if _FOUR_DIGITS.match(identifier)]
        aliases = [
            Alias(identifier=name, target=identifier, run=self._run)
            for name, identifier in names
            if name not in {"", identifier} and len(name) <= LONGEST_IDENTIFIER
        ]
        if aliases:
            Alias.objects.bulk_create(aliases, ignore_conflicts=True)

    def _fields(self, cable: Prepared) -> dict[str, Any]:
        """Return the fields of Cable that the cable gives it, by name."""
        return as_stored(cable.values) | {"origin": self._catalogue.post(cable.values["origin"])}

    def _columns(self, cable: Prepared) -> dict[str, Any]:
        """Return the columns of Cable's table, by name, as COPY takes them."""
        columns = self._fields(cable)
        origin = columns.pop("origin")
        columns["origin_id"] = origin.pk if origin else None
        columns["run_id"] = self._run.pk
        for name in _JSON:
            columns[name] = as_json(columns[name])
        for name in _ARRAYS:
            columns[name] = as_array(columns[name])
        return columns


def _new_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('cables_cable', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def update_cables(columns: list[str], rows: list[list[Any]]) -> None:
    """Replace the columns of cables, and take away what hangs on them; each row ends with the cable's number."""
    ids = [row[-1] for row in rows]
    for model in (Paragraph, CableTag, Reference):
        model._default_manager.filter(cable__in=ids).delete()
    settings = ", ".join(f'"{name}" = %s' for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE cables_cable SET {settings} WHERE id = %s", rows)  # noqa: S608


def _unwell(error: OperationalError) -> bool:
    """Whether the database is gone, full or stopping (no SQLSTATE, or class 08, 53 or 57), so no cable is at fault."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] in {"08", "53", "57"}
