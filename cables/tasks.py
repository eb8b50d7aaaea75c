"""What the worker does: each task is a name for a verb of cables.ingest."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django_tasks import TaskContext, task

from cables.ingest import finding_anew, uploads
from cables.ingest.retrying import RetryReport, named, retry_problems
from cables.ingest.undoing import HinderedError, undo_run
from cables.models import ImportRun, Word


@task(takes_context=True)
def look_through(context: TaskContext, number: int) -> None:
    """Look through the upload of that number."""
    uploads.look_through(number, context.attempt)


@task(takes_context=True)
def import_upload(context: TaskContext, number: int, user: int) -> None:
    """Import the upload of that number, as that user wished."""
    uploads.import_upload(number, user, context.attempt)


@task()
def undo(run: int, user: int) -> dict[str, Any]:
    """Undo a run, and return the number of the run of the undoing, or why it was not undone."""
    try:
        report = undo_run(ImportRun.objects.get(pk=run), user=_user(user))
    except HinderedError as error:
        return {"refusal": str(error)}
    return {"run": report.run.pk if report.run else None}


@task()
def retry(problems: list[int], user: int) -> dict[str, Any]:
    """Try these problems again, and return how many were tried and settled, and why the first others stay."""
    return came_of(retry_problems(named(problems), user=_user(user)))


@task()
def gather_words() -> int:
    """Gather the archive's words anew, after cables were withheld or given back, and return how many there are."""
    return Word.objects.gather()


def came_of(report: RetryReport) -> dict[str, Any]:
    """Return what came of trying problems again; of the first failures place and reason."""
    return report.as_json() | {"failures": [[problem.place, reason] for problem, reason in report.failures]}


def _user(number: int) -> User | None:
    return get_user_model().objects.filter(pk=number).first()


@task()
def find_tag_anew(number: int) -> int:
    """Make the search entries of all cables of a TAG anew; return how many there are."""
    return finding_anew.find_anew(finding_anew.cables_of_tag(number))


@task()
def find_post_anew(number: int) -> int:
    """Make the search entries of all cables from a post anew; return how many there are."""
    return finding_anew.find_anew(finding_anew.cables_of_post(number))
