"""Datasette beside us over HTTP: it serves the SQLite file of FTS5, its table page with the same facets.

Its table page sorts by the table's key, not by relevance, which spares it the ranking. Its limits of time are lifted,
or it would leave out facets and totals; what it would only suggest is switched off.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.archive import free_address, wait_for
from benchmarks.peers.face import HITS_A_PAGE, Query
from benchmarks.peers.fts5 import match

LIMIT_MS = 60_000
SETTINGS = {
    "sql_time_limit_ms": LIMIT_MS,
    "facet_time_limit_ms": LIMIT_MS,
    "suggest_facets": "off",
    "default_facet_size": 12,
}
METADATA = {"databases": {"fts5": {"tables": {"cables": {"fts_table": "words", "fts_pk": "id"}}}}}


def installed() -> bool:
    """Return whether Datasette is there."""
    return importlib.util.find_spec("datasette") is not None


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """Serve the file meanwhile; gives host:port."""
    address = free_address()
    host, port = address.split(":")
    metadata = database.with_name("datasette.json")
    metadata.write_text(json.dumps(METADATA))
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database), "--host", host, "--port", port]
    command += ["--metadata", str(metadata)]
    for name, value in SETTINGS.items():
        command += ["--setting", name, str(value)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(address)
            yield address
        finally:
            process.terminate()


def path(query: Query) -> str:
    """Return the path of the table page that answers the query."""
    items: list[tuple[str, str]] = []
    if query.every or query.some:
        items += [("_search", match(query)), ("_searchmode", "raw")]
    for name, value in (("origin", query.origin), ("classification", query.classification)):
        if value:
            items.append((f"{name}__exact", value))
    if query.tag:
        items.append(("tags__arraycontains", query.tag))
    if query.years:
        items += [("year__gte", str(query.years[0])), ("year__lte", str(query.years[1]))]
    items += [("_facet", name) for name in ("origin", "year", "classification")]
    items += [("_facet_array", "tags"), ("_size", str(HITS_A_PAGE))]
    return f"/fts5/cables?{urlencode(items)}"
