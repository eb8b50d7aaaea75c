"""Imports, and whatever else reads or writes the whole archive, take turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

_TURN = 0x0CAB1E  # the number of the advisory lock


class BusyError(Exception):
    """Somebody else has the turn."""


def do_not_wait() -> None:
    """Raise BusyError: for who would rather not wait."""
    raise BusyError("An import is running. Try again when it has ended.")


def taken() -> bool:
    """Return whether somebody has the turn."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = %s "
            "AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [_TURN],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def turn(waits: Callable[[], None]) -> Iterator[None]:
    """Wait until nobody else has the turn, and keep it meanwhile.

    `waits` is called if somebody has; what it raises is raised here, and nobody waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_TURN])
        if not cursor.fetchone()[0]:
            waits()
            cursor.execute("SELECT pg_advisory_lock(%s)", [_TURN])
        try:
            yield
        finally:
            # A connection that is lost, or stuck where a signal came, takes the turn with it.
            if not connection.needs_rollback and not cursor.connection.closed:
                with suppress(Error):
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])
