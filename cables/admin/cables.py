"""Cables, looked up and corrected; their texts stay as received."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from cables.admin.withholding import WithholdsCables
from cables.models import Cable, SearchEntry


@admin.register(Cable)
class CableAdmin(WithholdsCables):
    """Cables by identifier and subject."""

    list_display = ["identifier", "subject", "origin", "sent_at", "classification", "is_partial"]
    list_filter = ["classification", "is_partial", "redaction"]
    list_select_related = ["origin"]
    search_fields = ["identifier__istartswith", "subject"]
    autocomplete_fields = ["origin"]
    show_full_result_count = False
    exclude = ["tags", "content_hash", "attributes", "received", "corrected", "recipients", "info_recipients"]
    readonly_fields = ["identifier", "header", "body", "form", "source_file", "source_line", "run"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cable]:
        """Return the cables; a list does not read their texts."""
        cables = super().get_queryset(request)
        listed = request.resolver_match is not None and request.resolver_match.url_name == "cables_cable_changelist"
        return cables.defer("header", "body", "summary", "comment", "attributes", "received") if listed else cables

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Cables come in by imports only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Cable | None = None) -> bool:
        """What was imported is not lost."""
        return False

    def save_model(self, request: HttpRequest, obj: Cable, form: ModelForm, change: bool) -> None:
        """Save, and remember which fields were corrected by hand."""
        obj.corrected = sorted({*obj.corrected, *form.changed_data})
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Save, and let search know."""
        super().save_related(request, form, formsets, change)
        SearchEntry.objects.refresh([form.instance.pk])
