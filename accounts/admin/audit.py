"""The audit trail, to be read: who changed what, when, from where, before and after."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from accounts.admin.paging import NewestPaginator
from accounts.models import AuditEntry

FIELDS_NAMED = 4
ACTORS_LOOKED_UP = 50


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """Entries, the newest first; a person or object in the list leads to all of its own."""

    list_display = ["when", "event", "object", "fields_changed", "person", "remote_addr"]
    list_filter = ["timestamp", "action"]
    list_select_related = ["content_type", "actor"]
    search_fields = ["object_repr"]  # shows the box; get_search_results says what is looked for
    search_help_text = "By the beginning of a person's or an object's name"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    about = "Who changed what, when and from where, before and after, and who signed in. Nobody can change it."
    counted = "entries"
    paginator = NewestPaginator
    fields = ["when", "event", "object", "person", "remote_addr", "before_and_after"]
    readonly_fields = ["when", "event", "object", "person", "remote_addr", "before_and_after"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: entries are made by what is done."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        """Say no, to everybody: the database refuses it too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        """Say no, to everybody: the database refuses it too."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        """Return the entries of persons and objects whose names begin so: two indexes, put together."""
        if not search_term:
            return queryset, False
        persons = User.objects.filter(username__istartswith=search_term).values_list("pk", flat=True)
        named = Q(object_repr__istartswith=search_term)
        return queryset.filter(named | Q(actor__in=list(persons[:ACTORS_LOOKED_UP]))), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the list under its name."""
        return super().changelist_view(request, {"title": "Audit trail", **(extra_context or {})})

    @admin.display(description="When (UTC)", ordering="timestamp")
    def when(self, entry: AuditEntry) -> str:
        """Return the moment, to the second."""
        return f"{entry.timestamp:%Y-%m-%d %H:%M:%S}"

    @admin.display(description="Object")
    def object(self, entry: AuditEntry) -> SafeString:
        """Return what it happened to, with the way to all that did."""
        same = urlencode({"content_type__id__exact": entry.content_type_id, "object_pk__exact": entry.object_pk})
        return format_html('{} <a href="{}?{}">{}</a>', entry.content_type.name, _list(), same, entry.object_repr)

    @admin.display(description="Fields")
    def fields_changed(self, entry: AuditEntry) -> str:
        """Return the names of the first fields that changed; of what is new or gone they all did."""
        if entry.action != AuditEntry.Action.UPDATE:
            return ""
        names = sorted(name.replace("_", " ") for name in entry.changes_dict)
        more = len(names) - FIELDS_NAMED
        return ", ".join(names[:FIELDS_NAMED]) + (f" and {more} more" if more > 0 else "")

    @admin.display(description="Person", ordering="actor__username")
    def person(self, entry: AuditEntry) -> SafeString | str:
        """Return who did it, with the way to all they did; a command or the worker has no person."""
        if entry.actor is None:
            return "no one signed in"
        theirs = urlencode({"actor__id__exact": entry.actor_id})
        return format_html('<a href="{}?{}">{}</a>', _list(), theirs, entry.actor.get_username())

    @admin.display(description="Before and after")
    def before_and_after(self, entry: AuditEntry) -> SafeString | str:
        """Return a table of the fields that changed; everything in it is as hostile as the cables."""
        if not entry.changes_dict:
            return "nothing changed"
        rows = format_html_join(
            "", "<tr><th scope=row>{}</th><td>{}</td><td>{}</td></tr>", map(_row, sorted(entry.changes_dict.items()))
        )
        head = "<thead><tr><th scope=col>Field</th><th scope=col>Before</th><th scope=col>After</th></tr></thead>"
        return format_html(f'<table class="changes">{head}<tbody>{{}}</tbody></table>', rows)


def _row(change: tuple[str, Any]) -> tuple[str, Any, Any]:
    """Return a field's name, and what it held before and after; of many-to-many, what was taken away and added."""
    name, values = change
    if isinstance(values, dict):
        named = ", ".join(values["objects"])
        before, after = (named, "") if values["operation"] == "delete" else ("", named)
    else:
        before, after = ("" if value is None else value for value in values)
    return name.replace("_", " "), before, after


def _list() -> str:
    return reverse("admin:accounts_auditentry_changelist")
