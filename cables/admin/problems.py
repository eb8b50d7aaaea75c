"""Problems: what could not be taken or understood, corrected, tried again or set aside."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cables import tasks
from cables.admin.problem_forms import AsideForm, KeptForm, can_be_corrected
from cables.admin.problem_words import having_words
from cables.admin.read_only import ReadOnlyAdmin
from cables.admin.work import let, tell
from cables.ingest.kept_text import faults_of
from cables.ingest.retrying import named, retry_problems
from cables.ingest.turns import BusyError
from cables.models import ImportProblem
from cables.models.import_run import ImportProblemQuerySet


class StateFilter(admin.SimpleListFilter):
    """Whether a problem waits for somebody."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the states by their names in addresses."""
        return [("to-try", "Open: no cable came in"), ("open", "Open"), ("settled", "Settled"), ("aside", "Set aside")]

    def queryset(self, request: HttpRequest, queryset: ImportProblemQuerySet) -> ImportProblemQuerySet:  # type: ignore[override]
        """Return the problems in the state that was chosen."""
        match self.value():
            case "to-try":
                return queryset.open().that_kept_a_cable_out()
            case "open":
                return queryset.open()
            case "settled":
                return queryset.settled()
            case "aside":
                return queryset.set_aside()
        return queryset


@admin.register(ImportProblem)
class ImportProblemAdmin(ReadOnlyAdmin):
    """Everything that imports could not take or understand."""

    list_display = ["what", "place", "identifier", "run", "state"]
    list_filter = [StateFilter]
    list_select_related = ["run"]
    about = "What imports could not take or understand, to be corrected, tried again or set aside."
    empty = "No import has met a problem."
    search_fields = ["reason"]  # shows the box; get_search_results says what is looked for
    search_help_text = "Words, or their beginnings, of the reason, the file or the identifier"
    sortable_by = ()
    ordering = ["-pk"]
    actions = ["try_again"]

    def has_change_permission(self, request: HttpRequest, obj: ImportProblem | None = None) -> bool:
        """Whoever may change problems may correct, try or set aside those that are not settled or undone."""
        waits = obj is None or not (obj.settled_by_id or obj.run.undone_by_id)
        return waits and request.user.has_perm("cables.change_importproblem")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ImportProblem], search_term: str
    ) -> tuple[QuerySet[ImportProblem], bool]:
        """Return the problems that have all of the words in reason, file and identifier."""
        return (having_words(queryset, search_term) if search_term.strip() else queryset), False

    @admin.display(description="Problem", ordering="reason")
    def what(self, problem: ImportProblem) -> str:
        """Return the reason, after the field that was not understood."""
        return f"{problem.field}: {problem.reason}" if problem.field else problem.reason

    @admin.display(ordering="file")
    def place(self, problem: ImportProblem) -> str:
        """Return the file and the line."""
        return problem.place

    @admin.display
    def state(self, problem: ImportProblem) -> str:
        """Return whether it waits for somebody."""
        return problem.state

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a problem with what it keeps; correct that, try it again, or set it aside."""
        problem = self.get_object(request, object_id)
        if problem is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        may_change = self.has_change_permission(request, problem)
        if not (may_change or (request.method == "GET" and self.has_view_permission(request, problem))):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        aside = AsideForm(sent if sent and "aside" in sent else None)
        kept = KeptForm(problem, faults_of(problem), sent if sent and "aside" not in sent else None)
        if sent is not None and (done := self._done(request, problem, kept, aside)):
            return done
        context = {
            "title": "Import problem",
            "problem": problem,
            "kept": kept,
            "aside": aside,
            "may_change": may_change,
            "can_be_corrected": can_be_corrected(problem),
        }
        context |= {**self.admin_site.each_context(request), "opts": self.opts}
        return render(request, "admin/cables/importproblem/problem.html", context)

    def _done(
        self, request: HttpRequest, problem: ImportProblem, kept: KeptForm, aside: AsideForm
    ) -> HttpResponse | None:
        """Do what was asked for and lead on; None where it could not be done: the forms say why."""
        here = redirect("admin:cables_importproblem_change", problem.pk)
        if "aside" in request.POST or "back" in request.POST:
            if "aside" in request.POST and not aside.is_valid():
                return None
            self._set_aside(request, problem, aside.cleaned_data["note"] if aside.is_bound else None)
            return here
        if can_be_corrected(problem):
            if not kept.is_valid():
                return None
            if corrected := kept.save():
                problem.save(update_fields=["text", "received", "identifier"])
                self.log_change(request, problem, f"Corrected: {', '.join(corrected)}.")
                self.message_user(request, f"Saved: {', '.join(corrected)}.", messages.SUCCESS)
        if "try" not in request.POST or not problem.kept_a_cable_out:
            return here
        if problem.received is None and not problem.text:  # its file is read again, however large that is
            return let(request, tasks.retry, [problem.pk])
        self._try(request, problem)
        return here

    def _set_aside(self, request: HttpRequest, problem: ImportProblem, note: str | None) -> None:
        """Set the problem aside with this note, or take it back where there is none."""
        problem.set_aside_by = request.user if note else None  # type: ignore[assignment]
        problem.set_aside_at = timezone.now() if note else None
        problem.note = note or ""
        problem.save(update_fields=["set_aside_by", "set_aside_at", "note"])
        self.log_change(request, problem, f"Set aside: {note}" if note else "Taken back.")
        self.message_user(request, "Set aside." if note else "It is open again.", messages.SUCCESS)

    def _try(self, request: HttpRequest, problem: ImportProblem) -> None:
        """Try the problem here and now, and say what came of it."""
        try:
            report = retry_problems(named([problem.pk]), user=request.user, wait=False)  # type: ignore[arg-type]
        except BusyError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            tell(request, tasks.came_of(report))

    @admin.action(description="Try again", permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[ImportProblem]) -> HttpResponse:
        """Let the worker try the selected problems again."""
        return let(request, tasks.retry, list(queryset.order_by("pk").values_list("pk", flat=True)))
