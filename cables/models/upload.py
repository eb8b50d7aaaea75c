"""Uploads: files that an administrator brought, until they are imported or discarded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class Upload(models.Model):
    """Files of cables in a folder of their own, and how far they are on their way into the archive.

    `preview` is what looking them through has found (cables.ingest.preview); `run` the run that imports them. `phase`
    says in a few words what the worker does with them, since `phase_at`; it was at `done` of `total` (0: not known)
    when it last told, at `told_at`.
    """

    class State(models.TextChoices):
        """Where an upload is; only a worker moves it out of those in WAITING and AT_WORK."""

        TO_READ = "to read", "waiting to be looked through"
        READING = "reading", "being looked through"
        READY = "ready", "looked through"
        TO_IMPORT = "to import", "waiting to be imported"
        IMPORTING = "importing", "being imported"
        STOPPING = "stopping", "about to stop"
        IMPORTED = "imported", "imported"
        BROKEN_OFF = "broken off", "broken off"
        DISCARDED = "discarded", "discarded"

    WAITING = (State.TO_READ, State.TO_IMPORT)
    AT_WORK = (State.READING, State.IMPORTING, State.STOPPING)

    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    release_name = models.CharField("release", max_length=200, blank=True)
    files = models.JSONField(default=list, help_text="Each file's name, size in bytes and SHA-256.")
    state = models.CharField(max_length=10, choices=State, default=State.TO_READ)
    message = models.TextField(blank=True, help_text="Why it was broken off.")
    phase = models.CharField(max_length=100, blank=True)
    phase_at = models.DateTimeField(null=True, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    preview = models.JSONField(null=True, blank=True)
    run = models.ForeignKey("ImportRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="uploads")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    @property
    def folder(self) -> Path:
        """The folder of the files, which goes once they are imported or discarded."""
        return settings.UPLOAD_DIR / str(self.pk)

    @property
    def paths(self) -> list[Path]:
        """The files, in the order in which they are read."""
        return [self.folder / file["name"] for file in self.files]

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file["bytes"] for file in self.files)

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a worker."""
        return self.state in self.WAITING

    @property
    def is_at_work(self) -> bool:
        """Whether a worker is, or was when it was last heard of, busy with it."""
        return self.state in self.AT_WORK

    @property
    def can_go_on(self) -> bool:
        """Whether whoever brought it decides now: import it, or discard it."""
        return self.state in {self.State.READY, self.State.BROKEN_OFF}

    @property
    def seconds_left(self) -> float | None:
        """The seconds that the phase still takes at the pace that it had, None where nobody can tell."""
        if not self.is_at_work or not (0 < self.done < self.total and self.phase_at and self.told_at):
            return None
        return (self.told_at - self.phase_at).total_seconds() * (self.total - self.done) / self.done

    def move(self, *states: State, to: State, **values: Any) -> bool:
        """Return whether it was in one of the states, and is in another now; nobody else has moved it then."""
        values |= {"state": to, "phase": "", "done": 0, "total": 0, "told_at": timezone.now()}
        moved = Upload.objects.filter(pk=self.pk, state__in=states).update(**values)
        if moved:
            for name, value in values.items():
                setattr(self, name, value)
        return bool(moved)
