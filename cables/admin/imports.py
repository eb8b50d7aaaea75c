"""Imports: runs and the problems they met are listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cables.ingest.retrying import retry_problems, unsettled
from cables.ingest.turns import BusyError
from cables.models import ImportProblem, ImportRun

PROBLEMS_SHOWN = 50


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that tell what happened: nobody edits them."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: the importer makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: what happened stays."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: what happened stays."""
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Runs; adding one begins with an upload."""

    list_display = [
        "__str__",
        "started_at",
        "started_by",
        "status",
        "read",
        "created",
        "updated",
        "unchanged",
        "files_named",
    ]
    list_filter = ["status"]
    fields = [
        "status", "started_at", "finished_at", "started_by", "files_named", "release_name",
        "read", "created", "updated", "unchanged", "forms", "first_cables", "first_problems",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may add a run may import."""
        return request.user.has_perm("cables.add_importrun")

    @admin.display(description="Files")
    def files_named(self, run: ImportRun) -> str:
        """Return the names of the files."""
        return ", ".join(Path(file["path"]).name for file in run.files)

    @admin.display(description="Cables")
    def first_cables(self, run: ImportRun) -> SafeString:
        """Return links to the cables that the run wrote."""
        return render_partial("admin/cables/importrun/_cables.html", run, run.cables.for_lists(), "cables")

    @admin.display(description="Problems")
    def first_problems(self, run: ImportRun) -> SafeString:
        """Return the problems with place and reason."""
        return render_partial("admin/cables/importrun/_problems.html", run, run.problems.all(), "problems")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Lead to where files are uploaded."""
        return redirect("admin:cables_upload_add")


@admin.register(ImportProblem)
class ImportProblemAdmin(ReadOnlyAdmin):
    """Everything that imports could not take or understand; what could not be taken can be mended and tried again."""

    list_display = ["reason", "file", "line", "identifier", "field", "run", "settled_by"]
    list_filter = ["field", ("settled_by", admin.EmptyFieldListFilter)]
    list_select_related = ["run", "settled_by"]
    search_fields = ["file", "identifier", "reason"]
    actions = ["try_again"]

    def has_change_permission(self, request: HttpRequest, obj: ImportProblem | None = None) -> bool:
        """Whoever may change problems may mend the text of one that is tried again by its text."""
        can_be_mended = obj is None or (obj.field == "" and obj.settled_by_id is None and obj.received is None)
        return can_be_mended and request.user.has_perm("cables.change_importproblem")

    def get_readonly_fields(self, request: HttpRequest, obj: ImportProblem | None = None) -> list[str]:
        """Return all fields but the text."""
        return [each.name for each in self.opts.fields if each.name not in {"id", "text"}]

    def save_model(self, request: HttpRequest, obj: ImportProblem, form: forms.ModelForm, change: bool) -> None:
        """Save the text with the line ends that it had: browsers send CR LF."""
        if "\r\n" not in form.initial["text"]:
            obj.text = obj.text.replace("\r\n", "\n")
        super().save_model(request, obj, form, change)

    @admin.action(description="Try again", permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[ImportProblem]) -> None:
        """Try the selected problems that are not settled again, and say what came of it."""
        try:
            report = retry_problems(unsettled() & queryset.order_by(), user=request.user, wait=False)  # type: ignore[arg-type]
        except BusyError as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.message_user(
            request,
            f"{report.tried} tried again, {report.settled} settled.",
            messages.SUCCESS if report.settled == report.tried else messages.WARNING,
        )
        for problem, reason in report.failures:
            self.message_user(request, f"{problem.file}: {reason}", messages.WARNING)


def render_partial(template: str, run: ImportRun, rows: Any, name: str) -> SafeString:
    """Return the partial with the first rows and how many there are in all."""
    return render_to_string(template, {"run": run, name: rows[:PROBLEMS_SHOWN], "count": rows.count()})
