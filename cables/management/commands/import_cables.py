"""manage.py import_cables: cable files, folders and archives into the archive."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from cables.ingest import ImportReport, import_paths
from cables.sources import FORMS

PROBLEMS_SHOWN = 20


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
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, showing progress on the terminal, and print the report."""
        console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Reading …")

            def show(report: ImportReport) -> None:
                rate = report.read / report.seconds if report.seconds else 0
                bar.update(task, description=f"{report.read:,} cables read, {rate:,.0f} a second")

            report = import_paths(
                options["paths"], release=options["release"], dry_run=options["dry_run"], progress=show
            )
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json()))
        else:
            _tell(report, Console(file=cast("IO[str]", self.stdout)))
        if report.exit_status:
            sys.exit(report.exit_status)


def _tell(report: ImportReport, console: Console) -> None:
    counts = Table(box=None, show_header=False, pad_edge=False)
    counts.add_column()
    counts.add_column(justify="right")
    for form, count in report.forms.most_common():
        counts.add_row(FORMS.get(form, form), f"{count:,}")
    if report.forms:
        counts.add_section()
    for name in ("read", "created", "updated", "unchanged"):
        counts.add_row(name, f"{getattr(report, name):,}")
    counts.add_row("problems", f"{len(report.problems):,}")
    counts.add_row("seconds", f"{report.seconds:,.1f}")
    console.print(counts)
    for problem in report.problems[:PROBLEMS_SHOWN]:
        place = problem.file if problem.line is None else f"{problem.file}, line {problem.line}"
        console.print(f"{place}: {problem.reason}", style="yellow", markup=False, soft_wrap=True)
    if len(report.problems) > PROBLEMS_SHOWN:
        kept = f"run {report.run.pk} in the admin has them all" if report.run else "a dry run keeps none"
        console.print(f"… and {len(report.problems) - PROBLEMS_SHOWN:,} more problems ({kept})")
    if report.run is None:
        console.print("Dry run: nothing was written.")
