"""Rows into a table by COPY, the fastest way in that PostgreSQL has."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from psycopg import sql

_JSON = json.JSONEncoder(ensure_ascii=False)  # json.dumps makes one a value
_KEYS = """
SELECT set_config('session_replication_role', %s, true)
WHERE has_parameter_privilege('session_replication_role', 'SET')
"""


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows, their values in the order of `columns` (names of the table's own columns).

    Raises django.db.DataError for a value that its column cannot hold; then nothing of the transaction is written.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def keys_known_right(tags: Collection[int]) -> Iterator[None]:
    """Let no foreign key be looked up meanwhile, in the transaction that is open: that costs more than writing a row.

    For rows that hang on cables which this same transaction wrote, and on TAGS of these numbers, which nobody can
    delete until it ends. Where a TAG is gone already, or the role of DATABASE_URL may not say so, keys are looked up
    as ever.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM cables_tag WHERE id = ANY(%s) FOR KEY SHARE", [list(tags)])
        if cursor.rowcount == len(tags):
            cursor.execute(_KEYS, ["replica"])
        yield  # where this raises, the savepoint that is rolled back takes the setting with it
        cursor.execute(_KEYS, ["origin"])


def as_json(value: Any) -> str:
    """Return the value as the text of a JSON column."""
    return _JSON.encode(value)


def as_array(values: Sequence[str]) -> str:
    """Return the values as the text of a column that is an array of text."""
    quoted = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return "{" + ",".join(quoted) + "}"
