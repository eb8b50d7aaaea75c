"""Our own search, asked as cables/views/search.py asks it: the one place of the measurements that knows the engine.

Django must be set up before this module is imported (benchmarks/searching/laboratory.py does it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import F, Value
from django.http import QueryDict

from benchmarks.peers.face import HITS_A_PAGE, NEWEST, RELEVANCE, CableText, Page, Query, is_beginning
from cables.filters import CableFilter, Sort
from cables.models import Classification
from cables.models.search_entry import CONFIGURATION
from cables.search import engine
from cables.search.engine import Wanted
from cables.search.facets import facets
from cables.search.finding import found, quick_plans, walk
from cables.search.holdings import holdings
from cables.search.matching import tsquery
from cables.search.ranking import is_alternative
from cables.search.similar import similar
from cables.search.spelling import did_you_mean
from cables.search.suggestions import suggest

SAME_SCORE = 1e-6
BATCH = 500

_TEXTS = """
SELECT cable.id, cable.identifier, cable.subject, cable.summary || ' ' || coalesce(tags.words, ''),
       cable.identifier || ' ' || coalesce(post.name, ''), coalesce(paragraphs.words, ''),
       coalesce(entry.day::text, ''), entry.year, coalesce(post.slug, ''), entry.classification,
       coalesce(tags.codes, '{}')
FROM cables_searchentry entry
JOIN cables_cable cable ON cable.id = entry.cable_id
LEFT JOIN cables_post post ON post.id = cable.origin_id
LEFT JOIN LATERAL (
    SELECT array_agg(tag.code ORDER BY cables_cabletag.position) AS codes,
           string_agg(tag.code || ' ' || tag.title, ' ' ORDER BY cables_cabletag.position) AS words
    FROM cables_cabletag JOIN cables_tag tag ON tag.id = cables_cabletag.tag_id
    WHERE cables_cabletag.cable_id = cable.id
) tags ON true
LEFT JOIN LATERAL (
    SELECT string_agg(paragraph.text, ' ' ORDER BY paragraph.position) AS words
    FROM cables_paragraph paragraph
    WHERE paragraph.cable_id = cable.id AND paragraph.kind <> 'apparatus'
) paragraphs ON true
WHERE cable.id = ANY(%s)
"""
_SEARCHABLE = "SELECT word FROM unnest(%s::text[]) word WHERE to_tsvector(%s, word) <> ''"
_SIZES = """
SELECT table_.relname, coalesce(index_.relname, ''),
       CASE WHEN index_.oid IS NULL THEN pg_table_size(table_.oid) ELSE pg_relation_size(index_.oid) END
FROM pg_class table_
CROSS JOIN LATERAL (
    SELECT NULL::oid AS oid, NULL::name AS relname
    UNION ALL
    SELECT class.oid, class.relname FROM pg_index JOIN pg_class class ON class.oid = indexrelid
    WHERE indrelid = table_.oid
) index_
WHERE table_.relkind = 'r' AND table_.relname LIKE 'cables\\_search%%'
ORDER BY 3 DESC
"""


def address(query: Query, order: str = RELEVANCE, number: int = 1) -> str:
    """Return the query string that an address of the search page carries for the query."""
    items = QueryDict(mutable=True)
    if words := typed(query):
        items["q"] = words
    for name, value in (("origin", query.origin), ("tag", query.tag), ("classification", query.classification)):
        if value:
            items[name] = value
    if query.years:
        items["since"], items["until"] = map(str, query.years)
    if order == NEWEST:
        items["sort"] = Sort.NEWEST
    if number > 1:
        items["page"] = str(number)
    return items.urlencode()


def typed(query: Query) -> str:
    """Return the query as a reader types it."""
    parts = [_item(item) for item in query.every]
    if query.some:
        any_of_them = " OR ".join(map(_item, query.some))
        parts.append(f"({any_of_them})" if parts or query.none else any_of_them)
    parts += [f"-{_item(item)}" for item in query.none]
    asked = " ".join(parts)
    return f"body:({asked})" if query.only_body and asked else asked


class Ours:
    """The archive's own search."""

    name = "ours"

    def __init__(self) -> None:
        self._keys: dict[tuple[Query, int], int] = {}

    def page(self, query: Query, order: str = RELEVANCE, number: int = 1) -> Page:
        """Return a page of hits, the exact total, and facets over all hits; no snippets, as no peer makes any."""
        wanted = _wanted(query, order)
        with quick_plans():
            held = holdings()
            places = found(held, wanted.entries)
            ordered = engine.ordered(held, places, wanted)
            page = Paginator(ordered.cables, HITS_A_PAGE).get_page(number)
            return Page([int(cable) for cable in page.object_list], len(places), _plain(facets(held, places)))

    def hits(self, query: Query, order: str = RELEVANCE, number: int = 1) -> list[int]:
        """Return the cables of one page alone; by date they follow the last cable of the page before."""
        wanted = _wanted(query, order)
        if wanted.order == Sort.NEWEST:
            until = date(query.years[1], 12, 31) if query.years else None
            return walk(wanted.entries, HITS_A_PAGE, self._key(query, number) if number > 1 else None, until=until)
        with quick_plans():
            held = holdings()
            ordered = engine.ordered(held, found(held, wanted.entries), wanted)
            start = (number - 1) * HITS_A_PAGE
            return [int(cable) for cable in ordered.cables[start : start + HITS_A_PAGE]]

    def _key(self, query: Query, number: int) -> int:
        """Return the last cable of the page before, as a reader's address carries it: looked up once."""
        if (query, number) not in self._keys:
            self._keys[query, number] = self.page(query, NEWEST, number - 1).hits[-1]
        return self._keys[query, number]

    def whole(self, query: Query, order: str = RELEVANCE, number: int = 1) -> Page:
        """Return the page as the view gets it from the engine: with the cables' rows and snippets."""
        results = engine.search(_wanted(query, order), str(number))
        return Page([hit.cable.pk for hit in results.hits], results.total, _plain(results.facets))

    def total(self, query: Query) -> int:
        """Return the exact total alone."""
        with quick_plans():
            return len(found(holdings(), _wanted(query).entries))

    def suggested(self, begun: str) -> int:
        """Return how many suggestions there are for what is typed so far."""
        return len(suggest(begun))

    def meant(self, typed: str) -> bool:
        """Return whether something else may have been meant."""
        return did_you_mean(typed) is not None

    def alike(self, cable: int) -> int:
        """Return how many cables like this one are shown."""
        return len(similar(cable, 5))

    def forget(self) -> None:
        """Drop answers that were kept, so that none is measured twice; data stay warm."""
        cache.clear()


