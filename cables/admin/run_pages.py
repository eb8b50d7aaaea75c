"""What the pages of a run show."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict

from cables.admin.slices import slice_of
from cables.admin.work import undoing_of
from cables.ingest import bulk
from cables.ingest.touched import not_shown, replaced, written
from cables.ingest.turns import taken
from cables.models import Cable, ImportProblem, ImportRun, Upload

SHOWN = 20
"""Rows of each list on the page of a run; the rest is a step away."""

WRITTEN, CHANGED, NOT_SHOWN = "written", "changed", "not-shown"
LISTS = {
    WRITTEN: "Cables that it wrote",
    CHANGED: "Cables that it changed",
    NOT_SHOWN: "Forms that it brought and that are not shown",
}

_OPEN = Q(settled_by=None, set_aside_at=None)


def run_page(run: ImportRun) -> dict[str, Any]:
    """Return what the page of a run shows: how it went, its first problems and the first cables that it touched."""
    problems = ImportProblem.objects.filter(run=run).aggregate(
        all=Count("pk"),
        open=Count("pk", filter=_OPEN),
        to_try=Count("pk", filter=_OPEN & Q(field="")),
        settled=Count("pk", filter=Q(settled_by__isnull=False)),
    )
    running = run.status == ImportRun.Status.RUNNING and taken()
    broken_off = run.status != ImportRun.Status.FINISHED and not running
    cables = slice_of(written(run).for_lists(), QueryDict(), SHOWN)
    return {
        "title": str(run),
        "run": run,
        "undoes": getattr(run, "undoes", None),
        "undoing": undoing_of(run),
        "is_running": running,
        "was_broken_off": broken_off,
        "search_is_unfinished": broken_off and bulk.left_unfinished(),
        "upload_to_go_on": run.uploads.filter(state=Upload.State.BROKEN_OFF).first(),
        "problems": problems,
        "set_aside": problems["all"] - problems["open"] - problems["settled"],
        "first_problems": ImportProblem.objects.filter(run=run).order_by("pk")[:SHOWN],
        "settled_here": ImportProblem.objects.filter(settled_by=run).count(),
        "cables": cables,
        "changed": _changed(run, cables.rows),
        "has_not_shown": not_shown(run).exists(),
    }


def lists_of(run: ImportRun, asked: QueryDict) -> dict[str, Any]:
    """Return what the page of the cables of a run shows: one of LISTS, a slice of it."""
    chosen = asked.get("show", WRITTEN)
    if chosen not in LISTS:
        chosen = WRITTEN
    if chosen == WRITTEN:
        shown = slice_of(written(run).for_lists(), asked)
    else:
        forms = replaced(run) if chosen == CHANGED else not_shown(run)
        columns = ["reason", "recorded_in", "cable__identifier", "cable__subject"]
        shown = slice_of(forms.select_related("cable").only(*columns), asked)
    return {
        "title": f"{LISTS[chosen]}: {run}",
        "run": run,
        "lists": LISTS,
        "chosen": chosen,
        "shown": shown,
        "changed": _changed(run, shown.rows) if chosen == WRITTEN else set(),
    }


def _changed(run: ImportRun, cables: list[Cable]) -> set[int]:
    """Return the numbers of those of these cables that were there before the run."""
    return set(replaced(run).filter(cable__in=[cable.pk for cable in cables]).values_list("cable_id", flat=True))
