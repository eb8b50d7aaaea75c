"""Search entries made anew after a word changed that many cables are found by: the meaning of a TAG, a post's name."""

from __future__ import annotations

from django.db.models import QuerySet

from cables.ingest.turns import turn
from cables.models import Cable, CableTag, SearchEntry

AT_ONCE = 500
FEW = 200
"""Cables whose entries are made anew in the time that a person waits for a page."""


def cables_of_tag(number: int) -> QuerySet[CableTag, int]:
    """Return the numbers of the cables that have the TAG of this number."""
    return CableTag.objects.filter(tag=number).order_by("cable_id").values_list("cable_id", flat=True)


def cables_of_post(number: int) -> QuerySet[Cable, int]:
    """Return the numbers of the cables from the post of this number."""
    return Cable.everything.filter(origin=number).order_by("pk").values_list("pk", flat=True)


def find_anew_if_few(cables: QuerySet[CableTag, int] | QuerySet[Cable, int]) -> bool:
    """Make the entries of these cables anew if they are few, and return whether they are."""
    few = list(cables[: FEW + 1])
    if len(few) > FEW:
        return False
    SearchEntry.objects.refresh(few)
    return True


def find_anew(cables: QuerySet[CableTag, int] | QuerySet[Cable, int]) -> int:
    """Make the entries of these cables anew, and return how many there are; imports wait meanwhile, readers do not."""
    with turn(lambda: None):
        numbers = list(cables)
        for start in range(0, len(numbers), AT_ONCE):
            SearchEntry.objects.refresh(numbers[start : start + AT_ONCE])
    return len(numbers)
