"""What is known of a cable that no page shows: that it is withheld, or what a table that an operator loaded says."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import connection

from cables.models.withholding import MEANS_WITHHELD
from cables.parsing.dates import whole_year
from cables.parsing.identifiers import split_identifier


class Known(StrEnum):
    """What is known of an identifier that is not shown."""

    LISTED = "listed"
    UNLISTED = "unlisted"
    WITHHELD = "withheld"


# A table tells nothing of the stations and years that it does not list. What is withheld comes last, and stands.
_KNOWN = f"""
WITH wanted (identifier, station, year, serial) AS (SELECT * FROM unnest(%s::text[], %s::text[], %s::int[], %s::int[]))
SELECT wanted.identifier, CASE WHEN bool_or(wanted.serial = ANY (known.serials)) THEN 'listed' ELSE 'unlisted' END
FROM wanted JOIN cables_knowncount known ON known.station = wanted.station
    AND known.month BETWEEN make_date(wanted.year, 1, 1) AND make_date(wanted.year, 12, 1)
WHERE known.serials <> '{{}}'
GROUP BY wanted.identifier
UNION ALL
SELECT wanted.identifier, 'withheld' FROM wanted WHERE {MEANS_WITHHELD.format(name="wanted.identifier")}
ORDER BY 2
"""  # noqa: S608 - put together from constants


def what_is_known(identifiers: Iterable[str]) -> dict[str, Known]:
    """Return canonical identifier -> what is known of it, for those of which anything is.

    A table tells of a station and a year of which it lists any cable. One query, none where nothing is asked.
    """
    asked = [(name, *_parts(name)) for name in identifiers]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(column) for column in zip(*asked, strict=True)])
        return {identifier: Known(known) for identifier, known in cursor.fetchall()}


def _parts(identifier: str) -> tuple[str, int, int]:
    """Return station, year and serial number; of what is no identifier a station that no table lists."""
    year, station, serial = split_identifier(identifier) or ("70", "", 0)
    return station, whole_year(year), serial
