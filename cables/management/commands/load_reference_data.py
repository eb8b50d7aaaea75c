"""manage.py load_reference_data: the tables of TAGS, posts and aliases into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cables.ingest.reference_tables import load_reference_tables


class Command(BaseCommand):
    """Loads the tables of TAGS, posts and aliases; what an administrator corrected stays."""

    help = "Load the tables of TAGS, posts and identifier aliases. Rows that are there already stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many rows are new."""
        for name, count in load_reference_tables().items():
            self.stdout.write(f"{name}: {count} new")
