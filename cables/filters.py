"""The filter of every search: the only reader of the query string.

Each wrong value leaves its filter out and gives a message; `chips` are the filters in force, each with the address that
takes it away, and `with_value` is the address that adds one, so that pages never build a query string themselves.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from cables.models import Classification, Post, SearchEntry, Tag
from cables.search.language import Reading, clean, read_query
from cables.search.matching import Matching, matching

_LEVELS = {level.slug: str(level.label) for level in reversed(Classification)}
LONGEST_CAPTION = 60
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class Sort:
    """The orders of results, as addresses carry them."""

    RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
    CHOICES = ((RELEVANCE, "Relevance"), (NEWEST, "Newest first"), (OLDEST, "Oldest first"))


class PartialDateField(forms.CharField):
    """A day, a month or a year ("2005-02-10", "2005-02", "2005"): its first day, or its last where `last` is set."""

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.last = last

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        """Return the day, None where nothing is asked for; raises ValidationError for what is no date."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return self._day(text)
        except ValueError:
            raise forms.ValidationError(f"“{text}” is no date: write 2005, 2005-02 or 2005-02-10.") from None

    def _day(self, text: str) -> date:
        match = _PARTIAL_DATE.fullmatch(text)
        if match is None:
            raise ValueError(text)
        year = int(match[1])
        month = int(match[2]) if match[2] else None
        day = int(match[3]) if match[3] else None
        if month is None:
            month = 12 if self.last else 1
        if day is None:
            day = calendar.monthrange(year, month)[1] if self.last else 1
        return date(year, month, day)


class PartialDateFilter(django_filters.Filter):
    """A filter on a day."""

    field_class = PartialDateField


