"""Facts of a query that the page's filters can say: taken out of the words, they are the same search in other dress.

Only what a filter says exactly is taken: a fact that every cable found must have, or must not have. The filters "tag"
and "caption" ask for all of their values, the others for any; the excluding ones leave out what has any of theirs.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from cables.search.query_tree import And, Dated, Fact, Node, Not, Or, all_of
from cables.search.values import countries_named, levels_named, posts_named, tags_named

MOST_VALUES = 5
"""Values that one fact may name; "origin:embassy" stays in the words rather than becoming two hundred filters."""
LONGEST_CAPTION = 60

_FILTERS = {
    "tag": "tag",
    "origin": "origin",
    "country": "country",
    "class": "classification",
    "caption": "caption",
}
_ALL_OF = {"tag", "caption"}


@dataclass(slots=True)
class Moved:
    """What goes into the filters, as addresses carry it, and what is left of the query."""

    filters: dict[str, list[str]] = field(default_factory=dict)
    rest: Node | None = None


def moved(tree: Node | None, taken: Collection[str]) -> Moved:
    """Return the tree's facts as filters, and the rest; `taken` are the filters that have values already."""
    found = Moved()
    left = [part for part in _conjuncts(tree) if not _take(part, found, taken)]
    found.rest = all_of(left)
    return found


def _conjuncts(tree: Node | None) -> tuple[Node, ...]:
    match tree:
        case None:
            return ()
        case And(parts):
            return parts
        case _:
            return (tree,)


def _take(part: Node, found: Moved, taken: Collection[str]) -> bool:
    """Put a part of the query into the filters, and return whether they can say it."""
    match part:
        case Not(Dated(since, until)):
            whole = _whole(since, until)
            return bool(whole) and _put(found, "not_date", [whole])
        case Dated(since, until):
            return _take_days(since, until, found, taken)
        case Not(excluded):
            name, values, _ = _values(excluded)
            return bool(values) and _put(found, f"not_{name}", values)
        case _:
            name, values, choices = _values(part)
            if name in _ALL_OF:
                return len(values) == 1 and choices == 1 and _put(found, name, values)
            return bool(values) and name not in taken and name not in found.filters and _put(found, name, values)


def _put(found: Moved, name: str, values: list[str]) -> bool:
    kept = found.filters.setdefault(name, [])
    kept.extend(value for value in values if value not in kept)
    return True


def _take_days(since: date | None, until: date | None, found: Moved, taken: Collection[str]) -> bool:
    days = {name: day.isoformat() for name, day in (("since", since), ("until", until)) if day}
    if any(name in taken or name in found.filters for name in days):
        return False
    for name, day in days.items():
        found.filters[name] = [day]
    return True


def _whole(since: date | None, until: date | None) -> str:
    """Return the year, month or day that these are the ends of, "" where they are of none."""
    if since is None or until is None:
        return ""
    last_of_month = calendar.monthrange(since.year, since.month)[1]
    ends = {
        (since.replace(month=1, day=1), since.replace(month=12, day=31)): since.isoformat()[:4],
        (since.replace(day=1), since.replace(day=last_of_month)): since.isoformat()[:7],
        (since, since): since.isoformat(),
    }
    return ends.get((since, until), "")


def _values(part: Node) -> tuple[str, list[str], int]:
    """Return the filter that can say a fact, or any of several of a field; its values; how many facts these are."""
    facts = part.parts if isinstance(part, Or) else (part,)
    values: list[str] = []
    names = set()
    for fact in facts:
        if not isinstance(fact, Fact) or fact.field not in _FILTERS:
            return "", [], 0
        if not (named := _named(fact)):
            return "", [], 0
        names.add(_FILTERS[fact.field])
        values += [value for value in named if value not in values]
    if len(names) > 1 or len(values) > MOST_VALUES:
        return "", [], 0
    return names.pop(), values, len(facts)


def _named(fact: Fact) -> list[str]:
    match fact.field:
        case "tag":
            return [tag.code for tag in tags_named(fact.value)]
        case "origin":
            return [post.slug for post in posts_named(fact.value)]
        case "country":
            return countries_named(fact.value)
        case "class":
            return [level.slug for level in levels_named(fact.value)]
        case _:
            return [fact.value.upper()] if len(fact.value) <= LONGEST_CAPTION else []
