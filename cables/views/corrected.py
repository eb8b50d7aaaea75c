"""What the archive has corrected, in words: what the file says, by whose judgement the archive shows something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cables.models import Correction

_DATES = {Correction.Field.RELEASED_ON, Correction.Field.DECLASSIFY_ON}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as a page tells it: the field, what the file says ("" for nothing, None where that is not known),
    since when, and why."""

    field: str
    label: str
    received: str | None
    on: date
    note: str


def corrected(told: Mapping[str, Any]) -> Corrected:
    """Return a correction as a page tells it; `told` has its columns, and as `post` the name of the post received."""
    field = Correction.Field(told["field"])
    received = told["received"]
    posts = {received: told["post"]} if field == Correction.Field.ORIGIN and told["post"] else {}
    return Corrected(
        field.value,
        field.label,
        None if received is None else in_words(field, received, posts),
        date.fromisoformat(told["made_on"]),
        told["note"],
    )


def in_words(field: str, value: Any, posts: Mapping[str, str]) -> str:
    """Return the value of a field, as Correction holds it, in words; `posts` are names by slug."""
    if field == Correction.Field.ORIGIN:
        return posts.get(value, value)
    if field == Correction.Field.SENT_AT and value:
        return f"{datetime.fromisoformat(value):%-d %B %Y, %H:%M} UTC"
    if field in _DATES and value:
        return f"{date.fromisoformat(value):%-d %B %Y}"
    if field == Correction.Field.IS_PARTIAL:
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_item(item) for item in value)
    return str(value)


def _item(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    if "target" not in item:
        return str(item["name"])
    words = f"{item['label']}. {item['text']}" if item["label"] else item["text"]
    return f"{words} ({item['target']})" if item["target"] else str(words)
