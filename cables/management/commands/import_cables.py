"""manage.py import_cables: cable files, folders and archives into the archive."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.console import Console

from cables.ingest.run import NothingToResumeError, import_paths
from cables.management.arguments import add_workers
from cables.management.progress import ImportProgress
from cables.management.summary import tell


class Command(BaseCommand):
    """Imports cables and reports what came of each."""

    help = (
        "Import cable files, folders, .zip and .tar archives of any known form; a cable that is held already "
        "and has not changed is left alone. Exit status: 0 all imported, 1 some problems (recorded), 2 nothing "
        "could be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the paths and options."""
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--release", default="", help="the release's name, for files that name none")
        parser.add_argument("--dry-run", action="store_true", help="report all, write nothing")
        add_workers(parser)
        parser.add_argument(
            "--resume", type=int, metavar="RUN", help="go on with this run (default: the last one of these files)"
        )
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, showing progress on the terminal, and print the report."""
        with ImportProgress() as progress:
            try:
                report = import_paths(
                    options["paths"],
                    release=options["release"],
                    dry_run=options["dry_run"],
                    processes=options["workers"],
                    resume=options["resume"],
                    progress=progress.show,
                )
            except NothingToResumeError as error:
                raise CommandError(str(error)) from None
            except (KeyboardInterrupt, DatabaseError):
                self.stderr.write("What was stored stays. The same command again goes on from there.")
                raise
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json()))
        else:
            kept = f"run {report.run.pk} in the admin has them all" if report.run else "a dry run keeps none"
            tell(report, Console(file=cast("IO[str]", self.stdout)), kept)
        if report.exit_status:
            sys.exit(report.exit_status)
