"""manage.py retry_problems: what earlier imports could not take, tried again."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from rich.console import Console

from cables.ingest.retrying import retry_problems, unsettled
from cables.management.progress import ImportProgress
from cables.management.summary import tell


class Command(BaseCommand):
    """Tries again, and settles the problems whose cables come in."""

    help = (
        "Take up again what imports could not take: after the parser became better, or a text was mended in the "
        "admin. Exit status: 0 all came in, 1 some problems stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the runs and options."""
        parser.add_argument("runs", nargs="*", type=int, metavar="RUN", help="only the problems of these runs")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Try again, showing progress on the terminal, and print the report."""
        with ImportProgress() as progress:
            report = retry_problems(unsettled(options["runs"]), progress=progress.show)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json()))
        else:
            tell(report, Console(file=cast("IO[str]", self.stdout)), "the admin has them all")
        if report.problems:
            sys.exit(1)
