"""Corrections: what the archive shows of a cable in the place of what its file says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from cables.models.import_run import ImportRun


class CorrectionManager(models.Manager["Correction"]):
    """Verbs on the corrections of many cables."""

    def of(self, cable_ids: Iterable[int]) -> dict[int, list[Correction]]:
        """Return the corrections of these cables, by the numbers of those that have any."""
        found: dict[int, list[Correction]] = defaultdict(list)
        for correction in self.filter(cable__in=list(cable_ids)):
            found[correction.cable_id].append(correction)
        return found

    def note(self, said: Iterable[tuple[list[Correction], Mapping[str, Any]]], run: ImportRun) -> None:
        """Keep what files say now, by field, of the corrections beside it; what is new in that is to be looked at."""
        changed = []
        for corrections, by_field in said:
            for correction in corrections:
                if correction.received != by_field[correction.field]:
                    if correction.received is not None:
                        correction.changed_in, correction.changed_at = run, timezone.now()
                    correction.received = by_field[correction.field]
                    changed.append(correction)
        self.bulk_update(changed, ["received", "changed_in", "changed_at"], batch_size=500)


class Correction(models.Model):
    """The value of one field of a cable as somebody set it right: the cable's own column holds it too.

    `received` is what the file of the form shown says, None where that is not known until the cable is read again.
    Both are as JSON holds them: dates as ISO text and "" for none, an origin as its slug, TAGS as codes, references as
    label, kind, text and target. `changed_in` is the run, and `changed_at` the time, since which the file says
    something else than when the correction was made; None once somebody has looked at it.
    """

    class Field(models.TextChoices):
        """Everything that can be corrected; the texts as received cannot."""

        IDENTIFIER = "identifier", "Identifier"
        ORIGIN = "origin", "Origin"
        SUBJECT = "subject", "Subject"
        SENT_AT = "sent_at", "Date"
        RELEASED_ON = "released_on", "Released"
        CLASSIFICATION = "classification", "Classification"
        CAPTIONS = "captions", "Captions"
        TAGS = "tags", "TAGS"
        REFERENCES = "references", "References"
        RECIPIENTS = "recipients", "To"
        INFO_RECIPIENTS = "info_recipients", "For information"
        SIGNERS = "signers", "Signed by"
        CLASSIFIED_BY = "classified_by", "Classified by"
        CLASSIFICATION_REASONS = "classification_reasons", "Reasons"
        DECLASSIFY_ON = "declassify_on", "Declassify on"
        DECLASSIFY_CONDITION = "declassify_condition", "Declassify"
        SUMMARY = "summary", "Summary"
        COMMENT = "comment", "Comment"
        PRECEDENCE = "precedence", "Precedence"
        DATE_TIME_GROUP = "date_time_group", "Date-time group"
        SECTIONS = "sections", "Sections"
        REDACTION = "redaction", "Redacted"
        IS_PARTIAL = "is_partial", "Extract only"

    cable = models.ForeignKey("Cable", on_delete=models.CASCADE, related_name="corrections", db_index=False)
    field = models.CharField(max_length=40, choices=Field)
    value = models.JSONField()
    received = models.JSONField("what the file says", null=True)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="by"
    )
    made_at = models.DateTimeField("when", default=timezone.now)
    changed_in = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    objects = CorrectionManager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["cable", "field"], name="correction_once")]
        indexes = [
            models.Index(models.F("received"), condition=models.Q(field="identifier"), name="correction_of_identifier"),
        ]
        # Who may change a cable may correct it, and who may see it may see what was corrected.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.cable}"

    @property
    def agrees(self) -> bool:
        """Whether the file says by now what the correction says."""
        return bool(self.value == self.received)
