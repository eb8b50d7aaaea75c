"""Posts: the embassies, consulates, missions and departments that cables come from."""

from __future__ import annotations

from django.db import models
from django.urls import reverse


class Post(models.Model):
    """An origin of cables, by the name that the files give it ("Embassy Athens")."""

    class Kind(models.TextChoices):
        """What a post is, read from its name."""

        EMBASSY = "embassy", "Embassies"
        CONSULATE = "consulate", "Consulates"
        MISSION = "mission", "Missions"
        OFFICE = "office", "Offices and delegations"
        DEPARTMENT = "department", "Departments"
        OTHER = "other", "Others"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(
        max_length=60, blank=True, help_text="Two letters of ISO 3166, or the name of the country."
    )
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees north, WGS 84.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees east, WGS 84.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the post's page."""
        return reverse("cables:origin", args=[self.slug])
