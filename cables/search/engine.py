"""One search: chosen entries and words in, hits, exact total and facets out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection, transaction
from django.db.models import QuerySet

from cables.models import Cable, SearchEntry
from cables.search.facets import FacetValue, facets
from cables.search.holdings import NO_DAY, Holdings, holdings
from cables.search.numbers import Numbers, number_columns
from cables.search.query_tree import Node
from cables.search.ranking import Ranked, by_relevance
from cables.search.snippets import Snippet, snippets

HITS_A_PAGE = 25

# The planner takes the comparison of a vector with a query to cost nothing, and would read every vector; and readers
# are served faster side by side than each by several processes.
_PLANS = "SET LOCAL enable_seqscan = {switch}; SET LOCAL max_parallel_workers_per_gather = {workers}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants: entries that a filter has chosen, in an order ("relevance", "newest" or "oldest").

    `tree` is the query they were chosen by, None for none, and `texts` what it asks for in texts, as arguments of
    to_tsquery: hits are ranked by all of them, and snippets show them.
    """

    entries: QuerySet[SearchEntry]
    order: str
    tree: Node | None = None
    texts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A cable that was found, and where its words are; no snippet where no words were asked for."""

    cable: Cable
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a search: a page of hits (its paginator knows the exact total) and facets over all hits.

    facets: name of the filter -> its values, the most frequent first (years and months in order of time). `ranked` is
    how many of all hits are in the order of relevance, where that was asked for and not all are.
    """

    page: Page[int]
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    ranked: int | None

    @property
    def total(self) -> int:
        """The number of cables found."""
        return self.page.paginator.count


def search(wanted: Wanted, page: str) -> Results:
    """Return a page of what is wanted; a number that is no page is the first, one too high the last."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLANS.format(switch="off", workers=0))
        held = holdings()
        places = _places(held, wanted.entries)
        ordered = _ordered(held, places, wanted)
        found = Paginator(ordered.cables, HITS_A_PAGE).get_page(page)
        results = Results(
            page=found,
            hits=_hits([int(number) for number in found.object_list], wanted.texts),
            facets=facets(held, places),
            ranked=ordered.ranked if ordered.ranked < len(places) and wanted.order == "relevance" else None,
        )
        cursor.execute(_PLANS.format(switch="on", workers="DEFAULT"))
    return results


def _places(held: Holdings, entries: QuerySet[SearchEntry]) -> Numbers:
    """Return the places of the entries, the newest first."""
    if not entries.query.where:
        return np.arange(len(held.cables), dtype=np.int32)
    try:
        query, parameters = entries.order_by().values("cable_id").query.sql_with_params()
    except EmptyResultSet:  # Django sees by itself that nothing can be found
        return np.empty(0, np.int32)
    (cables,) = number_columns(["cable_id"], query, parameters)
    return held.places(cables)


def _ordered(held: Holdings, places: Numbers, wanted: Wanted) -> Ranked:
    if wanted.order == "relevance" and wanted.texts and wanted.tree is not None:
        return by_relevance(held, places, wanted.tree, " & ".join(wanted.texts))
    if wanted.order == "oldest":
        undated = int(np.count_nonzero(held.days[places] == NO_DAY))  # they come last in either order
        dated = len(places) - undated
        places = np.concatenate([places[:dated][::-1], places[dated:]])
    return Ranked(held.cables[places], 0)


def _hits(cable_ids: list[int], texts: Sequence[str]) -> list[Hit]:
    cables = Cable.objects.for_lists().in_bulk(cable_ids)
    found = snippets(texts, cable_ids) if texts and cable_ids else {}
    return [Hit(cables[cable_id], found.get(cable_id)) for cable_id in cable_ids]
