"""A cable corrected by hand, and a correction taken back: all that readers see changes in one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected, LockNotAvailable

from cables.ingest.catalogue import Catalogue
from cables.ingest.layers import columns_of, reference_rows, said_by, shown_of
from cables.ingest.preparing import REFERENCE_COLUMNS, prepare
from cables.ingest.rereading import as_received
from cables.ingest.rewriting import names_of_others
from cables.ingest.turns import BusyError
from cables.models import Alias, Cable, CableTag, Correction, Reference, SearchEntry

SECONDS = 10
"""How long one waits for what an import is writing at the moment."""

_ARCHIVES_YEAR = re.compile(r"19\d\d\D")


class RefusedError(ValueError):
    """What was asked for cannot be; the message says why. Nothing was changed."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Make one transaction of what is done meanwhile. Raises turns.BusyError where an import keeps it waiting."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{SECONDS}s'")
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise BusyError("An import is writing this cable. Nothing was changed: try again in a moment.") from error
        raise


def hold(number: int) -> Cable | None:
    """Return the cable of that number, which nobody else changes until the transaction ends; None if there is none."""
    cables = Cable.everything.select_for_update(of=("self",), no_key=True).select_related("origin")
    return cables.filter(pk=number).first()


def correct(cable: Cable, values: Mapping[str, Any], *, note: str = "", user: User | None = None) -> list[str]:
    """Show these values (as Correction holds them, by field) of a cable that is held by `hold`; return what changed.

    A value that the file itself says takes the correction back. The note says why, to readers. Raises RefusedError
    where an identifier is another cable's.
    """
    shown = shown_of(cable)
    new = {name: value for name, value in values.items() if value != shown[name]}
    made = {correction.field: correction for correction in cable.corrections.all()}
    renamed_back = "identifier" in made and new.get("identifier") == made["identifier"].received
    for name, value in new.items():
        correction = made.get(name) or Correction(cable=cable, field=name, received=shown[name])
        if value == correction.received:
            correction.delete()
            continue
        correction.value, correction.note = value, note
        correction.made_by, correction.made_at = user, timezone.now()
        correction.changed_in = correction.changed_at = None
        correction.save()
    if new:
        _show(cable, new, renamed_back=renamed_back)
    return list(new)


def take_back(correction: Correction) -> None:
    """Show what the file says in the place of a correction. Raises RefusedError where that cannot be."""
    cable = hold(correction.cable_id)
    held = Correction.objects.filter(pk=correction.pk).first()
    if cable is None or held is None:
        return  # somebody else has done it
    if held.received is None:
        held.received = _read_again(cable)[held.field]
        held.save(update_fields=["received"])
    if held.received == held.value:
        held.delete()
    else:
        correct(cable, {held.field: held.received})


def let_stand(correction: Correction) -> None:
    """Note that somebody has looked at what the file says now, and that the correction stands."""
    correction.changed_in = correction.changed_at = None
    correction.save(update_fields=["changed_in", "changed_at"])


def _read_again(cable: Cable) -> dict[str, Any]:
    raw = as_received(cable)
    if raw is None:
        raise RefusedError(
            f"What the file says of {cable} is not known: it came in before the archive kept all that it received."
        )
    return said_by(prepare(raw, cable.content_hash))


def _show(cable: Cable, values: Mapping[str, Any], *, renamed_back: bool) -> None:
    """Write the values, and let references and search know."""
    catalogue = Catalogue()
    former = cable.identifier
    columns = columns_of(values, catalogue)
    for name, value in columns.items():
        setattr(cable, name, value)
    if "identifier" in values:
        _free(former, cable.identifier)
    if columns:
        cable.save(update_fields=list(columns))
    if "tags" in values:
        catalogue.meet([], values["tags"])
        CableTag.objects.filter(cable=cable).delete()
        CableTag.objects.bulk_create(
            CableTag(cable=cable, tag_id=number, position=position)
            for position, number in enumerate(catalogue.tags(values["tags"]))
        )
    if "references" in values:
        Reference.objects.filter(cable=cable).delete()
        Reference.objects.bulk_create(
            Reference(cable=cable, **dict(zip(REFERENCE_COLUMNS, row, strict=True)))
            for row in reference_rows(values["references"])
        )
    if "identifier" in values:
        _rename(former, cable.identifier, renamed_back=renamed_back)
    if values.keys() & {"identifier", "references"}:
        # A cable that names itself cites nothing.
        Reference.objects.filter(cable=cable, target_identifier=cable.identifier).update(target_identifier="")
        Reference.objects.settle_anew([cable.pk])
    SearchEntry.objects.refresh([cable.pk])


def _free(former: str, name: str) -> None:
    if names_of_others({former: name}):
        raise RefusedError(f"{name} leads to another cable.")


def _rename(former: str, name: str, *, renamed_back: bool) -> None:
    """Let the former identifier, and what led to it, lead to the new one; one that was a mistake leads nowhere more."""
    Alias.objects.lead_on({former: name})
    if renamed_back:
        Alias.objects.filter(identifier=former).delete()
    elif _ARCHIVES_YEAR.match(name):
        Alias.objects.get_or_create(identifier=name[2:], defaults={"target": name})
