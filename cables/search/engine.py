"""One search: chosen entries and words in, hits, exact total and facets out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from cables.models import Cable, SearchEntry
from cables.search.facets import Facet, facets
from cables.search.finding import found, quick_plans
from cables.search.holdings import NO_DAY, Holdings, holdings
from cables.search.numbers import Numbers
from cables.search.query_tree import Node
from cables.search.ranking import Ranked, by_relevance
from cables.search.snippets import Snippet, snippets

HITS_A_PAGE = 25
FEW_HITS = 5


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
    how many of all hits are in the order of relevance, where that was asked for and not all are; `held` is how many
    cables were searched.
    """

    page: Page[int]
    hits: list[Hit]
    facets: dict[str, Facet]
    ranked: int | None
    held: int

    @property
    def total(self) -> int:
        """The number of cables found."""
        return self.page.paginator.count

    @property
    def has_few(self) -> bool:
        """Whether so few were found that the reader is offered another way to ask."""
        return self.total < FEW_HITS


def search(wanted: Wanted, page: str) -> Results:
    """Return a page of what is wanted; a number that is no page is the first, one too high the last."""
    with quick_plans():
        held = holdings()
        places = found(held, wanted.entries)
        in_order = ordered(held, places, wanted)
        chosen = Paginator(in_order.cables, HITS_A_PAGE).get_page(page)
        return Results(
            page=chosen,
            hits=_hits([int(number) for number in chosen.object_list], wanted.texts),
            facets=facets(held, places),
            ranked=in_order.ranked if in_order.ranked < len(places) and wanted.order == "relevance" else None,
            held=len(held.cables),
        )


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Every value that the cables found have of one facet, and how many cables that are, of all that are held."""

    values: Facet
    total: int
    held: int


def breakdown(entries: QuerySet[SearchEntry], facet: str) -> Breakdown:
    """Return every value of one facet, counted over these entries."""
    with quick_plans():
        held = holdings()
        places = found(held, entries)
        return Breakdown(facets(held, places, most=None)[facet], len(places), len(held.cables))


def ordered(held: Holdings, places: Numbers, wanted: Wanted) -> Ranked:
    """Return the cables at these places in the order that is wanted."""
    if wanted.order == "relevance" and wanted.texts and wanted.tree is not None:
        return by_relevance(held, places, wanted.tree, " & ".join(wanted.texts))
    if wanted.order == "oldest":
        undated = int(np.count_nonzero(held.days[places] == NO_DAY))  # they come last in either order
        dated = len(places) - undated
        places = np.concatenate([places[:dated][::-1], places[dated:]])
    return Ranked(held.cables[places], 0)


def _hits(cable_ids: list[int], texts: Sequence[str]) -> list[Hit]:
    cables = Cable.objects.for_lists().in_bulk(cable_ids)
    shown = snippets(texts, cable_ids) if texts and cable_ids else {}
    return [Hit(cables[cable_id], shown.get(cable_id)) for cable_id in cable_ids]
