"""Imports, and whatever else writes cables, take turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

_LOCK = 0x0CAB1E  # the number of the database's advisory lock


@contextmanager
def turn(waits: Callable[[], None]) -> Iterator[None]:
    """Wait until no one else writes cables, and hold the others off; `waits` is called if there is someone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            waits()
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            if not connection.needs_rollback and connection.connection and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
