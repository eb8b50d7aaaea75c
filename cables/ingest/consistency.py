"""Whether the tables agree with one another, asked of the database in bulk."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from cables.models.reference import ASTRAY, NAMES
from cables.models.withholding import SHOWN
from cables.reference_data import tables

EXAMPLES = 20
REPARSE = "manage.py reparse reads them again"
REBUILD = "manage.py rebuild_search makes the entries anew"
BACKUP = "restore a backup, or import the files into a new archive"


@dataclass(frozen=True, slots=True)
class Question:
    """What may be wrong, what to do about it ("" for nothing), and a query for the names of all that is, as `told`."""

    what: str
    advice: str
    query: str


_CITES = """
SELECT cable.identifier || ' ' || reference.target_identifier AS told
FROM cables_reference reference JOIN cables_cable cable ON cable.id = reference.cable_id
"""
_HANGING = (
    "cables_paragraph",
    "cables_cabletag",
    "cables_reference",
    "cables_searchentry",
    "cables_version",
    "cables_correction",
)

QUESTIONS = (
    Question(
        "cables without a search entry",
        REBUILD,
        f"""
        SELECT identifier AS told FROM cables_cable cable
        WHERE NOT EXISTS (SELECT FROM cables_searchentry WHERE cable_id = cable.id)
          AND {SHOWN.format(cable="cable.id")}
        """,  # noqa: S608 - put together from constants
    ),
    Question(
        "search entries of cables that are withheld",
        REBUILD,
        """
        SELECT cable.identifier AS told FROM cables_withholding JOIN cables_searchentry USING (cable_id)
        JOIN cables_cable cable ON cable.id = cable_id
        """,
    ),
    Question(
        "search entries that say otherwise than their cable",
        REBUILD,
        """
        SELECT cable.identifier AS told
        FROM cables_searchentry entry JOIN cables_cable cable ON cable.id = entry.cable_id
        LEFT JOIN LATERAL (
            SELECT array_agg(tag_id ORDER BY tag_id) AS ids FROM cables_cabletag WHERE cable_id = cable.id
        ) tags ON true
        LEFT JOIN LATERAL (
            SELECT array_agg(DISTINCT marking) AS marks FROM cables_paragraph
            WHERE cable_id = cable.id AND kind <> 'apparatus' AND marking <> ''
        ) paragraphs ON true
        WHERE (entry.day, entry.year, entry.origin_id, entry.classification, entry.tag_ids, entry.captions, entry.marks)
            IS DISTINCT FROM (
                (cable.sent_at AT TIME ZONE 'UTC')::date, extract(year FROM cable.sent_at AT TIME ZONE 'UTC')::smallint,
                cable.origin_id, cable.classification, coalesce(tags.ids, '{}'), cable.captions::text[],
                coalesce(paragraphs.marks::text[], '{}')
            )
        """,
    ),
    Question(
        "references that lead to another cable than they name",
        REPARSE,
        f"{_CITES} WHERE {ASTRAY} AND reference.target_id <> reference.cable_id",
    ),
    Question(
        "references whose cable is held and that do not lead to it",
        REPARSE,
        f"""
        {_CITES} JOIN name ON name.known_as = reference.target_identifier
        WHERE reference.target_id IS NULL AND reference.target_identifier <> '' AND name.id <> reference.cable_id
          AND {SHOWN.format(cable="name.id")} AND {SHOWN.format(cable="reference.cable_id")}
        """,
    ),
    Question(
        "references from or to cables that are withheld",
        REPARSE,
        f"""
        {_CITES} WHERE reference.target_id IS NOT NULL
          AND NOT ({SHOWN.format(cable="reference.target_id")} AND {SHOWN.format(cable="reference.cable_id")})
        """,
    ),
    Question(
        "cables that cite themselves",
        REPARSE,
        f"{_CITES} WHERE reference.target_id = cable.id OR reference.target_identifier = cable.identifier",
    ),
    Question(
        "cables whose pieces do not cover the text",
        REPARSE,
        """
        SELECT cable.identifier AS told FROM cables_cable cable
        LEFT JOIN LATERAL (
            SELECT min(start) AS first, max(start) AS last, count(*) AS pieces, count(DISTINCT start) AS places
            FROM cables_paragraph WHERE cable_id = cable.id
        ) piece ON true
        WHERE cable.body <> '' AND (piece.first IS DISTINCT FROM 0 OR piece.last >= length(cable.body)
                                    OR piece.places <> piece.pieces)
        """,
    ),
    *(
        Question(
            f"rows of {table} that belong to no cable",
            BACKUP,
            f"SELECT cable_id::text AS told FROM {table} hanging "  # noqa: S608 - one of _HANGING
            "WHERE NOT EXISTS (SELECT FROM cables_cable WHERE id = hanging.cable_id)",
        )
        for table in _HANGING
    ),
    Question(
        "aliases of cables that are not held (yet)",
        "",
        """
        SELECT alias.identifier || ' ' || alias.target AS told FROM cables_alias alias
        WHERE alias.target <> '' AND NOT EXISTS (SELECT FROM cables_cable WHERE identifier = alias.target)
          AND alias.identifier <> ALL(%(of_tables)s)
        """,
    ),
)


def ask(question: Question) -> tuple[int, list[str]]:
    """Return how much is wrong, and the first EXAMPLES of it by name."""
    statement = f"""
        {NAMES}, wrong AS MATERIALIZED ({question.query})
        SELECT (SELECT count(*) FROM wrong), ARRAY(SELECT told COLLATE "C" FROM wrong ORDER BY 1 LIMIT %(examples)s)
    """  # noqa: S608 - one of QUESTIONS
    with connection.cursor() as cursor:
        cursor.execute(statement, {"of_tables": list(tables.aliases()), "examples": EXAMPLES})
        count, examples = cursor.fetchone()
    return count, examples
