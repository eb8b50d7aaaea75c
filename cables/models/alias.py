"""Aliases: wrong, older or otherwise spelt identifiers that lead to a cable."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from cables.models.identifier_field import IdentifierField


class AliasManager(models.Manager["Alias"]):
    """Verbs on many aliases."""

    def lead_on(self, names: Mapping[str, str]) -> None:
        """Make each former identifier of a cable (former -> new), and all that led to it, lead to the new one."""
        for former, new in names.items():
            if former != new:
                self.filter(identifier=new, target=former).delete()
                self.filter(target=former).update(target=new)
                self.update_or_create(identifier=former, defaults={"target": new})


class Alias(models.Model):
    """An identifier that a file, an article or a table uses for the cable whose canonical identifier is `target`.

    The target may be a cable that is not held (yet): the alias then waits for it. One without a target leads nowhere,
    though a table or a file says that it leads to a cable. `run` is the import that found it in a file, None where it
    comes from a table or a person.
    """

    identifier = IdentifierField()
    target = IdentifierField(blank=True)
    run = models.ForeignKey(
        "ImportRun", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = AliasManager()

    class Meta:
        ordering = ["identifier"]
        constraints = [models.UniqueConstraint(fields=["identifier"], name="alias_once")]
        indexes = [models.Index(fields=["target"], name="alias_of")]
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return f"{self.identifier} is {self.target or 'no cable'}"