def kept(query: Query, hits: list[int]) -> float | None:
    """Return the share of the exact top 25 that the hits hold, None where nothing is found.

    The exact ranking is made over every hit, straight in SQL. Of equal scores any is as good.
    """
    wanted = _wanted(query)
    scored = wanted.entries.order_by().annotate(score=_full_ranking(wanted))
    with quick_plans():
        best = list(scored.order_by("-score").values_list("score", flat=True)[:HITS_A_PAGE])
        if not best:
            return None
        ours = list(scored.filter(pk__in=hits).values_list("score", flat=True))
    return sum(value >= best[-1] - SAME_SCORE for value in ours) / len(best)


def cables() -> Iterator[list[CableText]]:
    """Yield every cable that can be found, in batches, with exactly the texts that our search covers."""
    ids = numbers()
    for start in range(0, len(ids), BATCH):
        yield texts(ids[start : start + BATCH])


def texts(ids: Iterable[int]) -> list[CableText]:
    """Return these cables."""
    levels = {level.value: level.slug for level in Classification}
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [list(ids)])
        rows = cursor.fetchall()
    return [CableText(*row[:-2], classification=levels[row[-2]], tags=tuple(row[-1])) for row in rows]  # type: ignore[misc]


def numbers() -> list[int]:
    """Return the number of every cable that can be found."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cable_id FROM cables_searchentry ORDER BY cable_id")
        return [cable for (cable,) in cursor.fetchall()]


def searchable(words: Iterable[str]) -> set[str]:
    """Return those of the words that are searched for: no stop words."""
    with connection.cursor() as cursor:
        cursor.execute(_SEARCHABLE, [list(words), CONFIGURATION])
        return {word for (word,) in cursor.fetchall()}


def sizes() -> list[tuple[str, str, int]]:
    """Return (table, index or "", bytes) of what serves the search alone, the largest first."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES)
        return cursor.fetchall()


def rebuild_indexes() -> None:
    """Build all indexes of these tables anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '64MB'")
        for table in sorted({table for table, _, _ in sizes()}):
            cursor.execute(f"REINDEX TABLE {connection.ops.quote_name(table)}")


def _item(item: str) -> str:
    return f'"{item}"' if " " in item and not is_beginning(item) else item


def _wanted(query: Query, order: str = RELEVANCE) -> Wanted:
    chosen = CableFilter(QueryDict(address(query, order)))
    return Wanted(chosen.qs, chosen.order, chosen.matching.tree, chosen.matching.texts)


def _full_ranking(wanted: Wanted) -> SearchRank:
    """Return the score that the engine's ranking stands for where nothing bounds it: norm 1 over every hit.

    It is ts_rank_cd, and ts_rank where any of several parts will do.
    """
    closeness = wanted.tree is None or not is_alternative(wanted.tree)
    query = tsquery(" & ".join(wanted.texts))
    return SearchRank(F("vector"), query, cover_density=closeness, normalization=Value(1))


def _plain(counted: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {name: {one.value: one.count for one in values} for name, values in counted.items()}
