"""An import that is under way while something else is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from cables.ingest.turns import turn


@contextmanager
def import_under_way() -> Iterator[None]:
    """Somebody else, over a connection of their own, has the turn of imports meanwhile."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with turn(lambda: None):
            held.set()
            done.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    try:
        yield
    finally:
        done.set()
        other.join()
