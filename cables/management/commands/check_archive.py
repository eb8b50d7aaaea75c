"""manage.py check_archive: whether the archive agrees with itself, and with today's parser."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from concurrent.futures import BrokenExecutor
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.console import Console

from cables.ingest.checking import Check, Finding, check_archive
from cables.ingest.digest import archive_digest
from cables.management.arguments import add_workers
from cables.management.progress import ImportProgress

CANNOT_BE_MADE = 2


class Command(BaseCommand):
    """Checks the archive and tells what to do about what it finds."""

    help = (
        "Read every cable again and compare: hashes, fields, pieces, references, search entries. Writes nothing. "
        "Exit status: 0 all agrees, 1 something does not, 2 the check could not be made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--digest", action="store_true", help="print one SHA-256 of the whole content instead")
        add_workers(parser)
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, showing progress on the terminal, and print the outcome."""
        try:
            if options["digest"]:
                digest = archive_digest()
                self.stdout.write(json.dumps({"digest": digest}) if options["json"] else digest)
                return
            with ImportProgress() as progress:
                check = check_archive(options["workers"], progress.show)
        except (DatabaseError, BrokenExecutor) as error:
            raise CommandError(f"The check could not be made: {error}", returncode=CANNOT_BE_MADE) from error
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
            f"{check.unverified:,} came in before the archive kept all values: they can be neither verified nor read "
            "again."
        )
    for found in check.findings:
        _tell_one(found, f"{found.count:,} {found.what}: {found.advice}.", console)
    if check.fields:
        fields = ", ".join(f"{name} {count:,}" for name, count in check.fields.most_common())
        console.print(f"Cables by the fields that are read otherwise: {fields}.", markup=False)
    for found in check.notes:
        _tell_one(found, f"{found.count:,} {found.what}: nothing needs to be done.", console)
    if not check.findings:
        console.print("All agrees.")


def _tell_one(found: Finding, sentence: str, console: Console) -> None:
    console.print(sentence, style="yellow" if found.advice else None, markup=False)
    for example in found.examples:
        console.print(f"  {example}", markup=False)
    if found.count > len(found.examples):
        console.print(f"  … and {found.count - len(found.examples):,} more")
