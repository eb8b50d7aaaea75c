"""Versions: what an import replaced, or brought but did not prefer. Nothing that was ever imported is lost."""

from __future__ import annotations

from django.db import models


class Version(models.Model):
    """What a cable's page does not show (any more): another form in which the cable was received, or what the parser
    of that time read from the form that it shows (`former_reading`).

    `run` is the run that brought the form, `recorded_in` the one that made it a version; None of versions from before
    the archive noted that.
    """

    cable = models.ForeignKey("Cable", on_delete=models.CASCADE, related_name="versions", db_index=False)
    content_hash = models.CharField(max_length=64)
    former_reading = models.BooleanField(default=False)
    fields = models.JSONField(help_text="The columns of Cable as they were, TAGS and references with them.")
    reason = models.CharField(max_length=200)
    run = models.ForeignKey(
        "ImportRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="versions", db_index=False
    )
    recorded_in = models.ForeignKey(
        "ImportRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="recorded", db_index=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [
            models.Index(fields=["content_hash"], name="version_by_hash"),
            models.Index(fields=["cable"], name="version_of_cable"),
            models.Index(fields=["run", "id"], name="version_of_run"),
            models.Index(fields=["recorded_in", "id"], name="version_recorded_in"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cable", "content_hash"], condition=models.Q(former_reading=False), name="version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fields.get('identifier')} from {self.fields.get('source_file')}"
