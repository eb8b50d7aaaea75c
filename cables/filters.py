"""The filter of every search: the only reader of the query string.

Fields of a query that a filter can say become filters (search/moving.py): "q=visa tag:PHUM" and "q=visa&tag=PHUM" are
one search, and the second is its address. Each wrong value leaves its filter out and gives a message; `chips` are the
filters in force, each with the address that takes it away, and `adding` and `excluding` are the addresses that add one,
so that pages never build a query string themselves.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from cables.filter_fields import CaptionFilter, CountryFilter, DatesFilter, NamedMultipleFilter, PartialDateFilter, span
from cables.models import Classification, Post, SearchEntry, Tag
from cables.search.engine import Wanted
from cables.search.language import Reading, read_query
from cables.search.lookup import NearIdentifiers, near_identifiers
from cables.search.matching import Matching, matching
from cables.search.moving import moved
from cables.search.query_tree import any_instead
from cables.search.typed import clean
from cables.search.values import country_name, posts_in
from cables.search.wording import written

_LEVELS = {level.slug: str(level.label) for level in reversed(Classification)}
_FACETS = ("tag", "origin", "country", "classification", "caption")
_SPANS = {"year": 4, "month": 7}  # characters of an ISO date that name it
_DAYS = (("since", "from"), ("until", "until"))
_SHOWN = ("since", "until")  # fields that the search form always shows


class Sort:
    """The orders of results, as addresses carry them."""

    RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
    CHOICES = ((RELEVANCE, "Relevance"), (NEWEST, "Newest first"), (OLDEST, "Oldest first"))


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: what it says, and the query string without it."""

    label: str
    query_string: str


