"""Bounds on time: on work that must end (what backtracks would not be done tonight), and on the database.

Speed itself is measured in benchmarks/, never here.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def patience(seconds: int = 20) -> Iterator[None]:
    """Raise TimeoutError in what has not ended after so many seconds of processor time."""

    def lost(*_: object) -> None:
        raise TimeoutError(f"not done after {seconds} seconds of processor time")

    before = signal.signal(signal.SIGPROF, lost)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def no_time_to_find() -> Iterator[None]:
    """Let the database give up finding hits after a millisecond meanwhile; all else has its time."""

    def hurried(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "int4send(cable_id)" in sql:
            # The savepoint that the search is in takes the setting back with it.
            context["connection"].connection.execute("SET LOCAL statement_timeout = '1ms'")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hurried):
        yield
