"""The floor under any import into PostgreSQL: the same rows by raw COPY, their vectors, and the indexes.

Everything uses both processors: two connections copy and make vectors, the GIN is built with a parallel worker.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.archive import Archive, in_parallel

PROCESSES = 2
PIECE = 1024 * 1024
TABLES = {
    "cables_cable": "id",
    "cables_paragraph": "cable_id",
    "cables_cabletag": "cable_id",
    "cables_reference": "cable_id",
    "cables_searchgist": "cable_id",
}
FREQUENT = "indexdef LIKE '%%USING gin%%' AND indexname <> 'search_words'"
BTREES = "indexdef NOT LIKE '%%USING gin%%' AND indexdef NOT LIKE '%%(cable_id, tag_id)'"
VECTORS = """
INSERT INTO floor.cables_searchentry
    (cable_id, day, year, origin_id, classification, tag_ids, captions, marks, length, vector)
SELECT id, (sent_at AT TIME ZONE 'UTC')::date, extract(year FROM sent_at AT TIME ZONE 'UTC'), origin_id, classification,
       coalesce((SELECT array_agg(tag_id) FROM floor.cables_cabletag WHERE cable_id = id), '{{}}'), captions, '{{}}', 0,
       to_tsvector('cables', subject || ' ' || summary || ' ' || body)
FROM floor.cables_cable WHERE id % {processes} = {part}
"""


def floor(archive: Archive) -> dict[str, float]:
    """Return the seconds of each step over the rows that the archive holds.

    "gin" is the index of all words, "frequent" those that make frequent words fast.
    """
    with archive.connect() as connection, tempfile.TemporaryDirectory(dir=archive.folder) as folder:
        connection.execute("DROP SCHEMA IF EXISTS floor CASCADE; CREATE SCHEMA floor")
        for table in (*TABLES, "cables_searchentry"):
            connection.execute(f"CREATE TABLE floor.{table} (LIKE public.{table} INCLUDING STORAGE)")
        connection.execute("ALTER TABLE floor.cables_searchentry SET (toast_tuple_target = 128)")
        for table, key in TABLES.items():
            for part in range(PROCESSES):
                _export(connection, table, key, part, Path(folder))
        seconds = {"copy": _in_both(archive, partial(_load, folder=Path(folder)))}
        # What the vectors' statement looks TAGS up by; counted once, with the B-trees.
        keys = _timed(archive, "CREATE UNIQUE INDEX ON floor.cables_cabletag (cable_id, tag_id)")
        seconds["vectors"] = _in_both(archive, _make_vectors)
        seconds["gin"] = _timed(
            archive,
            "SET maintenance_work_mem = '64MB'; SET max_parallel_maintenance_workers = 1",
            "CREATE INDEX ON floor.cables_searchentry"
            " USING gin (vector, tag_ids, origin_id, classification, captions, marks)",
        )
        seconds["frequent"] = _timed(
            archive,
            "SET maintenance_work_mem = '64MB'; SET max_parallel_maintenance_workers = 1",
            *_definitions(connection, FREQUENT),
        )
        seconds["btree"] = keys + _timed(archive, *_definitions(connection, BTREES))
        seconds["analyze"] = _timed(archive, *(f"ANALYZE floor.{table}" for table in (*TABLES, "cables_searchentry")))
        connection.execute("DROP SCHEMA floor CASCADE")
    return seconds


def _export(connection: psycopg.Connection[Any], table: str, key: str, part: int, folder: Path) -> None:
    query = sql.SQL("COPY (SELECT * FROM {} WHERE {} % {} = {} ORDER BY {}) TO STDOUT").format(
        sql.Identifier(table), sql.Identifier(key), PROCESSES, part, sql.Identifier(key)
    )
    with (folder / f"{table}.{part}").open("wb") as file, connection.cursor().copy(query) as copy:
        for data in copy:
            file.write(data)


def _load(connection: psycopg.Connection[Any], part: int, *, folder: Path) -> None:
    for table in TABLES:
        statement = sql.SQL("COPY floor.{} FROM STDIN").format(sql.Identifier(table))
        with (folder / f"{table}.{part}").open("rb") as file, connection.cursor().copy(statement) as copy:
            while data := file.read(PIECE):
                copy.write(data)


def _make_vectors(connection: psycopg.Connection[Any], part: int) -> None:
    connection.execute(VECTORS.format(processes=PROCESSES, part=part).replace("%", "%%"), [])


def _definitions(connection: psycopg.Connection[Any], which: str) -> list[str]:
    """Return the statements of those other indexes that the archive's own tables have."""
    rows = connection.execute(
        f"SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s) AND {which}",  # noqa: S608
        [[*TABLES, "cables_searchentry"]],
    ).fetchall()
    return [definition.replace(" ON public.", " ON floor.") for (definition,) in rows]


def _in_both(archive: Archive, work: Callable[[psycopg.Connection[Any], int], None]) -> float:
    connections = [archive.connect() for _ in range(PROCESSES)]
    try:
        return in_parallel([partial(work, connection, part) for part, connection in enumerate(connections)])
    finally:
        for connection in connections:
            connection.close()


def _timed(archive: Archive, *statements: str) -> float:
    with archive.connect() as connection:
        return in_parallel([lambda: [connection.execute(statement) for statement in statements]])
