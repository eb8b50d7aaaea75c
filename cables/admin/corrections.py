"""Corrections: all that differs from what files say, looked through, let stand or taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from cables.admin.lists import ListAdmin
from cables.ingest.correcting import RefusedError, let_stand, take_back, undisturbed
from cables.ingest.turns import BusyError
from cables.models import Correction, Post
from cables.views.corrected import in_words

_SHOWN = 80
_NOTE = "Readers see it. Saving says that the correction stands, whatever the file says by now."


class ReviewFilter(admin.SimpleListFilter):
    """Whether somebody should look at a correction."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices."""
        return [("review", "The file has changed since"), ("stands", "Stands")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Correction]) -> QuerySet[Correction]:
        """Return the corrections in the state that was chosen."""
        if self.value() in {"review", "stands"}:
            return queryset.filter(changed_at__isnull=self.value() == "stands")
        return queryset


@admin.register(Correction)
class CorrectionAdmin(ListAdmin):
    """Corrections, the latest first. Who may change cables may let them stand or take them back."""

    list_display = ["cable_field", "shown", "said", "state", "note", "made_by", "made_at"]
    list_filter = [ReviewFilter, "field"]
    list_select_related = ["made_by", "changed_in"]
    about = "All that administrators have corrected: it differs from what the files say, and is kept whatever comes in."
    empty = "Nothing has been corrected yet: begin with a cable."
    search_fields = ["cable__identifier__istartswith"]
    search_help_text = "The beginning of a cable's identifier"
    fields = ["cable_link", "field", "shown_whole", "said_whole", "state", "made_by", "made_at", "note"]
    readonly_fields = ["cable_link", "field", "shown_whole", "said_whole", "state", "made_by", "made_at"]
    actions = ["stand", "take_selected_back"]

    class Media:
        css = {"all": ["css/admin_corrections.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        """Return the corrections, each with no more of its cable than the name."""
        corrections = super().get_queryset(request).select_related("cable")
        own = [field.name for field in Correction._meta.concrete_fields]
        return corrections.only(*own, "cable__identifier", "made_by__username", "changed_in__id")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever sees cables sees what was corrected."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """Whoever sees cables sees what was corrected."""
        return request.user.has_perm("cables.view_cable") or self.has_change_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: they are made on the page of the cable."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """Whoever may change cables may let a correction stand, and word its note."""
        return request.user.has_perm("cables.change_cable")

    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """Whoever may change cables may take a correction back."""
        return self.has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list under its own name."""
        return super().changelist_view(request, {"title": "Corrections"} | (extra_context or {}))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the actions; taking back takes the place of deleting."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description="Correction", ordering="cable__identifier")
    def cable_field(self, correction: Correction) -> str:
        """Return the cable's identifier and the field."""
        return f"{correction.cable.identifier}: {correction.get_field_display()}"

    @admin.display(description="Cable")
    def cable_link(self, correction: Correction) -> SafeString:
        """Return a link to the cable's form."""
        address = reverse("admin:cables_cable_change", args=[correction.cable_id])
        return format_html('<a href="{}">{}</a>', address, correction.cable.identifier)

    @admin.display(description="Archive shows")
    def shown(self, correction: Correction) -> str:
        """Return the beginning of the value shown."""
        return Truncator(self.shown_whole(correction)).chars(_SHOWN)

    @admin.display(description="File says")
    def said(self, correction: Correction) -> str:
        """Return the beginning of what the file says."""
        return Truncator(self.said_whole(correction)).chars(_SHOWN)

    @admin.display(description="Archive shows")
    def shown_whole(self, correction: Correction) -> str:
        """Return the value shown."""
        return _words(correction.field, correction.value)

    @admin.display(description="File says")
    def said_whole(self, correction: Correction) -> str:
        """Return what the file says."""
        return "(not known)" if correction.received is None else _words(correction.field, correction.received)

    @admin.display(description="State")
    def state(self, correction: Correction) -> str:
        """Return whether it stands, or what the file says since which run."""
        if correction.changed_at is None:
            return "Stands"
        says = "the same" if correction.agrees else "something else"
        since = str(correction.changed_in) if correction.changed_in else f"{correction.changed_at:%-d %B %Y}"
        return f"The file says {says} since {since}"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of the form, with what saving the note means."""
        return super().formfield_for_dbfield(db_field, request, help_text=_NOTE, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show it without "Delete": taking back has its own words."""
        return super().render_change_form(request, context | {"show_delete": False}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        """Save the note; who saves it has looked at it, and it stands."""
        super().save_model(request, obj, form, change)
        let_stand(obj)

    def delete_model(self, request: HttpRequest, obj: Correction) -> None:
        """Take it back."""
        take_back(obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Ask whether a correction is to be taken back, and take it back."""
        correction = self.get_object(request, object_id)
        context = {"title": "Take a correction back"}
        if correction is not None:
            context |= {"shown": self.shown_whole(correction), "said": self.said_whole(correction)}
        try:
            with undisturbed():
                answer = super().delete_view(request, object_id, context)
        except (BusyError, RefusedError) as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:cables_correction_changelist"))
        if correction is not None and answer.status_code == 302:
            return HttpResponseRedirect(reverse("admin:cables_cable_change", args=[correction.cable_id]))
        return answer

    @admin.action(description="Let stand what was corrected", permissions=["change"])
    def stand(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        """Note that somebody has looked at the selected corrections."""
        for correction in queryset:
            let_stand(correction)
        self.message_user(request, "The selected corrections stand.", messages.SUCCESS)

    @admin.action(description="Take back: show what the file says", permissions=["delete"])
    def take_selected_back(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        """Take the selected corrections back."""
        taken = 0
        for correction in queryset.order_by("cable_id", "pk"):
            try:
                with undisturbed():
                    self.log_deletions(request, [correction])  # type: ignore[arg-type] # it takes any of them in a list
                    take_back(correction)
                taken += 1
            except (BusyError, RefusedError) as error:
                self.message_user(request, f"{correction}: {error}", messages.ERROR)
        self.message_user(request, f"{taken} taken back.", messages.SUCCESS)


def _words(field: str, value: Any) -> str:
    posts = {}
    if field == Correction.Field.ORIGIN and value:
        posts = dict(Post.objects.filter(slug=value).values_list("slug", "name"))
    return in_words(field, value, posts) or "nothing"
