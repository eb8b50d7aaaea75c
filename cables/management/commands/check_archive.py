"""manage.py check_archive: whether the archive agrees with itself, and with today's parser."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from rich.console import Console

from cables.ingest.checking import Check, check_archive
from cables.ingest.digest import archive_digest
from cables.ingest.report import ImportReport
from cables.management.progress import ImportProgress


class Command(BaseCommand):
    """Checks the archive and tells what to do about what it finds."""

    help = (
        "Read every cable again and compare: hashes, fields, pieces, references, search entries. Writes nothing. "
        "Exit status: 0 all agrees, 1 something does not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--digest", action="store_true", help="print one SHA-256 of the whole content instead")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that parse")
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, showing progress on the terminal, and print the outcome."""
        if options["digest"]:
            self.stdout.write(archive_digest())
            return
        report = ImportReport(phase="Reading again")
        with ImportProgress() as bar:

            def show(done: int, total: int) -> None:
                report.done, report.total = done, total
                bar.show(report)

            check = check_archive(options["workers"], show)
        if options["json"]:
            self.stdout.write(json.dumps(check.as_json()))
        else:
            _tell(check, Console(file=cast("IO[str]", self.stdout), soft_wrap=True))
        if check.exit_status:
            sys.exit(check.exit_status)


def _tell(check: Check, console: Console) -> None:
    console.print(f"{check.cables:,} cables read again.")
    if check.unverified:
        console.print(
            f"{check.unverified:,} came in before the archive kept all values: their hashes cannot be verified."
        )
    for found in check.findings:
        console.print(f"{found.count:,} {found.what}: {found.advice}.", style="yellow", markup=False)
        for example in found.examples:
            console.print(f"  {example}", markup=False)
        if found.count > len(found.examples):
            console.print(f"  … and {found.count - len(found.examples):,} more")
    if not check.findings:
        console.print("All agrees.")
