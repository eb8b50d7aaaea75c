#!/usr/bin/env python
"""The archive's commands: `manage.py help` lists them."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management import execute_from_command_line

from archive_site import database
from archive_site.failures import one_line

# Any other command finds the archive's own server running. quickstart is here because it starts it itself.
NEEDS_NO_DATABASE = {
    "--version",
    "check",
    "collectstatic",
    "diffsettings",
    "explain_cable",
    "findstatic",
    "help",
    "make_corpus",
    "makemigrations",
    "quickstart",
    "version",
}


def main(arguments: list[str]) -> int:
    """Return the exit status of the command; what stops it is told in one line, in full with --traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive_site.settings")
    if arguments[1:2] == ["quickstart"]:
        os.environ.setdefault("ARCHIVE_HTTPS", "off")  # before the settings load
    folder = database.data_folder(os.environ, Path(__file__).resolve().parent)
    try:
        with database.serving(os.environ, folder) if needs_database(arguments) else nullcontext():
            execute_from_command_line(arguments)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        message = one_line(error)
        if message is None or "--traceback" in arguments:
            raise
        print(f"{Path(arguments[0]).name}: {message}", file=sys.stderr)
        return 1
    return 0


def needs_database(arguments: list[str]) -> bool:
    """Return whether the command line names a command that uses the database, and not for its help."""
    asks_help = not {"--help", "-h"}.isdisjoint(arguments)
    return len(arguments) > 1 and arguments[1] not in NEEDS_NO_DATABASE and not asks_help


if __name__ == "__main__":
    sys.exit(main(sys.argv))