class CableFilter(django_filters.FilterSet):
    """Words, TAGS, origins, countries, classifications, captions and dates, over search entries.

    Of TAGS and captions a cable must have all, of the others one; it must have none that a filter "not_…" names.
    """

    q = django_filters.CharFilter(method="with_words", label="Words")
    tag = NamedMultipleFilter(
        method="with_tags", queryset=Tag.objects.all(), to_field_name="code", upper=True, label="TAGS"
    )
    origin = NamedMultipleFilter(method="of_origins", queryset=Post.objects.all(), to_field_name="slug", label="Origin")
    country = CountryFilter(method="of_countries", label="Country")
    classification = django_filters.MultipleChoiceFilter(
        method="of_classifications", choices=list(_LEVELS.items()), label="Classification"
    )
    caption = CaptionFilter(method="with_captions", label="Caption")
    since = PartialDateFilter(field_name="day", lookup_expr="gte", label="From")
    until = PartialDateFilter(field_name="day", lookup_expr="lte", last=True, label="To")
    not_tag = NamedMultipleFilter(
        method="without_tags", queryset=Tag.objects.all(), to_field_name="code", upper=True, label="Not TAGS"
    )
    not_origin = NamedMultipleFilter(
        method="of_origins", queryset=Post.objects.all(), to_field_name="slug", label="Not origin"
    )
    not_country = CountryFilter(method="of_countries", label="Not country")
    not_classification = django_filters.MultipleChoiceFilter(
        method="of_classifications", choices=list(_LEVELS.items()), label="Not classification"
    )
    not_caption = CaptionFilter(method="without_captions", label="Not caption")
    not_date = DatesFilter(method="of_other_times", label="Not")
    sort = django_filters.ChoiceFilter(method="in_order", choices=Sort.CHOICES, label="Sort by")

    class Meta:
        model = SearchEntry
        fields: list[str] = []

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        self.reading = read_query(data.get("q", ""))
        """How the words asked for are understood, fields that became filters included."""
        dressed = _dressed(data, self.reading)
        # To make a filter and its field takes longer than to ask by it: only those that are needed are made.
        needed = {*dressed, *_SHOWN}
        self.base_filters = OrderedDict(item for item in self.base_filters.items() if item[0] in needed)
        super().__init__(dressed, queryset=SearchEntry.objects.all(), **kwargs)

    def with_words(self, entries: QuerySet[SearchEntry], _name: str, typed: str) -> QuerySet[SearchEntry]:
        """Return the entries that the words find."""
        return entries.filter(self.matching.condition) if clean(typed) else entries

    def with_tags(self, entries: QuerySet[SearchEntry], _name: str, tags: QuerySet[Tag]) -> QuerySet[SearchEntry]:
        """Return the entries that have all of the TAGS."""
        chosen = _keys(tags)
        return entries.filter(tag_ids__contains=chosen) if chosen else entries

    def without_tags(self, entries: QuerySet[SearchEntry], _name: str, tags: QuerySet[Tag]) -> QuerySet[SearchEntry]:
        """Return the entries that have none of the TAGS."""
        chosen = _keys(tags)
        return entries.exclude(tag_ids__overlap=chosen) if chosen else entries

    def of_origins(self, entries: QuerySet[SearchEntry], name: str, posts: Iterable[Post]) -> QuerySet[SearchEntry]:
        """Return the entries from any of the origins, or from none of them."""
        chosen = _keys(posts)
        return _narrowed(entries, name, origin__in=chosen) if chosen else entries

    def of_countries(self, entries: QuerySet[SearchEntry], name: str, countries: list[str]) -> QuerySet[SearchEntry]:
        """Return the entries from posts in any of the countries, or in none of them."""
        return self.of_origins(entries, name, posts_in(countries)) if countries else entries

    def of_classifications(self, entries: QuerySet[SearchEntry], name: str, slugs: list[str]) -> QuerySet[SearchEntry]:
        """Return the entries of any of the classifications, or of none of them."""
        levels = [level for level in Classification if level.slug in slugs]
        return _narrowed(entries, name, classification__in=levels) if levels else entries

    def with_captions(self, entries: QuerySet[SearchEntry], _name: str, captions: list[str]) -> QuerySet[SearchEntry]:
        """Return the entries that have all of the captions."""
        return entries.filter(captions__contains=captions) if captions else entries

    def without_captions(
        self, entries: QuerySet[SearchEntry], _name: str, captions: list[str]
    ) -> QuerySet[SearchEntry]:
        """Return the entries that have none of the captions."""
        return entries.exclude(captions__overlap=captions) if captions else entries

    def of_other_times(self, entries: QuerySet[SearchEntry], _name: str, dates: list[str]) -> QuerySet[SearchEntry]:
        """Return the entries of none of the years, months and days; those without a date are among them."""
        for first, last in map(span, dates):
            entries = entries.exclude(day__range=(first, last))
        return entries

    def in_order(self, entries: QuerySet[SearchEntry], _name: str, _sort: str) -> QuerySet[SearchEntry]:
        """Return the entries as they are: the engine sorts."""
        return entries

    @property
    def words(self) -> str:
        """The words asked for, without what became filters, fit for the engine."""
        return clean(self._value("q") or "")

    @cached_property
    def matching(self) -> Matching:
        """What they ask of the entries."""
        return matching(read_query(self.words).tree)

    @property
    def wanted(self) -> Wanted:
        """What the engine is to find, in the order asked for."""
        return Wanted(self.qs, self.order, self.matching.tree, self.matching.texts)

    @property
    def notes(self) -> list[str]:
        """What to tell the reader of how the words were understood."""
        since, until = self.ends
        ends_first = ["The time asked for ends before it begins."] if since and until and until < since else []
        return [*self.reading.notes, *self.matching.notes, *ends_first]

    @property
    def order(self) -> str:
        """The order asked for; by relevance where there are words and nothing else is said."""
        asked = self._value("sort")
        if asked and (self.words or asked != Sort.RELEVANCE):
            return str(asked)
        return Sort.RELEVANCE if self.words else Sort.NEWEST

    @property
    def last_day(self) -> date | None:
        """The last day asked for."""
        return self.ends[1]

    @property
    def problems(self) -> list[str]:
        """What is wrong with the query string, in words for the reader."""
        return [
            f"{self.form.fields[name].label}: {message}"
            for name, messages in self.form.errors.items()
            for message in messages
        ]

    @property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return [Chip(label, self.query_string(without=[(name, value)])) for name, value, label in self._in_force]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The filters in force that the search form has no field of its own for: (name, value)."""
        return [(name, value) for name, value, _ in self._in_force if name not in {"q", "since", "until"}]

    @cached_property
    def near(self) -> NearIdentifiers:
        """What the words may have meant, where they are an identifier that no cable has."""
        return near_identifiers(self.words)

    def chosen(self, name: str) -> set[str]:
        """Return the values in force of one facet, as addresses carry them; the year or month that both ends lie in."""
        if name not in _SPANS:
            return {value for filter_name, value, _ in self._in_force if filter_name == name}
        ends = {day.isoformat()[: _SPANS[name]] if day else "" for day in self.ends}
        return ends - {""} if len(ends) == 1 else set()

    def query_string(
        self, *, without: Iterable[tuple[str, str]] = (), adding: tuple[str, str] | None = None, **replaced: str
    ) -> str:
        """Return the query string of the same search less some values, with one more, or with values replaced."""
        # No QueryDict: a page of results has two hundred such addresses, and makes them in an eighth of the time.
        query: dict[str, list[str]] = {}
        for name, value, _ in self._in_force:
            if (name, value) not in without:
                query.setdefault(name, []).append(value)
        if self._value("sort"):
            query["sort"] = [self.order]
        if adding and adding[1] not in query.get(adding[0], ()):
            query.setdefault(adding[0], []).append(adding[1])
        query |= {name: [value] for name, value in replaced.items()}
        return urlencode(query, doseq=True)

    def adding(self, name: str, value: str) -> str:
        """Return the query string of the same search with a facet's value; a year or month narrows the days."""
        if name not in _SPANS:
            return self.query_string(adding=(name, value))
        first, last = span(value)
        since, until = self.ends
        return self.query_string(since=str(max(since or first, first)), until=str(min(until or last, last)))

    def excluding(self, name: str, value: str) -> str:
        """Return the query string of the same search without the cables that have a facet's value."""
        return self.query_string(adding=(f"not_{'date' if name in _SPANS else name}", value))

    def removing(self, name: str, value: str) -> str:
        """Return the query string of the same search without a facet's value that is in force."""
        if name not in _SPANS:
            return self.query_string(without=[(name, value)])
        return self.query_string(without=[(n, v) for n, v, _ in self._in_force if n in {"since", "until"}])

    @property
    def newest_query_string(self) -> str:
        """The query string of the same search by date."""
        return self.query_string(sort=Sort.NEWEST)

    @property
    def any_words_query_string(self) -> str:
        """The query string of the same search with any of its words enough, "" where it asks for one only."""
        instead = any_instead(self.matching.tree)
        return self.query_string(q=written(instead)) if instead else ""

    @property
    def ends(self) -> tuple[date | None, date | None]:
        """The first and last day asked for, None where that end is open."""
        return self._value("since"), self._value("until")

    def _value(self, name: str) -> Any:
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    @cached_property
    def _in_force(self) -> list[tuple[str, str, str]]:
        """Each filter in force: name, value as addresses carry it, what it says; a page asks some hundred times."""
        return list(self._filters_in_force())

    def _filters_in_force(self) -> Iterator[tuple[str, str, str]]:
        if self.words:
            yield "q", self.words, f"“{self.words}”"
        for facet in _FACETS:
            for value, label in _told(facet, self._value(facet) or ()):
                yield facet, value, label
        for name, label in _DAYS:
            if day := self._value(name):
                yield name, day.isoformat(), f"{label} {day.day} {day:%B} {day.year}"
        for facet in (*_FACETS, "date"):
            for value, label in _told(facet, self._value(f"not_{facet}") or ()):
                yield f"not_{facet}", value, f"not {label}"


