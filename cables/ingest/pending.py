"""New words wait together, and go into the indexes of search at once.

A GIN index keeps what comes in on a list that every search reads too, and sorts it in when the list is full. The more
is sorted in at once, the less it costs: a frequent word is looked up once, not once a batch. So while an import goes on
the lists may grow beyond PostgreSQL's usual 4 MB, and they are emptied when all can be found already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

# Some 2,000 cables; a search reads so much in a few hundredths of a second.
_WAITING = "16MB"
# What is sorted in at once; with less the list is sorted in pieces.
_SORTING = "64MB"
_BEGIN = "SET gin_pending_list_limit = '{waiting}'; SET work_mem = '{sorting}'; SET maintenance_work_mem = '{sorting}'"
_END = "RESET gin_pending_list_limit; RESET work_mem; RESET maintenance_work_mem"

_SORT_IN = """
SELECT gin_clean_pending_list(oid) FROM pg_class WHERE oid = to_regclass(%s) AND pg_has_role(relowner, 'USAGE')
"""


@contextmanager
def words_waiting() -> Iterator[None]:
    """Let more words than usual wait meanwhile. They do so still where this ends: `sort_in` takes them in."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN.format(waiting=_WAITING, sorting=_SORTING))
    try:
        yield
    finally:
        if not connection.needs_rollback and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(_END)


def sort_in(indexes: Iterable[str]) -> None:
    """Take what waits into each of these indexes; readers go on.

    Where it is broken off, or the role of DATABASE_URL does not own the index, the server does it later.
    """
    with connection.cursor() as cursor:
        for index in indexes:
            cursor.execute(_SORT_IN, [index])
