"""Paragraphs: a body cut into pieces, each with its number, portion mark and heading."""

from __future__ import annotations

from itertools import pairwise

from django.db import models

from cables.models.cable import Cable


class ParagraphManager(models.Manager["Paragraph"]):
    """Verbs on the pieces of one body."""

    def of(self, cable: Cable) -> list[Paragraph]:
        """Return the pieces of a cable's body in order, each with its `raw` text.

        All raw texts put together are the body, character for character.
        """
        pieces = list(self.filter(cable=cable).order_by("position"))
        starts = [*(piece.start for piece in pieces), len(cable.body)]
        for piece, (start, end) in zip(pieces, pairwise(starts), strict=True):
            piece.raw = cable.body[start:end]
        return pieces


class Paragraph(models.Model):
    """One piece of a cable's body, from its character `start` (the first is 0) to where the next piece starts."""

    class Kind(models.TextChoices):
        """What a piece is; cables.parsing.records.ParsedParagraph tells them apart."""

        PREAMBLE = "preamble"
        HEADING = "heading"
        PARAGRAPH = "paragraph"
        TABLE = "table"
        APPARATUS = "apparatus"
        SIGNATURE = "signature"
        END = "end"

    pk = models.CompositePrimaryKey("cable_id", "position")
    cable = models.ForeignKey("Cable", on_delete=models.CASCADE, related_name="paragraphs", db_index=False)
    position = models.IntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField(max_length=10, blank=True)
    marking = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=60, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    start = models.IntegerField()

    raw: str
    objects = ParagraphManager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.cable_id} {self.position}"
