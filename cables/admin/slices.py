"""A slice of a long list, found by the number at its edge: as fast at the end of a list as at its beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of a list in the order of their numbers; `before` and `after` are the edges of its neighbours, if any."""

    rows: list[Any]
    before: int | None = None
    after: int | None = None


def slice_of(rows: QuerySet[Any], asked: QueryDict, size: int = AT_ONCE) -> Slice:
    """Return the slice of the rows that follow `after` or precede `before`, the first where neither is a number."""
    if before := _number(asked.get("before")):
        found = list(rows.filter(pk__lt=before).order_by("-pk")[: size + 1])
        shown = found[:size][::-1]
        return Slice(shown, shown[0].pk if len(found) > size else None, shown[-1].pk if shown else None)
    after = _number(asked.get("after"))
    found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
    shown = found[:size]
    return Slice(shown, shown[0].pk if after and shown else None, shown[-1].pk if len(found) > size else None)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
