"""Runs: what each did to the archive, in what state it is, and how it is undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from cables import tasks
from cables.admin.lists import files_named
from cables.admin.read_only import ReadOnlyAdmin
from cables.admin.run_pages import lists_of, run_page
from cables.admin.work import let, undoing_of, work
from cables.ingest.hindrances import examine
from cables.ingest.retrying import unsettled
from cables.models import ImportRun

STATES: dict[str, str] = {
    ImportRun.Status.RUNNING.value: "running",
    ImportRun.Status.FINISHED.value: "finished",
    ImportRun.Status.FAILED.value: "broken off",
}
UNDONE = "undone"


def state_of(run: ImportRun) -> str:
    """Return how a run ended, or that it was undone."""
    return UNDONE if run.undone_by_id else STATES[run.status]


class StateFilter(admin.SimpleListFilter):
    """How runs ended, and which were undone."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the states by their names in addresses."""
        return [*((status, name.capitalize()) for status, name in STATES.items()), (UNDONE, "Undone")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
        """Return the runs in the state that was chosen."""
        if self.value() is None:
            return queryset
        if self.value() == UNDONE:
            return queryset.filter(undone_by__isnull=False)
        return queryset.filter(undone_by=None, status=self.value())


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Runs; adding one begins with an upload."""

    list_display = [
        "__str__",
        "started_at",
        "started_by",
        "state",
        "read",
        "created",
        "updated",
        "unchanged",
        "files_named",
    ]
    list_filter = [StateFilter]
    list_select_related = ["started_by"]
    sortable_by = ["started_at"]
    about = "Every import and what came of it, the newest first; a run can be undone from its page."
    empty = "Nothing has been imported yet: begin with “Import cables” on the first page."

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may add a run may import."""
        return request.user.has_perm("cables.add_importrun")

    @admin.display(description="State", ordering="status")
    def state(self, run: ImportRun) -> str:
        """Return how the run ended, or that it was undone."""
        return state_of(run)

    @admin.display(description="Files")
    def files_named(self, run: ImportRun) -> str:
        """Return the names of the first files."""
        return files_named(run)

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of runs, with those of their cables, of retrying and of undoing."""
        view = self.admin_site.admin_view
        return [
            path("<int:number>/cables/", view(self.cables_view), name="cables_importrun_cables"),
            path("<int:number>/retry/", view(require_POST(self.retry_view)), name="cables_importrun_retry"),
            path("<int:number>/undo/", view(self.undo_view), name="cables_importrun_undo"),
            path("work/<uuid:number>/", view(self.work_view), name="cables_importrun_work"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Lead to where files are uploaded."""
        return redirect("admin:cables_upload_add")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show what the run did."""
        run = self.get_object(request, object_id)
        if run is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        return render(request, "admin/cables/importrun/run.html", self._context(request) | run_page(run))

    def cables_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the cables that the run wrote, or the forms that it brought and that are not shown."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self._context(request) | lists_of(get_object_or_404(ImportRun, pk=number), request.GET)
        return render(request, "admin/cables/importrun/cables.html", context)

    def retry_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Let the worker try all open problems of the run again."""
        if not request.user.has_perm("cables.change_importproblem"):
            raise PermissionDenied
        return let(request, tasks.retry, list(unsettled([number]).values_list("pk", flat=True)))

    def undo_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Say what undoing the run will do and what stands against it; once confirmed, let the worker do it."""
        if not request.user.has_perm("cables.undo_importrun"):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=number)
        if under_way := undoing_of(run):
            return redirect("admin:cables_importrun_work", under_way.pk)
        examined = examine(run)
        if request.method == "POST" and examined.possible:
            return let(request, tasks.undo, run.pk)
        context = {"run": run, "examined": examined, "title": f"Undo {run}"}
        return render(request, "admin/cables/importrun/undo.html", self._context(request) | context)

    def work_view(self, request: HttpRequest, number: UUID) -> HttpResponse:
        """Show how far the worker is with what it was asked for, and then what came of it."""
        if not (self.has_view_permission(request) or request.user.has_perm("cables.view_importproblem")):
            raise PermissionDenied
        return work(request, number, self._context(request))

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}
