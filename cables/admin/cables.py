"""Cables, looked up and corrected; their texts stay as received."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from cables.admin.cable_form import CableForm
from cables.admin.cable_list import FILTERS, narrowed
from cables.admin.line_fields import addressees_in_lines
from cables.admin.lists import ListAdmin
from cables.admin.withholding import WithholdsCables
from cables.ingest.correcting import RefusedError, correct, hold, undisturbed
from cables.ingest.turns import BusyError
from cables.models import Cable, Correction

_FACTS = ["identifier", "origin", "sent_at", "classification", "captions", "subject"]
_ADDRESSEES = ["recipients", "info_recipients", "signers"]
_ADDRESSEES_READ = ["to", "information", "signers"]
_AUTHORITY = ["classified_by", "classification_reasons", "declassify_on", "declassify_condition"]
_PARTS = ["summary", "comment"]
_RECORD = ["released_on", "redaction", "is_partial", "precedence", "date_time_group", "sections"]
_RECEIVED = ["header", "body", "form", "source_file", "source_line", "release_name", "run"]
_EVIDENCE = "Header and body are the evidence: nobody changes them. The text for reading is made from the body."


@admin.register(Cable)
class CableAdmin(WithholdsCables, ListAdmin):
    """Cables by identifier and subject."""

    about = "Every cable that is held, to be looked up, corrected or withheld; its text stays as it was received."
    empty = "No cables are held yet: import some first."
    list_display = ["identifier", "subject", "origin", "sent_at", "classification"]
    list_filter = FILTERS
    list_select_related = ["origin"]
    sortable_by = ["identifier", "sent_at"]
    search_fields = ["identifier"]  # shows the box; get_search_results says what is looked for
    search_help_text = "An identifier or its beginning, words of the subject, or a query such as “origin:athens visas”"
    readonly_fields = _RECEIVED

    class Media:
        css = {"all": ["css/admin_corrections.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cable]:
        """Return the cables; a list does not read their texts."""
        cables = super().get_queryset(request)
        listed = request.resolver_match is not None and request.resolver_match.url_name == "cables_cable_changelist"
        return cables.defer("header", "body", "summary", "comment", "attributes", "received") if listed else cables

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Cable], search_term: str
    ) -> tuple[QuerySet[Cable], bool]:
        """Return the cables that the term and the filters choose, none of them twice."""
        return narrowed(queryset, request, search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Cables come in by imports only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Cable | None = None) -> bool:
        """What was imported is not lost."""
        return False

    def get_form(self, request: HttpRequest, obj: Cable | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form for corrections to who may correct."""
        return (
            CableForm if self.has_change_permission(request, obj) else super().get_form(request, obj, change, **kwargs)
        )

    def get_fieldsets(self, request: HttpRequest, obj: Cable | None = None) -> Any:
        """Return the fields in groups; lists of which only the words are there stand as they are read."""
        may_correct = self.has_change_permission(request, obj)
        return [
            (None, {"fields": _FACTS}),
            ("TAGS", {"fields": ["tags"]}),
            ("References", {"fields": ["references" if may_correct else "cites"]}),
            ("Addressees", {"fields": _ADDRESSEES if may_correct else _ADDRESSEES_READ}),
            ("Classification authority", {"fields": _AUTHORITY}),
            ("Parts of the text", {"fields": _PARTS}),
            ("Record", {"fields": _RECORD}),
            *([("For readers", {"fields": ["note", "loaded"]})] if may_correct else []),
            ("As received", {"fields": _RECEIVED, "description": _EVIDENCE, "classes": ["as-received"]}),
        ]

    @admin.display(description="References")
    def cites(self, cable: Cable) -> str:
        """Return what the cable cites, one a line."""
        return "\n".join(f"{each.text}: {each.target_identifier}".strip(": ") for each in cable.references.all())

    @admin.display(description="To")
    def to(self, cable: Cable) -> str:
        """Return the addressees, one a line."""
        return addressees_in_lines(cable.recipients)

    @admin.display(description="For information")
    def information(self, cable: Cable) -> str:
        """Return the addressees for information, one a line."""
        return addressees_in_lines(cable.info_recipients)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Cable | None:
        """Return the cable; while it is saved, nobody else changes it."""
        cable = super().get_object(request, object_id, from_field)
        return hold(cable.pk) if cable is not None and request.method == "POST" else cable

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or save what was corrected."""
        try:
            with undisturbed():
                return super().changeform_view(request, *args, **kwargs)
        except (BusyError, RefusedError) as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Return which fields were corrected."""
        labels = [Correction.Field(name).label for name in form.changes]
        return [{"changed": {"fields": labels}}] if labels else []

    def save_model(self, request: HttpRequest, obj: Cable, form: ModelForm, change: bool) -> None:
        """Correct the cable, and say what others corrected in it meanwhile."""
        assert isinstance(form, CableForm)  # noqa: S101 - for the type checker: get_form gives no other
        correct(obj, form.changes, note=form.cleaned_data["note"], user=request.user)  # type: ignore[arg-type]
        if form.elsewhere:
            labels = ", ".join(Correction.Field(name).label for name in form.elsewhere)
            self.message_user(request, f"Somebody else changed meanwhile, and it stands: {labels}.", messages.WARNING)