def _dressed(data: QueryDict, reading: Reading) -> QueryDict:
    """Return the query string with the fields of its words as filters; as it is where that would say something else."""
    taken = {name for name in data if any(value.strip() for value in data.getlist(name))}
    found = moved(reading.tree, taken)
    rest = written(found.rest)
    if not found.filters or read_query(rest).tree != found.rest or _wrong(data, taken & found.filters.keys()):
        return data
    dressed = data.copy()
    dressed["q"] = rest
    for name, values in found.filters.items():
        dressed.setlist(name, [*dressed.getlist(name), *(v for v in values if v not in dressed.getlist(name))])
    return dressed


def _wrong(data: QueryDict, names: Iterable[str]) -> bool:
    """Return whether one of these filters holds a wrong value, and so will be left out."""
    for name in names:
        try:
            deepcopy(CableFilter.base_filters[name]).field.clean(data.getlist(name))
        except ValidationError:
            return True
    return False


def _told(facet: str, values: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield each value of a filter as addresses carry it, and what it says."""
    for value in values:
        match value:
            case Tag():
                yield value.code, f"{value.code} · {value.title}" if value.title else value.code
            case Post():
                yield value.slug, value.name
            case _:
                name = str(value)
                yield name, {"country": country_name(name), "classification": _LEVELS.get(name, name)}.get(facet, name)


def _keys(rows: Iterable[Tag] | Iterable[Post]) -> list[int]:
    return [row.pk for row in rows]


def _narrowed(entries: QuerySet[SearchEntry], name: str, **asked: Any) -> QuerySet[SearchEntry]:
    """Return the entries that are as asked, or the others where the filter is an excluding one."""
    return entries.exclude(**asked) if name.startswith("not_") else entries.filter(**asked)
