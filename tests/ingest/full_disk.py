"""A database that has no room left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# The words, the hint and the SQLSTATE are those with which PostgreSQL itself says that it cannot write.
_FULL = """
CREATE FUNCTION tests_full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file "base/5/16384": No space left on device'
        USING ERRCODE = 'disk_full', HINT = 'Check free disk space.';
END
$$;
CREATE TRIGGER tests_full_disk BEFORE INSERT ON cables_cable
FOR EACH ROW WHEN (NEW.identifier = '{identifier}') EXECUTE FUNCTION tests_full_disk()
"""


@contextmanager
def full_disk_at(identifier: str) -> Iterator[None]:
    """No cable from this one on can be written meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_FULL.format(identifier=identifier))
        try:
            yield
        finally:
            cursor.execute("DROP FUNCTION tests_full_disk CASCADE")
