"""What the worker was asked to do from a page: the page that waits for it, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cables import tasks
from cables.models import ImportRun

SECONDS = 2
"""How long a page waits before it looks again."""


def let(request: HttpRequest, task: Any, what: Any) -> HttpResponse:
    """Let the worker do this in the user's name, and lead to the page that waits for it."""
    return redirect("admin:cables_importrun_work", task.enqueue(what, request.user.pk).id)


def undoing_of(run: ImportRun) -> DBTaskResult | None:
    """Return the undoing of the run that waits for the worker or is under way, if there is one."""
    return DBTaskResult.objects.filter(
        task_path=tasks.undo.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        args_kwargs__args__0=run.pk,
    ).first()


def work(request: HttpRequest, number: UUID, context: dict[str, Any]) -> HttpResponse:
    """Show whether the work waits or is being done; once it is done say what came of it, and lead there."""
    kinds = {tasks.undo.module_path: _after_undo, tasks.retry.module_path: _after_retry}
    result = get_object_or_404(DBTaskResult, pk=number, task_path__in=kinds)
    if result.finished_at:
        return kinds[result.task_path](request, result)
    undoes = result.task_path == tasks.undo.module_path
    title = f"Run {result.args_kwargs['args'][0]} is being undone" if undoes else "Problems are being tried again"
    response = render(request, "admin/cables/work.html", context | {"title": title, "work": result})
    response["Refresh"] = str(SECONDS)
    return response


def _after_undo(request: HttpRequest, result: DBTaskResult) -> HttpResponse:
    run = result.args_kwargs["args"][0]
    if result.status == TaskResultStatus.FAILED:
        messages.error(request, "The undoing was broken off. Nothing was changed; the log of the worker says why.")
    elif refusal := result.return_value.get("refusal"):
        messages.error(request, f"Run {run} was not undone, and nothing was changed. {refusal}")
    else:
        messages.success(request, f"Run {run} is undone.")
    return redirect("admin:cables_importrun_change", run)


def _after_retry(request: HttpRequest, result: DBTaskResult) -> HttpResponse:
    if result.status == TaskResultStatus.FAILED:
        messages.error(
            request, "Trying again was broken off. What was settled before that stays; the log of the worker says why."
        )
        return redirect("admin:cables_importproblem_changelist")
    tell(request, result.return_value)
    run = result.return_value["run"]
    if run and request.user.has_perm("cables.view_importrun"):
        return redirect("admin:cables_importrun_change", run)
    return redirect("admin:cables_importproblem_changelist")


def tell(request: HttpRequest, came_of_it: dict[str, Any]) -> None:
    """Say what came of trying problems again."""
    tried, settled = came_of_it["tried"], came_of_it["settled"]
    level = messages.SUCCESS if settled == tried else messages.WARNING
    messages.add_message(request, level, f"{tried} tried again, {settled} settled.")
    for place, reason in came_of_it["failures"]:
        messages.warning(request, f"{place}: {reason}")
