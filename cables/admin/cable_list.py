"""What the list of cables shows: an identifier, begun or whole, or words of subjects; a year, a classification.

Words ask the indexes of search, filters what is held in memory; identifiers ask the table itself, so that a cable that
search does not know, as one that is withheld, is found by its name.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from numpy.typing import NDArray

from cables.admin.lists import MOST
from cables.models import Alias, Cable, Classification, SearchEntry
from cables.models.identifier_field import LONGEST_IDENTIFIER
from cables.models.search_gist import SearchGist
from cables.parsing.identifiers import canonical_identifier
from cables.search.days import days_of
from cables.search.finding import found, quick_plans
from cables.search.holdings import Holdings, holdings
from cables.search.language import read_query
from cables.search.matching import matching, tsquery
from cables.search.numbers import Numbers, number_columns
from cables.search.query_tree import is_text
from cables.search.text_query import text_query


class HeldFilter(admin.SimpleListFilter):
    """A filter over what is held in memory, together with the words: see `narrowed`."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Cable]) -> None:
        """Leave the narrowing to `narrowed`."""

    @classmethod
    def chosen(cls, held: Holdings, value: str) -> NDArray[np.bool_]:
        """Return by place whether a cable has the value; none has what is no value."""
        raise NotImplementedError


class YearFilter(HeldFilter):
    """The year in which a cable was sent."""

    title = "year"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the years that have cables, the newest first, each with how many."""
        years = days_of(holdings()).by_year()
        return [(str(year), f"{year} ({count:,})") for year, count in sorted(years.items(), reverse=True)]

    @classmethod
    def chosen(cls, held: Holdings, value: str) -> NDArray[np.bool_]:
        """Return the cables of the year."""
        if not re.fullmatch("[12][0-9]{3}", value):
            return np.zeros(len(held.days), bool)
        first, end = (np.datetime64(str(year), "D").astype(int) for year in (int(value), int(value) + 1))
        return (held.days >= first) & (held.days < end)


class ClassificationFilter(HeldFilter):
    """The classification of a cable."""

    title = "classification"
    parameter_name = "class"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the classifications that cables have, the highest first, each with how many."""
        counts = np.bincount(holdings().levels, minlength=len(Classification)).tolist()
        held = [(level, counts[level]) for level in reversed(Classification) if counts[level]]
        return [(level.slug, f"{level.label} ({count:,})") for level, count in held]

    @classmethod
    def chosen(cls, held: Holdings, value: str) -> NDArray[np.bool_]:
        """Return the cables of the classification."""
        return np.isin(held.levels, [level for level in Classification if level.slug == value])


FILTERS: tuple[type[HeldFilter], ...] = (YearFilter, ClassificationFilter)


def narrowed(cables: QuerySet[Cable], request: HttpRequest, term: str) -> QuerySet[Cable]:
    """Return those of the cables that a search term and the filters choose: of very many, the newest."""
    values = [(each, request.GET.get(each.parameter_name or "")) for each in FILTERS]
    filters = [(each, value) for each, value in values if value]
    named = _named(term)
    if named and not filters:
        return cables.filter(_one_of(named))
    if not filters and not term.strip():
        return cables
    with quick_plans():
        held = holdings()
        places = held.places(np.array(named, np.int32)) if named else _worded(held, term)
    for each, value in filters:
        places = places[each.chosen(held, value)[places]]
    return cables.filter(_one_of(held.cables[places[: MOST + 1]].tolist()))


def _one_of(numbers: list[int]) -> Q:
    """Return the condition of cables with one of these numbers, thousands of them as one value."""
    return Q(pk__in=RawSQL("SELECT unnest(%s::integer[])", [numbers]))


def _worded(held: Holdings, term: str) -> Numbers:
    """Return the places that have the words in subject, summary or TAGS, or are what the public search would find."""
    tree = read_query(term).tree
    if tree is None:
        return held.everywhere
    if not is_text(tree):
        return found(held, SearchEntry.objects.filter(matching(tree).condition))
    gists = SearchGist.objects.filter(words=tsquery(text_query(tree))).values("cable_id")
    (cables,) = number_columns(["cable_id"], *gists.query.sql_with_params())
    return held.places(cables)


def _named(term: str) -> list[int]:
    """Return the numbers of the cables whose identifier or alias begins with the term, or is another spelling of it."""
    compact = "".join(term.split()).upper()
    if not compact[:2].isdigit() or len(term) > LONGEST_IDENTIFIER or "\x00" in term:
        return []
    begun = Q(identifier__startswith=compact) | Q(identifier=canonical_identifier(compact))
    if compact[:2] in {"19", "20"} and compact[4:]:  # four digits of year: most identifiers have two
        begun |= Q(identifier__startswith=compact[2:])
    held = list(Cable.everything.filter(begun).order_by("identifier").values_list("pk", flat=True)[: MOST + 1])
    targets = Alias.objects.filter(begun).values("target")[: MOST + 1]
    return held + list(Cable.everything.filter(identifier__in=targets).order_by().values_list("pk", flat=True))
