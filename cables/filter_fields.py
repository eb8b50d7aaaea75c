"""The fields of the search filter: what each parameter of an address may hold, and what is said of a wrong one."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import DateField, F, Func, QuerySet

from cables.search.moving import LONGEST_CAPTION
from cables.search.values import countries_named

_DAY = Func(F("day"), template="(%(expressions)s + 0)", output_field=DateField())
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


def span(text: str) -> tuple[date, date]:
    """Return the first and last day of a year, month or day ("2005", "2005-02"); raises ValueError for all else."""
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    first = date(year or 0, month or 1, day or 1)
    last_month = month or 12
    return first, date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])


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
            return span(text)[1 if self.last else 0]
        except ValueError:
            raise forms.ValidationError(f"“{text}” is no date: write 2005, 2005-02 or 2005-02-10.") from None


class PartialDateFilter(django_filters.Filter):
    """A filter on the day that an entry's cable was sent."""

    field_class = PartialDateField

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        """Return the entries of such a day.

        The comparison is written so that no index serves it: with the index of days the planner would read the vectors
        of all cables of that time, and the index of words finds the hits by itself.
        """
        return qs.alias(sent=_DAY).filter(**{f"sent__{self.lookup_expr}": value}) if value else qs


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


class CountryField(forms.MultipleChoiceField):
    """Countries of posts, by code or name, any number of them; the values are as Post.country holds them."""

    def to_python(self, value: Any) -> list[str]:
        """Return the countries; raises ValidationError for what is none of the archive's."""
        countries: list[str] = []
        for name in super().to_python(value):
            if not name.strip():
                continue
            if not (named := countries_named(name.strip().replace("\x00", ""))):
                raise forms.ValidationError(f"“{name}” is not in this archive.")
            countries += [country for country in named if country not in countries]
        return countries

    def valid_value(self, _value: str) -> bool:
        """Take any: to_python has found it."""
        return True


class CountryFilter(django_filters.Filter):
    """A filter on one or more countries."""

    field_class = CountryField


class DatesField(forms.MultipleChoiceField):
    """Years, months or days, any number of them."""

    def to_python(self, value: Any) -> list[str]:
        """Return the dates as they are written; raises ValidationError for what is none."""
        dates = [text.strip() for text in super().to_python(value) if text.strip()]
        for text in dates:
            try:
                span(text)
            except ValueError:
                raise forms.ValidationError(f"“{text}” is no date: write 2005, 2005-02 or 2005-02-10.") from None
        return dates

    def valid_value(self, _value: str) -> bool:
        """Take any date: one that no cable is of leaves out none."""
        return True


class DatesFilter(django_filters.Filter):
    """A filter on one or more spans of time."""

    field_class = DatesField
