"""What templates say of cables: badges, addresses elsewhere, query strings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import conditional_escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from cables.filters import CableFilter
from cables.models import Cable, Classification, Tag, Version
from cables.search.facets import FacetValue
from cables.sources import FORMS

register = template.Library()

# PlusD keeps each collection under a suffix of its own: Cablegate _a, the National Archives series by years.
_PLUSD = "https://wikileaks.org/plusd/cables/{identifier}_{collection}.html"
_COLLECTIONS = {"1973": "b", "1974": "b", "1975": "b", "1976": "b", "1977": "c", "1978": "d", "1979": "e"}


@register.simple_tag
def level_badge(cable: Cable) -> SafeString:
    """Return the classification with NOFORN beside it, in a frame that tells the level by its shape."""
    slug = Classification(cable.classification).slug
    return format_html('<span class="level {}">{}</span>', slug, cable.marking)


@register.filter
def level_slug(cable: Cable) -> str:
    """Return the classification as addresses carry it."""
    return Classification(cable.classification).slug


@register.filter
def title_in(tag: Tag, year: int | None) -> str:
    """Return what a TAG means in a cable of that year."""
    return tag.title_in(year)


@register.simple_tag
def corrected(corrections: Mapping[str, object], *fields: str) -> SafeString:
    """Return the mark of a fact that the archive has corrected, which leads to what the file says; else nothing."""
    if not any(field in corrections for field in fields):
        return SafeString()
    return SafeString(' <a class="corrected" href="#corrected">corrected</a>')


@register.filter
def lower_first(text: str) -> str:
    """Return a text that goes on after a colon: its first letter small, unless it begins a name in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


@register.simple_tag
def querystring_of(**values: str) -> str:
    """Return the query string of a search by filters."""
    return urlencode(values)


@register.filter
def wikileaks_address(cable: Cable) -> str:
    """Return the address of the same cable in WikiLeaks' Public Library of US Diplomacy (PlusD)."""
    collection = _COLLECTIONS.get(cable.identifier[:4], "a")
    return _PLUSD.format(identifier=cable.identifier, collection=collection)


@register.filter
def release_told(held: Cable | Version) -> str:
    """Return the name of the release that a cable or version came from, or else the form of its file."""
    if isinstance(held, Version):
        name, form = held.fields["release_name"], held.fields["form"]
    else:
        name, form = held.release_name, held.form
    return str(name or FORMS.get(form, form))


@register.filter
def has(chosen: CableFilter, name: str) -> set[str]:
    """Return the values in force of one filter."""
    return chosen.chosen(name)


@register.simple_tag
def facet_label(name: str, value: FacetValue) -> SafeString:
    """Return what a facet's value is called: a TAG by its code and its meaning."""
    if name != "tag":
        return conditional_escape(value.label)
    if value.label in {"", value.value}:
        return format_html('<span class="identifier">{}</span>', value.value)
    return format_html('<span class="identifier">{}</span> {}', value.value, value.label)


@register.filter
def near_pages(page: Page[Any]) -> list[int | str]:
    """Return the numbers of the first and last page and of those near this one, with an ellipsis where some lack."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.simple_tag
def querystring_page(chosen: CableFilter | str, number: int) -> str:
    """Return the query string of another page of the same list."""
    if isinstance(chosen, CableFilter):
        return chosen.query_string(page=str(number))
    return urlencode({"page": number})


@register.simple_tag
def address_in(chosen: CableFilter, cable: Cable) -> str:
    """Return the address of a cable's page that carries the search it was found by."""
    return f"{cable.get_absolute_url()}?{urlencode({'search': chosen.query_string()})}"


@register.simple_tag
def querystring_sort(chosen: CableFilter, order: str) -> str:
    """Return the query string of the same search in another order."""
    return chosen.query_string(sort=order)


@register.simple_tag
def querystring_add(chosen: CableFilter, name: str, value: str) -> str:
    """Return the query string of the same search with one more filter; a year is a span of dates."""
    return chosen.adding(name, value)


@register.simple_tag
def querystring_exclude(chosen: CableFilter, name: str, value: str) -> str:
    """Return the query string of the same search without what has this value."""
    return chosen.excluding(name, value)


@register.simple_tag
def querystring_remove(chosen: CableFilter, name: str, value: str) -> str:
    """Return the query string of the same search with one filter less."""
    return chosen.removing(name, value)
