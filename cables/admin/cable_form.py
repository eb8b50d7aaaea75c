"""The form on which a cable is corrected: every field that can be, with what the file says beside what it says not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminSplitDateTime,
    AdminTextareaWidget,
    AdminTextInputWidget,
    AutocompleteSelect,
)
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cables.admin.line_fields import AddresseesField, LinesField, ReferencesField
from cables.ingest.layers import shown_of
from cables.ingest.preparing import LONGEST_IDENTIFIER, is_identifier
from cables.ingest.rewriting import names_of_others
from cables.models import Cable, Classification, Correction, Post, Redaction, Tag
from cables.parsing.identifiers import canonical_identifier
from cables.parsing.reference_kinds import kind_of
from cables.views.corrected import in_words

ADDRESSEE = "name | routing indicator | precedence | number | whom the message leaves out | …"
REFERENCE = "words as printed | identifier of the cable that they mean | letter"


def _lines(number: int) -> AdminTextareaWidget:
    return AdminTextareaWidget(attrs={"rows": number})


def _text(
    longest: int | None = None, widget: type[forms.Widget] | forms.Widget = AdminTextInputWidget, **options: Any
) -> forms.CharField:
    return forms.CharField(required=False, max_length=longest, widget=widget, **options)


class DayAndTime(AdminSplitDateTime):
    """Two boxes, each with a name that can be heard."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for box, name in zip(self.widgets, ("Day", "Time"), strict=True):
            box.attrs["aria-label"] = name


