"""Whether a cable that is not held is known to exist, by the table that an operator loaded."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from cables.parsing.dates import whole_year
from cables.parsing.identifiers import split_identifier

# A table tells nothing of the stations and years that it does not list.
_LISTED = """
SELECT wanted.identifier, bool_or(wanted.serial = ANY (known.serials))
FROM unnest(%s::text[], %s::text[], %s::int[], %s::int[]) AS wanted (identifier, station, year, serial)
JOIN cables_knowncount known ON known.station = wanted.station
    AND known.month BETWEEN make_date(wanted.year, 1, 1) AND make_date(wanted.year, 12, 1)
WHERE known.serials <> '{}'
GROUP BY wanted.identifier
"""


def known_to_exist(identifiers: Iterable[str]) -> dict[str, bool]:
    """Return canonical identifier -> whether the table lists it, for those of which the table tells.

    It tells of a station and a year of which it lists any cable. One query, none where nothing is asked.
    """
    asked = [
        (identifier, station, whole_year(year), serial)
        for identifier in identifiers
        for year, station, serial in filter(None, [split_identifier(identifier)])
    ]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, [list(column) for column in zip(*asked, strict=True)])
        return dict(cursor.fetchall())
