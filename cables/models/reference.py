"""References: what a cable cites, whether it is held or not."""

from __future__ import annotations

from django.db import connection, models

from cables.models.identifier_field import IdentifierField

# A cable that names itself in its own REF line cites nothing.
_SETTLE = """
WITH name AS (
    SELECT identifier AS known_as, id FROM cables_cable
    UNION ALL
    SELECT alias.identifier, cable.id FROM cables_alias alias JOIN cables_cable cable ON cable.identifier = alias.target
    WHERE NOT EXISTS (SELECT FROM cables_cable WHERE identifier = alias.identifier)
)
UPDATE cables_reference reference SET target_id = name.id
FROM name
WHERE reference.target_id IS NULL AND reference.target_identifier <> ''
  AND reference.target_identifier = name.known_as AND name.id <> reference.cable_id
"""
_OF_THESE = " AND reference.cable_id = ANY(%(cables)s)"
_TO_THESE = " AND name.id = ANY(%(cables)s)"


class ReferenceManager(models.Manager["Reference"]):
    """Verbs on many references."""

    def settle(self, cable_ids: list[int]) -> int:
        """Point open references of these cables, and open ones that mean these, to the cables held; return how many."""
        with connection.cursor() as cursor:
            settled = 0
            for which in (_OF_THESE, _TO_THESE):  # each by an index of its own
                cursor.execute(_SETTLE + which, {"cables": cable_ids})
                settled += cursor.rowcount
            return settled

    def settle_all(self) -> int:
        """Point every open reference to the cable that it means, where that is held; return how many."""
        with connection.cursor() as cursor:
            cursor.execute(_SETTLE)
            return cursor.rowcount


class Reference(models.Model):
    """One item of a cable's REF line: label and words as printed, and the cable it means.

    `target_identifier` is canonical, whether the target is held or not; `target` is set once it is, whenever it comes.
    """

    pk = models.CompositePrimaryKey("cable_id", "position")
    cable = models.ForeignKey("Cable", on_delete=models.CASCADE, related_name="references", db_index=False)
    position = models.IntegerField()
    label = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    target_identifier = IdentifierField(blank=True)
    target = models.ForeignKey("Cable", on_delete=models.SET_NULL, null=True, blank=True, related_name="citations")

    objects = ReferenceManager()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["target_identifier"], name="reference_to")]

    def __str__(self) -> str:
        return self.target_identifier or self.text
