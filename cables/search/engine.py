"""One search: chosen entries and words in, hits, exact total and facets out."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Func, IntegerField, QuerySet, Value

from cables.models import Cable, Classification, SearchEntry, Tag
from cables.search.matching import tsquery
from cables.search.snippets import Snippet, snippets

HITS_A_PAGE = 25
VALUES_A_FACET = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A cable that was found, and where its words are; no snippet where no words were asked for."""

    cable: Cable
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that hits have: as addresses carry it, as people read it, and how many hits have it."""

    value: str
    label: str
    count: int


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
    newest_first = [F("day").desc(nulls_last=True), F("cable_id").desc()]
    if by_relevance and ranked:
        # Closeness of the words counts, length is damped (normalisation 1).
        rank = SearchRank(F("vector"), tsquery(ranked), cover_density=True, normalization=Value(1))
        ordered = entries.order_by(rank.desc(), *newest_first)
    elif oldest_first:
        ordered = entries.order_by(F("day").asc(nulls_last=True), "cable_id")
    else:
        ordered = entries.order_by(*newest_first)
    found = Paginator(ordered.values_list("cable_id", flat=True), HITS_A_PAGE).get_page(page)
    return Results(found, _hits(list(found.object_list), ranked), facets(entries))


def _hits(cable_ids: list[int], ranked: str) -> list[Hit]:
    cables = Cable.objects.for_lists().in_bulk(cable_ids)
    found = snippets(ranked, cable_ids) if ranked and cable_ids else {}
    return [Hit(cables[cable_id], found.get(cable_id)) for cable_id in cable_ids]


def facets(entries: QuerySet[SearchEntry]) -> dict[str, list[FacetValue]]:
    """Return for each filter the values that the entries have, with exact counts."""
    return {name: count(entries.order_by()) for name, count in _FACETS.items()}


class _Unnest(Func):
    """Each value of an array as a row of its own."""

    function = "unnest"
    output_field = IntegerField()
    set_returning = True


def _origins(entries: QuerySet[SearchEntry]) -> list[FacetValue]:
    rows = entries.exclude(origin=None).values_list("origin__slug", "origin__name").annotate(count=Count("pk"))
    return [FacetValue(*row) for row in rows.order_by("-count", "origin__name")[:VALUES_A_FACET]]


def _tags(entries: QuerySet[SearchEntry]) -> list[FacetValue]:
    counts = entries.annotate(tag_id=_Unnest("tag_ids")).values_list("tag_id").annotate(count=Count("pk"))
    most = dict(counts.order_by("-count", "tag_id")[:VALUES_A_FACET])
    tags = Tag.objects.in_bulk(most)
    return [FacetValue(tags[pk].code, tags[pk].title, count) for pk, count in most.items()]


def _classifications(entries: QuerySet[SearchEntry]) -> list[FacetValue]:
    rows = entries.values_list("classification").annotate(count=Count("pk")).order_by("-classification")
    levels = ((Classification(value), count) for value, count in rows)
    return [FacetValue(level.slug, level.label, count) for level, count in levels]


def _years(entries: QuerySet[SearchEntry]) -> list[FacetValue]:
    rows = entries.exclude(year=None).values_list("year").annotate(count=Count("pk")).order_by("year")
    return [FacetValue(str(year), str(year), count) for year, count in rows]


_FACETS = {"origin": _origins, "tag": _tags, "classification": _classifications, "year": _years}
