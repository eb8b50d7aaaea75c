"""Import runs and the problems they met."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ImportRun(models.Model):
    """One import: who started it, from which files, and what came of it."""

    class Status(models.TextChoices):
        """How far a run is."""

        RUNNING = "running"
        FINISHED = "finished"
        FAILED = "failed"

    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.RUNNING)
    files = models.JSONField(default=list, help_text="Each path as given, with its SHA-256 and size in bytes.")
    release_name = models.CharField(max_length=200, blank=True)
    read = models.IntegerField("cables read", default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    forms = models.JSONField(default=dict, help_text="Form of file -> cables read in that form.")
    items = models.IntegerField(
        default=0, help_text="How many cables and unreadable places, from the beginning of the files, are done with."
    )

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"Run {self.pk}"


class ImportProblem(models.Model):
    """What a run could not take or understand: where, the words themselves, and why. Nothing else stops for it.

    `received` is the whole cable as its source gave it, where there was one and it could not be taken: the fields of
    cables.parsing.records.RawCable by name. `settled_by` is the run that took it up again and succeeded.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    file = models.TextField()
    line = models.IntegerField(null=True, blank=True)
    identifier = models.CharField(max_length=100, blank=True)
    field = models.CharField(max_length=40, blank=True, help_text="Empty when no cable could be made at all.")
    reason = models.TextField()
    text = models.TextField(blank=True)
    received = models.JSONField(null=True, blank=True)
    settled_by = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="settled")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"
