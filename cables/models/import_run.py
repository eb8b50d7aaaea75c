"""Import runs and the problems they met."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

PROBLEM_WORDS = models.Func(
    "reason", "file", "identifier", function="cables_problem_words", output_field=SearchVectorField()
)
"""The words by which a problem is looked for (migration 0014)."""


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
    removed = models.IntegerField(default=0, help_text="Cables that the undoing of another run took away.")
    unchanged = models.IntegerField(default=0)
    forms = models.JSONField(default=dict, help_text="Form of file -> cables read in that form.")
    items = models.IntegerField(
        default=0, help_text="How many cables and unreadable places, from the beginning of the files, are done with."
    )

    undone_by = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undoes")

    class Meta:
        ordering = ["-started_at", "-id"]
        permissions = [("undo_importrun", "Can undo an import run")]

    def __str__(self) -> str:
        return f"Run {self.pk}"

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it is not finished."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None


class ImportProblemQuerySet(models.QuerySet["ImportProblem"]):
    """Which problems wait for somebody."""

    def settled(self) -> ImportProblemQuerySet:
        """Return those that a later run took up and succeeded with."""
        return self.filter(settled_by__isnull=False)

    def set_aside(self) -> ImportProblemQuerySet:
        """Return those that somebody has set aside."""
        return self.filter(settled_by=None, set_aside_at__isnull=False)

    def open(self) -> ImportProblemQuerySet:
        """Return the others, but those of runs that were undone."""
        return self.filter(settled_by=None, set_aside_at=None, run__undone_by=None)

    def that_kept_a_cable_out(self) -> ImportProblemQuerySet:
        """Return those for which no cable came in; of the others only a field was not understood."""
        return self.filter(field="")


class ImportProblem(models.Model):
    """What a run could not take or understand: where, the words themselves, and why. Nothing else stops for it.

    `received` is the whole cable as its source gave it, where there was one and it could not be taken: the fields of
    cables.parsing.records.RawCable by name. `settled_by` is the run that took it up again and succeeded. One that
    nobody means to take up is set aside, with a note that says why.
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
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = ImportProblemQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [GinIndex(PROBLEM_WORDS, name="problem_words")]

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"

    @property
    def place(self) -> str:
        """The file and the line."""
        return f"{self.file}, line {self.line}" if self.line else self.file

    @property
    def state(self) -> str:
        """One of "settled", "set aside", "of a run that was undone" and "open"."""
        if self.settled_by_id:
            return "settled"
        if self.set_aside_at:
            return "set aside"
        return "of a run that was undone" if self.run.undone_by_id else "open"

    @property
    def kept_a_cable_out(self) -> bool:
        """Whether no cable came in for it, so that it can be tried again."""
        return self.field == ""
