"""manage.py reparse: today's parser applied to the cables that are held."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from cables.ingest.reparse import reparse
from cables.management.progress import ImportProgress
from cables.management.summary import tell
from cables.models import Cable


class Command(BaseCommand):
    """Reads cables again; what an earlier parser read is kept as a version."""

    help = "Apply today's parser to all cables, or to those named; what was read before is kept as a version."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the identifiers and options."""
        parser.add_argument("identifiers", nargs="*", metavar="IDENTIFIER", help="only these cables")
        parser.add_argument("--dry-run", action="store_true", help="report all, write nothing")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that parse")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read again, showing progress on the terminal, and print the report."""
        cables = Cable.objects.all()
        if wanted := set(options["identifiers"]):
            cables = cables.filter(identifier__in=wanted)
            if missing := wanted - set(cables.values_list("identifier", flat=True)):
                raise CommandError(f"Not held: {', '.join(sorted(missing))}.")
        with ImportProgress() as progress:
            report = reparse(cables, processes=options["workers"], dry_run=options["dry_run"], progress=progress.show)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json()))
        else:
            tell(report, Console(file=cast("IO[str]", self.stdout)), "a dry run keeps none")
