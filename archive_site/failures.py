"""What a person is told when the machine, not the program, stops a command."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from archive_site import database
from archive_site.embedded import Place, ServerError


def one_line(error: BaseException) -> str | None:
    """Return what went wrong, where, and what to do, in one line; None for an error of the program itself."""
    if isinstance(error, OperationalError):
        reason = ". ".join(line.strip() for line in str(error).splitlines())
        where = database.described(os.environ, settings.DATA_DIR)
        if database.is_embedded(os.environ):
            advice = f" Its log, which may tell more, is {Place(settings.DATA_DIR).log}."
        else:
            advice = " Does it run, and is all of DATABASE_URL right?"
        return f"{where} cannot be used: {reason}{'' if reason.endswith(('.', '?')) else '.'}{advice}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    if isinstance(error, (ServerError, ImproperlyConfigured)):
        return str(error)
    return None
