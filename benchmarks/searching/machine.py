"""What was measured on: processors, memory, and the version of everything that answers."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
from typing import Any

from benchmarks.archive import Archive

PACKAGES = ("django", "psycopg", "tantivy", "datasette")


def described(archive: Archive) -> dict[str, Any]:
    """Return processors, memory in GB, and name -> version of what is installed."""
    with archive.connect() as connection:
        (postgresql,) = connection.execute("SHOW server_version").fetchone() or ("",)
    versions = {"Python": platform.python_version(), "PostgreSQL": postgresql, "SQLite": sqlite3.sqlite_version}
    for package in PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"processors": os.cpu_count(), "memory_gb": memory, "versions": versions}
