"""The search that a reader came from to a cable: the place in it, the results beside it, the way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from cables.filters import CableFilter
from cables.models import Cable
from cables.search.in_time import in_time
from cables.search.neighbours import Place, place_in

MILLISECONDS = 2_000
"""A query of the search may take so long; the cable is what the reader came for, and does not wait for more."""


@dataclass(frozen=True, slots=True)
class CameFrom:
    """A search, and where a cable stands in it: `place` is None where it is not found, or not found in time."""

    chosen: CableFilter
    place: Place | None
    before: Cable | None = None
    after: Cable | None = None
    took_too_long: bool = False

    @property
    def told(self) -> str:
        """What was searched for, "" for everything."""
        return ", ".join(chip.label for chip in self.chosen.chips)

    @property
    def carried(self) -> str:
        """The end of an address that carries the search on."""
        return f"?{urlencode({'search': self.chosen.query_string()})}"

    @property
    def results_query_string(self) -> str:
        """The query string of the page of results that has the cable."""
        if self.place is None or self.place.page == 1:
            return self.chosen.query_string()
        return self.chosen.query_string(page=str(self.place.page))


def came_from(request: HttpRequest, cable: Cable) -> CameFrom | None:
    """Return the search that the address carries (`?search=` and its query string), None where it carries none.

    The page of results is no part of it: it follows from the place. A text that asks for nothing counts as none.
    """
    asked = request.GET.get("search")
    if asked is None:
        return None
    try:
        chosen = CableFilter(QueryDict(asked))
    except TooManyFieldsSent:
        return None
    if asked and not chosen.query_string():
        return None
    found = in_time(MILLISECONDS, lambda: (place_in(chosen.wanted, cable.pk),))
    if found is None:
        return CameFrom(chosen, None, took_too_long=True)
    (place,) = found
    if place is None:
        return CameFrom(chosen, None)
    beside = Cable.objects.for_lists().in_bulk([number for number in (place.before, place.after) if number])
    return CameFrom(chosen, place, beside.get(place.before or 0), beside.get(place.after or 0))
