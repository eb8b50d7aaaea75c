"""manage.py rebuild_search: every search entry and the archive's words anew, and the index if it is missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import track

from cables.ingest import bulk
from cables.models import Cable, SearchEntry, Word

BATCH = 500


class Command(BaseCommand):
    """Makes every search entry anew, after meanings of TAGS or names of posts were corrected."""

    help = (
        "Make every search entry anew, after meanings of TAGS or names of posts were corrected, gather the archive's "
        "words, and finish a large import that was broken off."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refresh the entries in batches; readers search meanwhile."""
        ids = list(Cable.everything.order_by("id").values_list("id", flat=True))
        starts = range(0, len(ids), BATCH)
        for start in track(starts, "Making search entries", console=Console(stderr=True), transient=True):
            SearchEntry.objects.refresh(ids[start : start + BATCH])
        if bulk.under_way():
            bulk.finish(1, lambda phase, done, total: None)
        words = Word.objects.gather()
        self.stdout.write(f"{len(ids):,} search entries made anew, {words:,} words gathered")
