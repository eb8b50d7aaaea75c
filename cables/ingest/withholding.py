"""Cables withheld from the public, and given back: all that readers see changes in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from cables.ingest.turns import BusyError
from cables.models import Cable, Reference, SearchEntry, Withholding, Word

SECONDS = 10
"""How long one waits for what an import is writing at the moment."""


def withhold(cables: Iterable[Cable], *, reason: str, note: str = "", user: User | None = None) -> list[Withholding]:
    """Withhold those of the cables that are not withheld yet, and return their withholdings.

    Words that only they had are offered no more. Raises turns.BusyError where an import keeps one waiting too long.
    """
    numbers = [cable.pk for cable in cables]
    with _alone():
        new = set(numbers) - Withholding.objects.among(numbers)
        # One by one, so that each is in the audit trail.
        made = [
            Withholding.objects.create(cable_id=number, reason=reason, note=note, withheld_by=user)
            for number in numbers
            if number in new
        ]
        _derive_anew(sorted(new))
        Word.objects.forget(sorted(new))
    return made


def give_back(withholdings: Iterable[Withholding]) -> None:
    """Show cables again, just as they would be had they never been withheld. Raises turns.BusyError as `withhold` does.

    Words that only they have are offered again once words are gathered.
    """
    numbers = sorted(withholding.cable_id for withholding in withholdings)
    with _alone():
        Withholding.objects.filter(cable__in=numbers).delete()
        _derive_anew(numbers)


@contextmanager
def _alone() -> Iterator[None]:
    """Make one transaction of what is done meanwhile, in which no import makes entries or references."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{SECONDS}s'")
            Withholding.objects.alone()
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise BusyError("An import is writing. Nothing was changed: try again in a moment.") from error
        raise


def _derive_anew(numbers: list[int]) -> None:
    """Let references and search know what is withheld now."""
    Reference.objects.settle(numbers)
    SearchEntry.objects.refresh(numbers)