class CableForm(forms.ModelForm):
    """All that can be corrected of a cable. Saving it writes nothing: `changes` are for ingest.correcting."""

    identifier = forms.CharField(max_length=LONGEST_IDENTIFIER, widget=AdminTextInputWidget)
    origin = forms.ModelChoiceField(
        Post.objects.all(),
        required=False,
        widget=AutocompleteSelect(Cable._meta.get_field("origin"), admin.site),
    )
    subject = _text(widget=_lines(2))
    sent_at = forms.SplitDateTimeField(label="Date", required=False, widget=DayAndTime, help_text="UTC.")
    released_on = forms.DateField(label="Released", required=False, widget=AdminDateWidget)
    classification = forms.ChoiceField(choices=[(level.label, level.label) for level in Classification])
    captions = LinesField(longest=60, help_text="One a line, such as NOFORN.")
    precedence = _text(60)
    date_time_group = _text(60, label="Date-time group")
    sections = forms.IntegerField(required=False, min_value=1, max_value=999)
    summary = _text(widget=_lines(6))
    comment = _text(widget=_lines(6))
    classified_by = _text()
    classification_reasons = LinesField(label="Reasons", longest=20, help_text="One a line, such as 1.4(b).")
    declassify_on = forms.DateField(required=False, widget=AdminDateWidget)
    declassify_condition = _text(label="Declassify", help_text="What stands in the place of a date, such as OADR.")
    signers = LinesField(label="Signed by", help_text="One a line.")
    recipients = AddresseesField(label="To", help_text=f"One a line: {ADDRESSEE}")
    info_recipients = AddresseesField(label="For information", help_text=f"One a line: {ADDRESSEE}")
    redaction = forms.ChoiceField(
        label="Redacted",
        choices=[(each.name.lower().replace("_", " "), each.label) for each in Redaction],
    )
    is_partial = forms.BooleanField(label="Only an extract", required=False)
    tags = LinesField(label="TAGS", longest=100, help_text="One code a line, in order.")
    references = ReferencesField(
        help_text=f"One a line: {REFERENCE}. Without an identifier it leads to no cable.",
    )
    note = forms.CharField(
        label="Why",
        required=False,
        max_length=2000,
        widget=_lines(2),
        help_text="Readers see it beside what you change now. Your name they do not see.",
    )
    loaded = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Cable
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.shown = shown_of(self.instance)
        self.corrections = {
            each.field: each for each in self.instance.corrections.select_related("made_by", "changed_in")
        }
        self.changes: dict[str, Any] = {}
        self.elsewhere: list[str] = []
        self.initial = {**self.initial, **self.shown} | {
            "origin": self.instance.origin,
            "sent_at": self.instance.sent_at,
            "loaded": json.dumps({name: _digest(value) for name, value in self.shown.items()}),
        }
        self._tell_corrections()

    def clean(self) -> dict[str, Any]:
        """Find what was changed here, and what somebody else changed since the form was opened."""
        cleaned = super().clean() or {}
        entered = self._entered(cleaned)
        loaded = _loaded(cleaned.get("loaded", ""))
        for name, shown in self.shown.items():
            ours = name in entered and _digest(entered[name]) != loaded.get(name)
            theirs = _digest(shown) != loaded.get(name)
            if theirs:
                self.elsewhere.append(name)
            if ours and theirs and _digest(entered[name]) != _digest(shown):
                self._refuse(name)
            elif ours and _digest(entered[name]) != _digest(shown):
                self.changes[name] = entered[name]
        self._check_identifier()
        return cleaned

    def save(self, commit: bool = True) -> Cable:
        """Return the cable as it is."""
        cable: Cable = self.instance
        return cable

    def save_m2m(self) -> None:
        """Write nothing."""

    def clean_tags(self) -> list[str]:
        """Return the codes, each once; each must be a TAG that the archive knows."""
        codes = self._in_capitals("tags")
        known = set(Tag.objects.filter(code__in=codes).values_list("code", flat=True))
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise ValidationError(
                [f"The archive knows no TAG “{code}”. If it is one, add it to TAGS first." for code in unknown]
            )
        return codes

    def clean_captions(self) -> list[str]:
        """Return the captions, each once."""
        return self._in_capitals("captions")

    def clean_references(self) -> list[dict[str, str]]:
        """Return the references, each with its kind and what it means; one that was there is printed as it was."""
        before = {_printed(item): item for item in self.shown["references"]}
        return [self._reference(item, before.get(_printed(item))) for item in self.cleaned_data["references"]]

    def _reference(self, entered: Mapping[str, str], before: Mapping[str, str] | None) -> dict[str, str]:
        text, target = entered["text"], entered["target"]
        meant = canonical_identifier(target) or target.upper()
        if not target and before is None:
            meant = canonical_identifier(text) or ""
        if meant and not is_identifier(meant):
            raise ValidationError(f"“{target}” is no identifier of a cable, such as 05ALMATY538.")
        if meant == self.shown["identifier"]:
            raise ValidationError(f"“{text or target}” means this cable itself.")
        kind = "cable" if meant else before["kind"] if before else kind_of(text)
        return {
            "label": entered["label"],
            "kind": kind,
            "text": before["text"] if before else text or target,
            "target": meant,
        }

    def _in_capitals(self, name: str) -> list[str]:
        """Return each word once, and what is new in capitals."""
        words: list[str] = self.cleaned_data[name]
        return list(dict.fromkeys(word if word in self.shown[name] else word.upper() for word in words))

    def clean_identifier(self) -> str:
        """Return the identifier in its canonical form."""
        entered: str = self.cleaned_data["identifier"].strip()
        identifier = entered if entered == self.shown["identifier"] else canonical_identifier(entered)
        if not is_identifier(identifier):
            raise ValidationError(f"“{entered}” is no identifier of a cable, such as 05ALMATY538.")
        return identifier

    def _check_identifier(self) -> None:
        name = self.changes.get("identifier")
        if name and names_of_others({self.shown["identifier"]: name}):
            self.add_error("identifier", f"{name} leads to another cable.")

    def _refuse(self, name: str) -> None:
        """Say that somebody else changed the same field; what was entered stays, and can be saved now."""
        data = self.data.copy()  # type: ignore[attr-defined] # it is a QueryDict
        data["loaded"] = json.dumps(_loaded(data.get("loaded", "")) | {name: _digest(self.shown[name])})
        self.data = data
        now = in_words(name, self.shown[name], self._posts()) or "nothing"
        self.add_error(
            name,
            f"Somebody else has changed this meanwhile. It now says: {now}. What you entered is still here: save again "
            "to put it in the place of that.",
        )

    def _entered(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was entered, as Correction holds it, by field; what could not be understood is not there."""
        entered = {name: _plain(cleaned[name]) for name in self.shown if name in cleaned}
        if "origin" in cleaned:
            entered["origin"] = cleaned["origin"].slug if cleaned["origin"] else ""
        return entered

    def _tell_corrections(self) -> None:
        posts = self._posts()
        for name, correction in self.corrections.items():
            field = self.fields[name]
            field.help_text = format_html("{}{}", field.help_text, _told(correction, posts))

    def _posts(self) -> dict[str, str]:
        slugs = {self.shown["origin"]} | {each.received for each in self.corrections.values() if each.field == "origin"}
        return dict(Post.objects.filter(slug__in=slugs - {None}).values_list("slug", "name"))


def _told(correction: Correction, posts: Mapping[str, str]) -> SafeString:
    """Return what the file says, who says otherwise, and the way to take it back."""
    received = "" if correction.received is None else in_words(correction.field, correction.received, posts)
    said = (
        "what the file says is not known" if correction.received is None else f"the file says: {received or 'nothing'}"
    )
    by = f" by {correction.made_by}" if correction.made_by else ""
    return format_html(
        '<span class="corrected">Corrected {}{}; {}. {}{}<a href="{}">Take back</a></span>',
        f"{correction.made_at:%-d %B %Y}",
        by,
        said,
        f"Note: {correction.note} " if correction.note else "",
        f"The file changed in {correction.changed_in or 'a later run'}. " if correction.changed_at else "",
        reverse("admin:cables_correction_delete", args=[correction.pk]),
    )


def _printed(item: Mapping[str, str]) -> tuple[str, str]:
    """Return by what a reference is known again: its words and its letter."""
    return _on_one_line(item["text"]), item["label"]


def _plain(value: Any) -> Any:
    """Return a value of a form as JSON holds it."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _digest(value: Any) -> str:
    """Return what tells two values apart, but for what no form keeps: space at the edges, ends of lines in lists."""
    kept = value.replace("\r\n", "\n").strip() if isinstance(value, str) else _on_one_line(value)
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:12]


def _on_one_line(value: Any) -> Any:
    match value:
        case str():
            return " ".join(value.split())
        case list():
            return [_on_one_line(item) for item in value]
        case dict():
            return {name: _on_one_line(item) for name, item in value.items()}
    return value


def _loaded(text: str) -> dict[str, str]:
    try:
        loaded = json.loads(text)
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}
