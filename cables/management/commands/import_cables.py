"""manage.py import_cables: cable files, folders and archives into the archive."""

from __future__ import annotations

import json
import signal
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.console import Console

from cables.ingest.report import ImportReport
from cables.ingest.run import NothingToResumeError, import_paths
from cables.ingest.watching import watch
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
        parser.add_argument("paths", nargs="*", metavar="PATH")
        parser.add_argument(
            "--watch",
            type=Path,
            metavar="DIR",
            help="import what is in this folder and what comes into it, until Ctrl-C",
        )
        parser.add_argument("--release", default="", help="the release's name, for files that name none")
        parser.add_argument("--dry-run", action="store_true", help="report all, write nothing")
        add_workers(parser)
        parser.add_argument(
            "--resume", type=int, metavar="RUN", help="go on with this run (default: the last one of these files)"
        )
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, showing progress on the terminal, and print the report."""
        if bool(options["paths"]) == bool(options["watch"]):
            raise CommandError("Give either paths to import, or a folder to --watch.")
        if options["watch"]:
            self.watch(options["watch"], options["release"], options["workers"])
            return
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

    def watch(self, folder: Path, release: str, processes: int | None) -> None:
        """Import whatever comes into the folder, a line for each run, until Ctrl-C or SIGTERM."""
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        self._say(f"watching {folder}")
        try:
            watch(folder, release=release, processes=processes, imported=self._tell_run, failed=self._tell_failure)
        except KeyboardInterrupt:
            self._say("ended")

    def _tell_run(self, report: ImportReport, files: list[Path]) -> None:
        self._say(
            f"{files[0].name if len(files) == 1 else f'{len(files):,} files'}: {report.read:,} cables read, "
            f"{report.created:,} created, {report.updated:,} updated, {report.unchanged:,} unchanged, "
            f"{report.problems:,} problems ({report.run}, {report.seconds:,.1f} s)"
        )

    def _tell_failure(self, error: Exception) -> None:
        self.stderr.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {str(error).strip()}. It is tried again.")

    def _say(self, words: str) -> None:
        self.stdout.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {words}")
        self.stdout.flush()
