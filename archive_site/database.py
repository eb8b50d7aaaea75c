"""Which PostgreSQL the archive uses: the server that DATABASE_URL names, or else its own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from archive_site import embedded

# What Django's own keys call the parts of a PostgreSQL address; every other part goes to the driver as it is.
_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def data_folder(environ: Mapping[str, str], base: Path) -> Path:
    """Return the absolute folder of everything the archive keeps: ARCHIVE_DATA, else `base`/data."""
    return Path(environ.get("ARCHIVE_DATA") or base / "data").expanduser().absolute()


def is_embedded(environ: Mapping[str, str]) -> bool:
    """Return whether the archive runs a PostgreSQL of its own: DATABASE_URL is not set, or empty."""
    return not environ.get("DATABASE_URL", "").strip()


def settings_from(environ: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Return Django's DATABASES["default"]; starts no server.

    A connection stays open with its thread, so a page does not pay for a new one. Raises ImproperlyConfigured
    (never with the password in it) when DATABASE_URL is not the address of a PostgreSQL database.
    """
    parts = embedded.address(folder) if is_embedded(environ) else _parts(environ["DATABASE_URL"].strip())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        **{key: str(parts.pop(part, "")) for part, key in _KEYS.items()},
        "OPTIONS": parts,
    }


def serving(environ: Mapping[str, str], folder: Path) -> AbstractContextManager[None]:
    """Return a context in which the database can be reached: the archive's own server runs meanwhile.

    Raises embedded.ServerError when that server does not start. A server named by DATABASE_URL is left alone.
    """
    return embedded.running(folder) if is_embedded(environ) else nullcontext()


def described(environ: Mapping[str, str], folder: Path) -> str:
    """Return in a few words which database this is, never with its password."""
    if is_embedded(environ):
        return f"the archive's own PostgreSQL in {embedded.Place(folder).cluster}"
    settings = settings_from(environ, folder)
    return f"database {settings['NAME']!r} of the server at {settings['HOST'] or 'the local socket'}"


def _parts(url: str) -> dict[str, Any]:
    """Return the connection parameters of a PostgreSQL address, of which "dbname" is one."""
    # libpq's own message may quote the password, so none of it is repeated.
    wrong = ImproperlyConfigured(
        "DATABASE_URL is not the address of a PostgreSQL database. It reads like "
        "postgresql://USER:PASSWORD@HOST:5432/NAME, with letters such as @ : / % in a password "
        "written as %40 %3A %2F %25."
    )
    if not url.startswith(("postgresql://", "postgres://")):
        raise wrong
    try:
        parts = dict(conninfo_to_dict(url))
    except psycopg.Error:
        raise wrong from None
    if not all(port.isdecimal() for port in str(parts.get("port", "5432")).split(",")):
        raise wrong
    if not parts.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL names no database: put it after the host, as in HOST:5432/NAME.")
    return parts
