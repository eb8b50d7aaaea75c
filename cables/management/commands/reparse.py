"""manage.py reparse: today's parser applied to the cables that are held."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.console import Console

from cables.ingest.reparse import ReparseReport, reparse
from cables.management.arguments import add_workers
from cables.management.progress import ImportProgress
from cables.management.summary import tell
from cables.models import Cable
from cables.search.lookup import find_cable

NOTHING_READ = 2


class Command(BaseCommand):
    """Reads cables again; what an earlier parser read is kept as a version."""

    help = (
        "Apply today's parser to all cables, or to those named; what was read before is kept as a version, and what an "
        "administrator corrected stays. Exit status: 0 all were read again, 1 some had to be left as they are, "
        "2 a cable named is not held."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the identifiers and options."""
        parser.add_argument("identifiers", nargs="*", metavar="IDENTIFIER", help="only these cables")
        parser.add_argument("--dry-run", action="store_true", help="report all, write nothing")
        add_workers(parser)
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read again, showing progress on the terminal, and print the report."""
        named = {name: find_cable(name, Cable.everything.all()) for name in options["identifiers"]}
        if missing := [name for name, cable in named.items() if cable is None]:
            raise CommandError(f"Not held: {', '.join(sorted(missing))}.", returncode=NOTHING_READ)
        cables = Cable.everything.filter(pk__in=[cable.pk for cable in named.values() if cable]) if named else None
        with ImportProgress() as progress:
            try:
                report = reparse(
                    cables, processes=options["workers"], dry_run=options["dry_run"], progress=progress.show
                )
            except (KeyboardInterrupt, DatabaseError):
                self.stderr.write("What was read again stays. The same command again goes on.")
                raise
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json()))
        else:
            _tell(report, Console(file=cast("IO[str]", self.stdout)))
        if report.exit_status:
            sys.exit(report.exit_status)


def _tell(report: ReparseReport, console: Console) -> None:
    for name, count in report.fields.most_common():
        console.print(f"{name}: read otherwise in {count:,} cables", markup=False)
    if report.references:
        console.print(f"{report.references:,} references lead to what they mean again")
    if report.incomplete:
        console.print(f"{report.incomplete:,} came in before the archive kept all values: they cannot be read again")
    tell(report, console, f"run {report.run.pk} in the admin has them all" if report.run else "a dry run keeps none")
