"""Milliseconds of one call, and what is told of many."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from typing import ParamSpec

Given = ParamSpec("Given")


def timed(call: Callable[Given, object], *given: Given.args, **named: Given.kwargs) -> float:
    """Return the milliseconds that a call took."""
    begun = time.perf_counter()
    call(*given, **named)
    return (time.perf_counter() - begun) * 1000


def median(values: Iterable[float]) -> float | None:
    """Return the median, None of nothing."""
    known = list(values)
    return statistics.median(known) if known else None


def p95(values: Iterable[float]) -> float | None:
    """Return the value that 95 of 100 do not exceed, None of nothing."""
    known = sorted(values)
    return known[max(-(-len(known) * 95 // 100) - 1, 0)] if known else None


def geometric_mean(values: Iterable[float]) -> float | None:
    """Return the geometric mean, None of nothing."""
    known = list(values)
    return statistics.geometric_mean(known) if known else None
