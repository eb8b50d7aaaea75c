"""Cables withheld from the public, and the one rule by which readers never meet them.

A withheld cable stays as it is in the tables of the archive. What is derived from it goes: it has no search entry, and
no reference leads from it or to it (SearchEntryManager.refresh and ReferenceManager.settle see to that, whoever calls
them). `Cable.objects` leaves it out. What is left is SQL of our own over cables, their TAGS or their references, which
says SHOWN, and queries over such rows, which say `shown`.
"""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import connection, models
from django.db.models.expressions import Combinable, NegatedExpression

SHOWN = "NOT EXISTS (SELECT FROM cables_withholding withheld WHERE withheld.cable_id = {cable})"
"""Condition of a statement: the cable of this number is not withheld; `cable` is the column that has the number."""
MEANS_WITHHELD = """
EXISTS (
    SELECT FROM cables_cable meant JOIN cables_withholding withheld ON withheld.cable_id = meant.id
    WHERE meant.identifier IN ({name}, (SELECT target FROM cables_alias WHERE identifier = {name}))
)
"""
"""Condition of a statement: the identifier in this column, canonical or alias, means a cable that is withheld."""

_LOCK = 0xCAB1ED


def shown(cable: str) -> NegatedExpression[Combinable]:
    """Return the condition of a query that the cable whose number is in this field is not withheld."""
    return ~models.Exists(Withholding.objects.filter(cable=models.OuterRef(cable)))


class WithholdingManager(models.Manager["Withholding"]):
    """Verbs on many withholdings; `among` and `alone` must be called in a transaction."""

    def among(self, cable_ids: Collection[int]) -> set[int]:
        """Return which of these cables are withheld; until the transaction ends none is withheld or given back.

        So an entry or a reference that is being made while somebody withholds its cable is there before, and goes,
        or is not made at all.
        """
        self._lock("pg_advisory_xact_lock_shared")
        return set(self.filter(cable__in=cable_ids).values_list("cable_id", flat=True))

    def alone(self) -> None:
        """Wait until no other transaction holds what `among` said, and let none ask until this one ends."""
        self._lock("pg_advisory_xact_lock")

    def _lock(self, function: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_LOCK])


class Withholding(models.Model):
    """A cable that the public does not see, why, and since when. Its deletion gives the cable back.

    A cable cannot be deleted while it is withheld: imported again, it would be public.
    """

    cable = models.OneToOneField("Cable", on_delete=models.PROTECT, primary_key=True, related_name="withholding")
    reason = models.TextField(help_text="Everybody who asks for the cable reads this. It should name nobody.")
    note = models.TextField(blank=True, help_text="For administrators only: the letter, the court, the file number.")
    withheld_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)

    objects = WithholdingManager()

    class Meta:
        ordering = ["-since", "-cable_id"]
        verbose_name = "withheld cable"

    def __str__(self) -> str:
        return str(self.cable)
