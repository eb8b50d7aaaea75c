"""Pages over HTTP: a mixed stream of all classes, never the same query twice, at 1, 4 and 8 clients.

Ours is the search page that gunicorn serves with two workers, snippets and all; beside it stands Datasette's table
page. Both get the same queries in the same order; each number of clients has queries of its own.
"""

from __future__ import annotations

import http.client
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from benchmarks.peers import datasette
from benchmarks.peers.face import Query
from benchmarks.searching.classes import ASKED_OTHERWISE, CLASSES
from benchmarks.searching.laboratory import Laboratory
from benchmarks.searching.timing import median, p95

CLIENTS = (1, 4, 8)
WARMING = 1
TIMEOUT = 120


def measure(room: Laboratory) -> list[dict[str, Any]]:
    """Return a row for each server and number of clients: pages, pages a second, median and p95 in milliseconds."""
    warming, *streams = _streams(room, len(CLIENTS))
    rows: list[dict[str, Any]] = []
    with room.archive.serving() as address:
        rows += _served(room, "ours", address, lambda query: f"/search/?{room.ours.address(query)}", warming, streams)
    if not datasette.installed():
        room.console.print("datasette is not installed, so it is left out: make bench")
        return rows
    with datasette.serving(room.folder / "fts5.db") as address:
        rows += _served(room, "datasette", address, datasette.path, warming, streams)
    return rows


def _streams(room: Laboratory, count: int) -> list[list[Query]]:
    """Return a stream to warm up with and `count` further ones, all classes in proportion; no query comes twice."""
    ask = room.questions(4, chosen_from=4 * (WARMING + count * room.queries))
    names = [name for name in CLASSES if name not in ASKED_OTHERWISE]
    drawn = {name: ask.of(name, WARMING + count * room.queries) for name in names}
    streams = [[query for name in names for query in drawn[name][:WARMING]]]
    # Where a class has too few queries, each stream gets as many as the others.
    streams += [
        [query for name in names for query in drawn[name][WARMING + number :: count]] for number in range(count)
    ]
    for stream in streams:
        ask.chance.shuffle(stream)
    return streams


def _served(
    room: Laboratory,
    name: str,
    address: str,
    path_of: Callable[[Query], str],
    warming: list[Query],
    streams: list[list[Query]],
) -> list[dict[str, Any]]:
    _fetch_all(address, [path_of(query) for query in warming], 2)
    rows = []
    for clients, stream in zip(CLIENTS, streams, strict=True):
        room.console.print(f"{name}: {len(stream)} pages, {clients} at once")
        begun = time.monotonic()
        taken, failed = _fetch_all(address, [path_of(query) for query in stream], clients)
        rows.append(
            {
                "server": name,
                "clients": clients,
                "pages": len(taken),
                "failed": failed,
                "pages_a_second": len(taken) / (time.monotonic() - begun),
                "median_ms": median(taken),
                "p95_ms": p95(taken),
            }
        )
    return rows


def _fetch_all(address: str, paths: list[str], clients: int) -> tuple[list[float], int]:
    """Return the milliseconds of every page, and how many were answered otherwise than with 200."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for path in paths:
        waiting.put(path)
    taken: list[float] = []
    failed: list[str] = []

    def read() -> None:
        connection = http.client.HTTPConnection(address, timeout=TIMEOUT)
        while True:
            try:
                path = waiting.get_nowait()
            except queue.Empty:
                connection.close()
                return
            begun = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            taken.append((time.perf_counter() - begun) * 1000)
            if answer.status != http.HTTPStatus.OK:
                failed.append(path)

    threads = [threading.Thread(target=read) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, len(failed)
