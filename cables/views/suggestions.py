"""Suggestions while typing, and the query that may have been meant."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from cables.filters import CableFilter
from cables.search.engine import FEW_HITS
from cables.search.spelling import did_you_mean
from cables.search.suggestions import Suggestion, suggest

SECONDS_KEPT = 300


@cache_control(public=True, max_age=SECONDS_KEPT)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer with what may be meant by what is typed so far, as options of a list: a fragment, no page."""
    typed = request.GET.get("q", "")
    context = {"suggestions": [_shown(suggestion, typed.strip()) for suggestion in suggest(typed)]}
    return render(request, "cables/_suggestions.html", context)


def _shown(suggestion: Suggestion, typed: str) -> Suggestion:
    """Return it with what was typed in it: browsers show only options that hold that, in their value or their words."""
    if typed.lower() in f"{suggestion.query}\n{suggestion.meaning}".lower():
        return suggestion
    return Suggestion(suggestion.query, f"{suggestion.meaning} ({typed})" if suggestion.meaning else typed)


@dataclass(frozen=True, slots=True)
class Offer:
    """A query that may have been meant, and the query string that searches for it with the filters kept."""

    query: str
    query_string: str


def correction(chosen: CableFilter, total: int) -> Offer | None:
    """Return the query that may have been meant where a search found few cables; it finds some."""
    if total >= FEW_HITS or not chosen.words:
        return None
    others = CableFilter(QueryDict(chosen.query_string(without=[("q", chosen.words)])))
    found = did_you_mean(chosen.reading, others.qs)
    return Offer(found.query, chosen.query_string(q=found.query)) if found else None
