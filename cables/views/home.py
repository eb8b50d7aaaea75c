"""The home page: what this archive is, what it holds, and the ways in."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.models import Cable, ImportRun, Post, Tag
from cables.search.citations import most_cited
from cables.search.days import days_of
from cables.search.holdings import Holdings, holdings
from cables.views.dates import MONTH
from cables.views.heat import heat
from cables.views.most import most

WAYS_IN = 10
SHOWN = 6


def home(request: HttpRequest) -> HttpResponse:
    """Answer with the home page."""
    held = holdings()
    days = days_of(held)
    posts, tags = held.origin_counts(held.everywhere), held.tags.counts(held.everywhere)
    subjects = Tag.objects.filter(kind=Tag.Kind.SUBJECT)
    context = {
        "count": len(held.cables),
        "post_count": np.count_nonzero(posts),
        "days": days,
        "releases": _releases(),
        "heat": heat(days.by_month(), MONTH.address),
        "origins": most(Post.objects.all(), posts, WAYS_IN),
        "tags": most(subjects, tags, WAYS_IN, among=subjects.order_by().values_list("pk", flat=True)),
        **_chosen(held),
    }
    return render(request, "cables/home.html", context)


def _releases() -> list[str]:
    """Return the names of the releases that imports were told of, in the order in which they first came."""
    named = ImportRun.objects.exclude(release_name="").order_by("pk").values_list("release_name", flat=True)
    return list(dict.fromkeys(named))


def _chosen(held: Holdings) -> dict[str, Any]:
    """Return the cables that came last and the import that brought them, and the most cited ones with their counts."""
    last = np.flatnonzero(held.place_of >= 0)[: -SHOWN - 1 : -1].tolist()
    cited = most_cited(held, SHOWN)
    cables = Cable.objects.for_lists().in_bulk([*last, *cited])
    return {
        "arrivals": [cables[number] for number in last],
        "latest": Cable.objects.select_related("run").only("release_name", "run").order_by("-pk").first(),
        "cited": [(cables[number], count) for number, count in cited.items()],
    }
