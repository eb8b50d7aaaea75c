"""TAGS: the codes of the Traffic Analysis by Geography and Subject system."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

LAST_YEAR_OF_THE_FIRST_BOOK = 1979


class Tag(models.Model):
    """A code of the TAGS line with its meaning; a code that no handbook knows has kind "other" and no title.

    The first TAGS book (1973 to 1979) gave some codes another meaning: `earlier_title` holds it where it differs.
    """

    class Kind(models.TextChoices):
        """What a code stands for, in the order in which pages list the kinds."""

        SUBJECT = "subject", "Subjects"
        COUNTRY = "country", "Countries"
        REGION = "region", "Regions"
        ORGANIZATION = "organization", "Organizations"
        PROGRAM = "program", "Programs"
        PERSON = "person", "Persons"
        OTHER = "other", "Not in the handbooks"

    code = models.CharField(max_length=100, unique=True, db_collation="C")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    title = models.CharField(max_length=200, blank=True)
    earlier_title = models.CharField("title 1973-79", max_length=200, blank=True)
    category = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "TAG"
        verbose_name_plural = "TAGS"

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Return the address of the TAG's page."""
        return reverse("cables:tag", args=[self.code])

    def title_in(self, year: int | None) -> str:
        """Return what the code means in a cable of that year; "" where no handbook tells."""
        if self.earlier_title and year is not None and year <= LAST_YEAR_OF_THE_FIRST_BOOK:
            return self.earlier_title
        return self.title or self.earlier_title
