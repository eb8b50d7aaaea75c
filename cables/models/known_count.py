"""Cables that are known to exist, held or not, by station and month."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class KnownCount(models.Model):
    """How many identifiers of a station are known of a month, and their serial numbers, by a table that an operator
    loaded.

    By the station of the identifiers and not by the post: a table may know of cables from which none is held.
    `serials` is empty where the table was loaded before the archive kept them.
    """

    station = models.CharField(max_length=100, help_text="As identifiers hold it: capitals without spaces.")
    month = models.DateField(help_text="The first day of the month.")
    number = models.PositiveIntegerField()
    serials = ArrayField(models.PositiveIntegerField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "month"], name="known_once")]

    def __str__(self) -> str:
        return f"{self.station} {self.month:%Y-%m}: {self.number}"
