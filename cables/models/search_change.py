"""Which search entries changed: what keeps copies of them in memory up to date (search/holdings.py)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SearchChange(models.Model):
    """Entries that one statement wrote or removed, by the numbers of their cables; None stands for all of them.

    Triggers on the table of entries write these rows (migration 0006), whoever changes an entry and however.
    `transaction` is the full number of the transaction that did (PostgreSQL's xid8).
    """

    id = models.BigAutoField(primary_key=True)
    transaction = models.BigIntegerField()
    cables = ArrayField(models.IntegerField(), null=True)

    class Meta:
        indexes = [models.Index(fields=["transaction"], name="search_change_when")]

    def __str__(self) -> str:
        return f"change {self.pk}"
