"""Aliases: wrong, older or otherwise spelt identifiers that lead to a cable."""

from __future__ import annotations

from django.db import models

from cables.models.identifier_field import IdentifierField


class Alias(models.Model):
    """An identifier that a file, an article or a table uses for the cable whose canonical identifier is `target`.

    The target may be a cable that is not held (yet): the alias then waits for it.
    """

    identifier = IdentifierField()
    target = IdentifierField()

    class Meta:
        ordering = ["identifier"]
        constraints = [models.UniqueConstraint(fields=["identifier"], name="alias_once")]
        indexes = [models.Index(fields=["target"], name="alias_of")]
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return f"{self.identifier} is {self.target}"
