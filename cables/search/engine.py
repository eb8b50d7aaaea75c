"""One search: chosen entries and words in, hits, exact total and facets out."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.core.paginator import Page, Paginator
from django.db import connection, transaction
from django.db.models import F, QuerySet, Value

from cables.models import Cable, SearchEntry
from cables.search.facets import FacetValue, facets
from cables.search.matching import tsquery
from cables.search.snippets import Snippet, snippets

HITS_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Hit:
    """A cable that was found, and where its words are; no snippet where no words were asked for."""

    cable: Cable
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a search: a page of hits (its paginator knows the exact total) and facets over all hits.

    facets: name of the filter -> its values, the most frequent first (years in order of time).
    """

    page: Page[int]
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]

    @property
    def total(self) -> int:
        """The number of cables found."""
        return self.page.paginator.count


def search(
    entries: QuerySet[SearchEntry], ranked: str, *, by_relevance: bool, oldest_first: bool, page: str
) -> Results:
    """Return a page of the entries, which a filter has chosen already.

    `ranked` is the argument of to_tsquery that they are ranked by and that snippets show, "" for none.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if ranked:
            # The planner takes the comparison of a vector with a query to cost nothing, and would read every vector.
            cursor.execute("SET LOCAL enable_seqscan = off")
        found = Paginator(_ordered(entries, ranked, by_relevance, oldest_first), HITS_A_PAGE).get_page(page)
        results = Results(found, _hits(list(found.object_list), ranked), facets(entries))
        cursor.execute("SET LOCAL enable_seqscan = on")
    return results


def _ordered(
    entries: QuerySet[SearchEntry], ranked: str, by_relevance: bool, oldest_first: bool
) -> QuerySet[SearchEntry, int]:
    newest_first = [F("day").desc(nulls_last=True), F("cable_id").desc()]
    if by_relevance and ranked:
        # Closeness of the words counts, length is damped (normalisation 1).
        rank = SearchRank(F("vector"), tsquery(ranked), cover_density=True, normalization=Value(1))
        ordered = entries.order_by(rank.desc(), *newest_first)
    elif oldest_first:
        ordered = entries.order_by(F("day").asc(nulls_last=True), "cable_id")
    else:
        ordered = entries.order_by(*newest_first)
    return ordered.values_list("cable_id", flat=True)


def _hits(cable_ids: list[int], ranked: str) -> list[Hit]:
    cables = Cable.objects.for_lists().in_bulk(cable_ids)
    found = snippets(ranked, cable_ids) if ranked and cable_ids else {}
    return [Hit(cables[cable_id], found.get(cable_id)) for cable_id in cable_ids]