class NamedMultipleField(forms.ModelMultipleChoiceField):
    """Rows by the names that addresses carry; case does not count."""

    default_error_messages = {"invalid_choice": "“%(value)s” is not in this archive."}

    def __init__(self, *args: Any, upper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upper = upper

    def clean(self, value: Any) -> QuerySet[Any]:
        names = [name.strip().replace("\x00", "") for name in value or () if name.strip()]
        return super().clean([name.upper() if self.upper else name.lower() for name in names])


class NamedMultipleFilter(django_filters.Filter):
    """A filter on one or more rows."""

    field_class = NamedMultipleField


class CaptionField(forms.MultipleChoiceField):
    """Captions ("NOFORN"), any number of them; case does not count."""

    def to_python(self, value: Any) -> list[str]:
        """Return the captions as cables hold them."""
        return [name.strip().upper().replace("\x00", "") for name in super().to_python(value) if name.strip()]

    def valid_value(self, value: str) -> bool:
        """Take any: one that no cable has finds none."""
        return len(value) <= LONGEST_CAPTION


class CaptionFilter(django_filters.Filter):
    """A filter on one or more captions."""

    field_class = CaptionField


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: what it says, and the query string without it."""

    label: str
    query_string: str


class CableFilter(django_filters.FilterSet):
    """Words, TAGS, origins, classifications and dates, over search entries."""

    q = django_filters.CharFilter(method="with_words", label="Words")
    tag = NamedMultipleFilter(
        method="with_tags", queryset=Tag.objects.all(), to_field_name="code", upper=True, label="TAGS"
    )
    origin = NamedMultipleFilter(method="of_origins", queryset=Post.objects.all(), to_field_name="slug", label="Origin")
    classification = django_filters.MultipleChoiceFilter(
        method="of_classifications",
        choices=list(_LEVELS.items()),
        label="Classification",
    )
    caption = CaptionFilter(method="with_captions", label="Caption")
    since = PartialDateFilter(field_name="day", lookup_expr="gte", label="From")
    until = PartialDateFilter(field_name="day", lookup_expr="lte", last=True, label="To")
    sort = django_filters.ChoiceFilter(method="in_order", choices=Sort.CHOICES, label="Sort by")

    class Meta:
        model = SearchEntry
        fields: list[str] = []

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        super().__init__(data, queryset=SearchEntry.objects.all(), **kwargs)

    def with_words(self, entries: QuerySet[SearchEntry], _name: str, typed: str) -> QuerySet[SearchEntry]:
        """Return the entries that the words find."""
        return entries.filter(self.matching.condition) if clean(typed) else entries

    def with_tags(self, entries: QuerySet[SearchEntry], _name: str, tags: QuerySet[Tag]) -> QuerySet[SearchEntry]:
        """Return the entries that have all of the TAGS."""
        chosen = [tag.pk for tag in tags]
        return entries.filter(tag_ids__contains=chosen) if chosen else entries

    def of_origins(self, entries: QuerySet[SearchEntry], _name: str, posts: QuerySet[Post]) -> QuerySet[SearchEntry]:
        """Return the entries from any of the origins."""
        chosen = [post.pk for post in posts]
        return entries.filter(origin__in=chosen) if chosen else entries

    def of_classifications(self, entries: QuerySet[SearchEntry], _name: str, slugs: list[str]) -> QuerySet[SearchEntry]:
        """Return the entries of any of the classifications."""
        levels = [level for level in Classification if level.slug in slugs]
        return entries.filter(classification__in=levels) if levels else entries

    def with_captions(self, entries: QuerySet[SearchEntry], _name: str, captions: list[str]) -> QuerySet[SearchEntry]:
        """Return the entries that have all of the captions."""
        return entries.filter(captions__contains=captions) if captions else entries

    def in_order(self, entries: QuerySet[SearchEntry], _name: str, _sort: str) -> QuerySet[SearchEntry]:
        """Return the entries as they are: the engine sorts."""
        return entries

    @property
    def words(self) -> str:
        """The words asked for, fit for the engine."""
        return clean(self._value("q") or "")

    @cached_property
    def reading(self) -> Reading:
        """How the words asked for are understood."""
        return read_query(self.words)

    @cached_property
    def matching(self) -> Matching:
        """What they ask of the entries."""
        return matching(self.reading.tree)

    @property
    def notes(self) -> list[str]:
        """What to tell the reader of how the words were understood."""
        return [*self.reading.notes, *self.matching.notes]

    @property
    def order(self) -> str:
        """The order asked for; by relevance where there are words and nothing else is said."""
        asked = self._value("sort")
        if asked and (self.words or asked != Sort.RELEVANCE):
            return str(asked)
        return Sort.RELEVANCE if self.words else Sort.NEWEST

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
        return [Chip(label, self.query_string(without=(name, value))) for name, value, label in self._in_force()]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The filters in force that the search form has no field of its own for: (name, value)."""
        return [(name, value) for name, value, _ in self._in_force() if name not in {"q", "since", "until"}]

    def chosen(self, name: str) -> set[str]:
        """Return the values in force of one filter, as addresses carry them."""
        return {value for filter_name, value, _ in self._in_force() if filter_name == name}

    def query_string(
        self,
        *,
        without: tuple[str, str] | None = None,
        adding: tuple[str, str] | None = None,
        **replaced: str,
    ) -> str:
        """Return the query string of the same search less one value, with one more, or with values replaced."""
        query = QueryDict(mutable=True)
        for name, value, _ in self._in_force():
            if (name, value) != without:
                query.appendlist(name, value)
        if self._value("sort"):
            query["sort"] = self.order
        if adding and adding[1] not in query.getlist(adding[0]):
            query.appendlist(*adding)
        for name, value in replaced.items():
            query[name] = value
        return query.urlencode()

    @property
    def newest_query_string(self) -> str:
        """The query string of the same search by date."""
        return self.query_string(sort=Sort.NEWEST)

    def _value(self, name: str) -> Any:
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    def _in_force(self) -> Iterator[tuple[str, str, str]]:
        if self.words:
            yield "q", self.words, f"“{self.words}”"
        for tag in self._value("tag") or ():
            yield "tag", tag.code, f"{tag.code} · {tag.title}" if tag.title else tag.code
        for post in self._value("origin") or ():
            yield "origin", post.slug, post.name
        for slug in self._value("classification") or ():
            yield "classification", slug, _LEVELS[slug]
        for caption in self._value("caption") or ():
            yield "caption", caption, caption
        for name, label in (("since", "from"), ("until", "until")):
            if day := self._value(name):
                yield name, day.isoformat(), f"{label} {day:%-d %B %Y}"
