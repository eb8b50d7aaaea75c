"""References: what a cable cites, whether it is held or not."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, models, transaction

from cables.models.identifier_field import IdentifierField
from cables.models.withholding import SHOWN, Withholding

NAMES = """
WITH name AS (
    SELECT identifier AS known_as, id FROM cables_cable
    UNION ALL
    SELECT alias.identifier, cable.id FROM cables_alias alias JOIN cables_cable cable ON cable.identifier = alias.target
    WHERE NOT EXISTS (SELECT FROM cables_cable WHERE identifier = alias.identifier)
)
"""
"""Beginning of a statement that asks which cable (`id`) an identifier means, canonical or alias (`known_as`)."""
ASTRAY = """
reference.target_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM name WHERE known_as = reference.target_identifier AND id = reference.target_id
    AND id <> reference.cable_id
)
"""
"""Condition of a reference that points to another cable than the one it means."""

# A cable that names itself in its own REF line cites nothing. From and to a withheld cable nothing leads.
_SETTLE = f"""
{NAMES}
UPDATE cables_reference reference SET target_id = name.id
FROM name
WHERE reference.target_id IS NULL AND reference.target_identifier <> ''
  AND reference.target_identifier = name.known_as AND name.id <> reference.cable_id
  AND {SHOWN.format(cable="name.id")} AND {SHOWN.format(cable="reference.cable_id")}
"""  # noqa: S608 - put together from the constants above
_RELEASE = f"{NAMES} UPDATE cables_reference reference SET target_id = NULL WHERE {ASTRAY}"  # noqa: S608 - likewise
_SETTLE_TO_THESE = f"{_SETTLE} AND name.id = ANY(%(cables)s)"
# What each of them means is looked up by itself: joined with all names, a few cables would cost as much as all.
_SETTLE_OF_THESE = f"""
UPDATE cables_reference reference SET target_id = meant.id
FROM cables_reference own
CROSS JOIN LATERAL (
    SELECT id FROM cables_cable WHERE identifier = own.target_identifier
    UNION ALL
    SELECT cable.id FROM cables_alias alias JOIN cables_cable cable ON cable.identifier = alias.target
    WHERE alias.identifier = own.target_identifier
    LIMIT 1
) meant
WHERE own.cable_id = ANY(%(cables)s) AND own.target_id IS NULL AND own.target_identifier <> ''
  AND meant.id <> own.cable_id AND reference.cable_id = own.cable_id AND reference.position = own.position
  AND {SHOWN.format(cable="meant.id")}
"""  # noqa: S608 - likewise
_OPEN = """
UPDATE cables_reference SET target_id = NULL
WHERE target_id IS NOT NULL AND (cable_id = ANY(%(cables)s) OR target_id = ANY(%(cables)s))
"""


class ReferenceManager(models.Manager["Reference"]):
    """Verbs on many references."""

    def settle_anew(self, cable_ids: list[int]) -> None:
        """Let the references of these cables, and those to them, lead to what they mean now that it may be another."""
        with transaction.atomic():
            # Before a reference is locked: who withholds waits for this, and not each for the other.
            Withholding.objects.among([])
            self._open(cable_ids)
            self.settle(cable_ids)

    def settle(self, cable_ids: list[int]) -> int:
        """Point open references of these cables, and open ones that mean these, to the cables held; return how many.

        Those from and to cables that are withheld are opened.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            withheld = Withholding.objects.among(cable_ids)
            self._open(withheld)
            settled = 0
            for statement in (_SETTLE_OF_THESE, _SETTLE_TO_THESE):
                cursor.execute(statement, {"cables": [number for number in cable_ids if number not in withheld]})
                settled += cursor.rowcount
            return settled

    def release_astray(self) -> int:
        """Open every reference that points to another cable than the one it means, or where none may; return how
        many."""
        with transaction.atomic(), connection.cursor() as cursor:
            Withholding.objects.among([])
            cursor.execute(_RELEASE)
            return cursor.rowcount + self._open(Withholding.objects.values_list("cable_id", flat=True))

    def settle_all(self) -> int:
        """Point every open reference to the cable that it means, where that is held; return how many."""
        with transaction.atomic(), connection.cursor() as cursor:
            Withholding.objects.among([])
            cursor.execute(_SETTLE)
            return cursor.rowcount

    def _open(self, cable_ids: Collection[int]) -> int:
        """Let no reference lead from these cables or to them; return how many did."""
        if not cable_ids:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, {"cables": list(cable_ids)})
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
