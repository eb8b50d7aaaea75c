"""What a run did to the cables, told from the tables.

A cable names the run that brought the form which its page shows; a version names the run that brought the form and the
run that made a version of it. A form that another run had brought, and that this run made a version, was shown before.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from cables.models import Cable, ImportRun, Version
from cables.models.cable import CableQuerySet


def written(run: ImportRun) -> CableQuerySet:
    """Return the cables that show what the run brought, created by it or changed."""
    return Cable.everything.filter(run=run).order_by("pk")


def created(run: ImportRun) -> CableQuerySet:
    """Return the cables that were not there before the run, by number."""
    return written(run).filter(~Exists(replaced(run).filter(cable=OuterRef("pk"))))


def replaced(run: ImportRun) -> QuerySet[Version]:
    """Return the forms of cables that were shown until the run brought better ones, in that order."""
    of_others = Q(run=None) | ~Q(run=run)
    return Version.objects.filter(of_others, recorded_in=run, former_reading=False).order_by("pk")


def not_shown(run: ImportRun) -> QuerySet[Version]:
    """Return the forms that the run brought and that are not shown: never, or not any more."""
    return Version.objects.filter(run=run).order_by("pk")
