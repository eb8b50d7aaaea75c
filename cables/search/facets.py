"""Facets: which values the entries found have, and how many have each, exactly, over all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from cables.models import Classification, Post, SearchEntry, Tag

VALUES_A_FACET = 12

# One pass for what each entry has one of, one each for what it has several of.
_ONE_EACH = """
SELECT grouping(origin_id, year, classification), origin_id, year, classification, count(*) FROM ({entries}) hit
GROUP BY GROUPING SETS ((origin_id), (year), (classification))
"""
_SEVERAL = """
SELECT value, count(*) FROM ({entries}) hit, unnest(hit.{column}) value GROUP BY value ORDER BY 2 DESC, 1 LIMIT {limit}
"""
_ORIGIN, _YEAR, _CLASSIFICATION = 0b011, 0b101, 0b110


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that hits have: as addresses carry it, as people read it, and how many hits have it."""

    value: str
    label: str
    count: int


def facets(entries: QuerySet[SearchEntry]) -> dict[str, list[FacetValue]]:
    """Return for each filter the values that the entries have, the most frequent first (years in order of time)."""
    one_each = _counted(entries, _ONE_EACH)
    counts = {
        kind: Counter({row[place]: row[4] for row in one_each if row[0] == kind and row[place] is not None})
        for kind, place in ((_ORIGIN, 1), (_YEAR, 2), (_CLASSIFICATION, 3))
    }
    return {
        "origin": _origins(counts[_ORIGIN]),
        "tag": _tags(dict(_counted(entries, _SEVERAL, "tag_ids"))),
        "classification": [
            FacetValue(Classification(level).slug, Classification(level).label, count)
            for level, count in sorted(counts[_CLASSIFICATION].items(), reverse=True)
        ],
        "caption": [FacetValue(name, name, count) for name, count in _counted(entries, _SEVERAL, "captions")],
        "year": [FacetValue(str(year), str(year), count) for year, count in sorted(counts[_YEAR].items())],
    }


def _counted(entries: QuerySet[SearchEntry], query: str, column: str = "") -> list[tuple[Any, ...]]:
    """Return the rows of a query over the entries."""
    columns = [column] if column else ["origin_id", "year", "classification"]
    try:
        inner, parameters = entries.order_by().values(*columns).query.sql_with_params()
    except EmptyResultSet:  # Django sees by itself that nothing can be found
        return []
    with connection.cursor() as cursor:
        cursor.execute(query.format(entries=inner, column=column, limit=VALUES_A_FACET), parameters)
        return cursor.fetchall()


def _origins(counts: Counter[int]) -> list[FacetValue]:
    posts = Post.objects.in_bulk(list(counts))
    most = sorted(counts.items(), key=lambda item: (-item[1], posts[item[0]].name))
    return [FacetValue(posts[pk].slug, posts[pk].name, count) for pk, count in most[:VALUES_A_FACET]]


def _tags(counts: dict[int, int]) -> list[FacetValue]:
    tags = Tag.objects.in_bulk(list(counts))
    return [FacetValue(tags[pk].code, tags[pk].title, count) for pk, count in counts.items()]
