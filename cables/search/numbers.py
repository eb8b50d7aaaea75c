"""Columns of a query as arrays of numbers: hundreds of thousands of rows in one value a column, not one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Numbers = NDArray[np.int32]

# Sent as int4send writes them: the driver makes one value of bytes, and numpy reads it without a copy.
_BIG_ENDIAN = np.dtype(">i4")


def number_columns(columns: Sequence[str], rows: str, parameters: Sequence[Any] = ()) -> list[Numbers]:
    """Return these columns (SQL expressions of type integer, never null) of a subquery's rows, in one order for all.

    `rows` is the SQL of the subquery, named "rows" in the expressions, with `parameters` for its placeholders.
    """
    packed = ", ".join(f"string_agg(int4send({column}), ''::bytea)" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {packed} FROM ({rows}) rows", parameters)  # noqa: S608 - both are our own
        found = cursor.fetchone()
    return [np.frombuffer(value or b"", _BIG_ENDIAN).astype(np.int32) for value in found]
