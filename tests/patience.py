"""A bound on work that must end: what is linear is done in a moment, what backtracks would not be done tonight.

Speed itself is measured in benchmarks/, never here.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


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
