"""Questions that a page asks beside its own search, and gives up where the answer takes too long."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

Answer = TypeVar("Answer")


def in_time(milliseconds: int, ask: Callable[[], Answer]) -> Answer | None:
    """Return what is answered, None where one of its queries takes longer than so many milliseconds."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # The planner takes the comparison of a vector with a query to cost nothing, and would read every vector.
            cursor.execute(f"SET LOCAL enable_seqscan = off; SET LOCAL statement_timeout = {milliseconds:d}")
            answer = ask()
            transaction.set_rollback(True)  # takes the settings back
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            return None
        raise
    return answer
