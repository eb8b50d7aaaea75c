"""Paragraphs: a body cut into pieces, each with its number, portion mark and heading."""

from __future__ import annotations

from django.db import models


class Paragraph(models.Model):
    """One piece of a cable's body; `raw` of all pieces put together is the body, character for character."""

    class Kind(models.TextChoices):
        """What a piece is; cables.parsing.records.ParsedParagraph tells them apart."""

        PREAMBLE = "preamble"
        HEADING = "heading"
        PARAGRAPH = "paragraph"
        TABLE = "table"
        APPARATUS = "apparatus"
        SIGNATURE = "signature"
        END = "end"

    cable = models.ForeignKey("Cable", on_delete=models.CASCADE, related_name="paragraphs", db_index=False)
    position = models.IntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField(max_length=10, blank=True)
    marking = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=60, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    raw = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["cable", "position"], name="paragraph_place")]

    def __str__(self) -> str:
        return f"{self.cable_id} {self.position}"
