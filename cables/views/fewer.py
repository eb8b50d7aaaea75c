"""What a search that finds little could ask for instead, each with the number of cables that it finds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from cables.filters import CableFilter
from cables.search.engine import Results
from cables.search.in_time import in_time

MILLISECONDS_AN_OFFER = 100
"""Time to count what an offer finds; one that takes longer is made without a number."""
MOST_OFFERS = 6


@dataclass(frozen=True, slots=True)
class Wider:
    """A search that asks for less: what it leaves out, its query string, how many cables it finds (None: not known)."""

    label: str
    query_string: str
    count: int | None


def without_one(chosen: CableFilter, results: Results) -> list[Wider]:
    """Return, where nothing was found, the same search without one of its filters or its words, if that finds any."""
    chips = chosen.chips
    if results.total or len(chips) < 2:
        return []
    offers = [_offer(chip.label, chip.query_string) for chip in chips[:MOST_OFFERS]]
    return [offer for offer in offers if offer.count != 0]


def any_word(chosen: CableFilter, results: Results) -> Wider | None:
    """Return, where few cables have all of the words, the search for those that have any, if that finds more."""
    if not results.has_few or not (query_string := chosen.any_words_query_string):
        return None
    offer = _offer("", query_string)
    return offer if offer.count is None or offer.count > results.total else None


def _offer(label: str, query_string: str) -> Wider:
    entries = CableFilter(QueryDict(query_string)).qs
    return Wider(label, query_string, in_time(MILLISECONDS_AN_OFFER, entries.count))
