"""The cables before and after a cable: of its post, and in a search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from cables.models import Cable
from cables.search.engine import HITS_A_PAGE, Wanted, ordered
from cables.search.finding import found, quick_plans
from cables.search.holdings import holdings


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cable stands in a search: the first has the number 1. `before` and `after` are numbers of cables."""

    number: int
    total: int
    before: int | None
    after: int | None

    @property
    def page(self) -> int:
        """The page of the results that has the cable."""
        return (self.number - 1) // HITS_A_PAGE + 1


def place_in(wanted: Wanted, cable_id: int) -> Place | None:
    """Return where a cable stands among what is wanted, in the very order of the results; None if it is not there."""
    with quick_plans():
        held = holdings()
        cables = ordered(held, found(held, wanted.entries), wanted).cables
    places = np.flatnonzero(cables == cable_id)
    if not len(places):
        return None
    here = int(places[0])
    return Place(
        number=here + 1,
        total=len(cables),
        before=int(cables[here - 1]) if here else None,
        after=int(cables[here + 1]) if here + 1 < len(cables) else None,
    )


def beside(cable: Cable) -> tuple[Cable | None, Cable | None]:
    """Return the cables, without their texts, that its post sent just before and just after a cable.

    They go by date, of one moment by number: the shorter identifier first, so that 05ATHENS9 comes before 05ATHENS10.
    Of a cable without post or date nothing can be said.
    """
    if cable.origin_id is None or cable.sent_at is None:
        return None, None
    of_post = Cable.objects.filter(origin=cable.origin_id).annotate(digits=Length("identifier"))
    digits = len(cable.identifier)
    here = Q(sent_at=cable.sent_at)
    earlier = here & (Q(digits__lt=digits) | Q(digits=digits, identifier__lt=cable.identifier))
    later = here & (Q(digits__gt=digits) | Q(digits=digits, identifier__gt=cable.identifier))
    # The first condition alone gives the index its range.
    before = of_post.filter(Q(sent_at__lte=cable.sent_at) & (Q(sent_at__lt=cable.sent_at) | earlier))
    after = of_post.filter(Q(sent_at__gte=cable.sent_at) & (Q(sent_at__gt=cable.sent_at) | later))
    both = [
        *_first(before.order_by("-sent_at", "-digits", "-identifier")).union(
            _first(after.order_by("sent_at", "digits", "identifier")), all=True
        )
    ]
    return (
        next((other for other in both if _order(other) < _order(cable)), None),
        next((other for other in both if _order(other) > _order(cable)), None),
    )


def _first(cables: QuerySet[Cable]) -> QuerySet[Cable]:
    return cables.only("identifier", "subject", "sent_at")[:1]


def _order(cable: Cable) -> tuple[datetime | None, int, str]:
    return cable.sent_at, len(cable.identifier), cable.identifier
