"""manage.py retry_problems: what earlier imports could not take, tried again."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from cables.ingest.retrying import RetryReport, retry_problems, unsettled
from cables.management.progress import ImportProgress
from cables.management.summary import place_of, tell
from cables.models import ImportRun

NO_SUCH_RUN = 2


class Command(BaseCommand):
    """Tries again, and settles the problems whose cables come in."""

    help = (
        "Take up again what imports could not take: after the parser became better, a text was mended in the admin, or "
        "a file that was missing is there. Exit status: 0 all came in, 1 some problems stay, 2 there is no such run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the runs and options."""
        parser.add_argument("runs", nargs="*", type=int, metavar="RUN", help="only the problems of these runs")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Try again, showing progress on the terminal, and print the report."""
        held = set(ImportRun.objects.filter(pk__in=options["runs"]).values_list("pk", flat=True))
        if missing := set(options["runs"]) - held:
            raise CommandError(f"No such run: {', '.join(map(str, sorted(missing)))}.", returncode=NO_SUCH_RUN)
        with ImportProgress() as progress:
            report = retry_problems(unsettled(options["runs"]), progress=progress.show)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json()))
        else:
            _tell(report, Console(file=cast("IO[str]", self.stdout)))
        if report.exit_status:
            sys.exit(report.exit_status)


def _tell(report: RetryReport, console: Console) -> None:
    console.print(f"{report.tried:,} problems tried again, {report.settled:,} settled.")
    for problem, reason in report.failures:
        console.print(f"{place_of(problem)}: {reason}", style="yellow", markup=False, soft_wrap=True)
    if more := report.tried - report.settled - len(report.failures):
        console.print(f"… and {more:,} more that stay (the admin has them all)")
    if report.run:
        tell(report, console, f"run {report.run.pk} in the admin has them all")
