"""manage.py load_known_identifiers: which cables are known to exist, for coverage and for references."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cables.ingest.known_identifiers import UnreadableTableError, read_known_identifiers, replace_known_identifiers

_SHOWN = 5


class Command(BaseCommand):
    """Keeps the identifiers of a table by station and month, in the place of those kept before."""

    help = (
        "Load a table of identifiers that are known to exist, one 05ALMATY538,2 (identifier and month) a line, gzipped "
        "or not. It takes the place of the one loaded before. The status is 1 when some lines could not be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Define the arguments."""
        parser.add_argument("path", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many there are. Raises CommandError when nothing could be read."""
        try:
            known = read_known_identifiers(options["path"])
        except UnreadableTableError as error:
            raise CommandError(str(error), returncode=2) from None
        if not known.serials:
            raise CommandError(f"{options['path']} holds no identifiers; what was loaded before stays.", returncode=2)
        replace_known_identifiers(known)
        stations = {station for station, _ in known.serials}
        self.stdout.write(f"{sum(map(len, known.serials.values()))} identifiers of {len(stations)} stations")
        for number, line in list(known.refused.items())[:_SHOWN]:
            self.stderr.write(f"line {number}: not an identifier, a comma and a month: {line}")
        if known.refused:
            self.stderr.write(f"{len(known.refused)} lines could not be read")
            sys.exit(1)
