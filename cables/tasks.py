"""What the worker does: each task is a name for a verb of cables.ingest."""

from __future__ import annotations

from django_tasks import TaskContext, task

from cables.ingest import uploads


@task(takes_context=True)
def look_through(context: TaskContext, number: int) -> None:
    """Look through the upload of that number."""
    uploads.look_through(number, context.attempt)


@task(takes_context=True)
def import_upload(context: TaskContext, number: int, user: int) -> None:
    """Import the upload of that number, as that user wished."""
    uploads.import_upload(number, user, context.attempt)
