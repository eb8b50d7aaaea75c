"""The gist of a cable for the ranking: the words of subject, summary and TAGS by themselves."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchGist(models.Model):
    """The words of weights A and B of a cable's vector, with their places.

    Where several frequent words must stand close together, the cables that rank highest have them together here; a
    vector of fifty words in line is ranked ten times as fast as one of a thousand out of line. It only helps to choose
    among hits, so that it may outlive the search entry of its cable.
    """

    cable = models.OneToOneField("Cable", on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_gist_words")]

    def __str__(self) -> str:
        return f"gist of {self.cable_id}"
