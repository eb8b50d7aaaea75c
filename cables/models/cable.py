"""Cables: the text as received and every field read from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from cables.models.identifier_field import IdentifierField
from cables.models.withholding import shown

if TYPE_CHECKING:
    from cables.models.tag import Tag


class Classification(models.IntegerChoices):
    """Levels of classification, the lowest first; NOFORN and the like are captions."""

    UNKNOWN = 0, "NOT STATED"
    UNCLASSIFIED = 1, "UNCLASSIFIED"
    FOR_OFFICIAL_USE_ONLY = 2, "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    LIMITED_OFFICIAL_USE = 3, "LIMITED OFFICIAL USE"
    CONFIDENTIAL = 4, "CONFIDENTIAL"
    SECRET = 5, "SECRET"
    TOP_SECRET = 6, "TOP SECRET"

    @property
    def slug(self) -> str:
        """The value as addresses carry it: "limited-official-use"."""
        return self.name.lower().replace("_", "-")


class Redaction(models.IntegerChoices):
    """Whether names were taken out of the text before its release."""

    UNKNOWN = 0, "It is not known whether this cable was redacted."
    REDACTED = 1, "This cable was redacted."
    NOT_REDACTED = 2, "This cable was not redacted."


class CableQuerySet(models.QuerySet["Cable"]):
    """Verbs on many cables."""

    def for_lists(self) -> CableQuerySet:
        """Return the cables with what a row of a list shows, without their texts."""
        return self.select_related("origin").only(
            "identifier",
            "subject",
            "sent_at",
            "classification",
            "captions",
            "is_partial",
            "summary",
            "origin",
        )


class ShownManager(models.Manager.from_queryset(CableQuerySet)):  # type: ignore[misc] # made when it is called
    """The cables that the public sees."""

    def get_queryset(self) -> CableQuerySet:
        """Return the cables without those that are withheld."""
        return super().get_queryset().filter(shown("pk"))


class Cable(models.Model):
    """One cable. What it replaced is kept as Version; times are UTC; header and body are as received.

    `received` holds every other value that the source gave, as it gave it, by the names of
    cables.parsing.records.RawCable: with header and body it is all that `content_hash` is the SHA-256 of.
    What an administrator has corrected is in its column, and beside it as Correction: no import or parser changes it.

    `objects`, and every way from a post, a TAG or a run to its cables, are those that the public sees. Imports, checks
    and the admin work on `everything`.
    """

    identifier = IdentifierField()
    origin = models.ForeignKey(
        "Post", on_delete=models.PROTECT, null=True, blank=True, related_name="cables", db_index=False
    )
    subject = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    classification = models.SmallIntegerField(choices=Classification, default=Classification.UNKNOWN)
    captions = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    precedence = models.CharField(max_length=60, blank=True)
    date_time_group = models.CharField(max_length=60, blank=True)
    sections = models.SmallIntegerField(null=True, blank=True)
    header = models.TextField(blank=True)
    body = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    classified_by = models.TextField(blank=True)
    classification_reasons = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    declassify_on = models.DateField(null=True, blank=True)
    declassify_condition = models.TextField(blank=True)
    signers = ArrayField(models.TextField(), default=list, blank=True)
    recipients = models.JSONField(default=list, blank=True)
    info_recipients = models.JSONField(default=list, blank=True)
    redaction = models.SmallIntegerField(choices=Redaction, default=Redaction.UNKNOWN)
    is_partial = models.BooleanField("only an extract", default=False)
    tags: models.ManyToManyField[Tag, CableTag] = models.ManyToManyField(
        "Tag", through="CableTag", related_name="cables"
    )

    form = models.CharField(max_length=30, blank=True)
    source_file = models.TextField(blank=True)
    source_line = models.IntegerField(default=1)
    release_name = models.CharField(max_length=200, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    received = models.JSONField(default=dict, blank=True)
    content_hash = models.CharField(max_length=64)
    run = models.ForeignKey(
        "ImportRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="cables", db_index=False
    )

    objects = ShownManager()
    everything = CableQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["identifier"], name="cable_once")]
        indexes = [
            models.Index(fields=["-sent_at", "-id"], name="cable_newest_first"),
            models.Index(fields=["origin", "-sent_at"], name="cable_of_origin"),
            models.Index(fields=["content_hash"], name="cable_by_hash"),
            models.Index(fields=["run", "id"], name="cable_of_run"),
        ]

    def __str__(self) -> str:
        return self.identifier

    def get_absolute_url(self) -> str:
        """Return the address of the cable's page, which never changes."""
        return reverse("cables:cable", args=[self.identifier])

    @property
    def marking(self) -> str:
        """The classification with the captions that print beside it: "SECRET//NOFORN"."""
        level = Classification(self.classification).label
        return f"{level}//NOFORN" if "NOFORN" in self.captions else level

    @property
    def title(self) -> str:
        """The subject, or words to show in its place."""
        return self.subject or "(no subject)"

    def stored_fields(self) -> dict[str, Any]:
        """Return name -> value of the columns that an import writes, dates as ISO text: what a Version keeps."""
        kept_elsewhere = {"id", "run", "content_hash"}
        fields = [f for f in self._meta.concrete_fields if f.name not in kept_elsewhere]
        return {f.name: f.value_to_string(self) if f.name in _AS_TEXT else f.value_from_object(self) for f in fields}


_AS_TEXT = {"sent_at", "released_on", "declassify_on"}


class CableTag(models.Model):
    """A TAG of a cable, at its place in the TAGS line."""

    pk = models.CompositePrimaryKey("cable_id", "tag_id")
    cable = models.ForeignKey(Cable, on_delete=models.CASCADE, db_index=False)
    tag = models.ForeignKey("Tag", on_delete=models.PROTECT)
    position = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.cable_id} {self.tag_id}"
