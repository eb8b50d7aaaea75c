"""What disagrees in an archive: found by asking the database, and by reading every cable again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from cables.ingest import bulk
from cables.ingest.rereading import reread
from cables.ingest.workers import workers
from cables.models import Cable

EXAMPLES = 20
_IMPORT_AGAIN = "import the file that it came in with again, from a copy that is whole"
_REPARSE = "manage.py reparse reads them again"
_REBUILD = "manage.py rebuild_search makes the entries anew"
_BACKUP = "restore a backup, or import the files into a new archive"

_ORPHANS = "SELECT cable_id::text FROM TABLE row WHERE NOT EXISTS (SELECT FROM cables_cable WHERE id = row.cable_id)"

# (what is wrong, what to do, a query for the names of what is wrong)
_QUERIES = (
    (
        "cables without a search entry",
        _REBUILD,
        """
        SELECT identifier FROM cables_cable cable
        WHERE NOT EXISTS (SELECT FROM cables_searchentry WHERE cable_id = cable.id)
        """,
    ),
    (
        "search entries that say otherwise than their cable",
        _REBUILD,
        """
        SELECT cable.identifier FROM cables_searchentry entry JOIN cables_cable cable ON cable.id = entry.cable_id
        LEFT JOIN LATERAL (SELECT array_agg(tag_id ORDER BY tag_id) AS ids FROM cables_cabletag
                           WHERE cable_id = cable.id) tags ON true
        WHERE (entry.day, entry.year, entry.origin_id, entry.classification, entry.tag_ids) IS DISTINCT FROM
              ((cable.sent_at AT TIME ZONE 'UTC')::date,
               extract(year FROM cable.sent_at AT TIME ZONE 'UTC')::smallint, cable.origin_id, cable.classification,
               coalesce(tags.ids, '{}'))
        """,
    ),
    (
        "references that lead to another cable than they name",
        _REPARSE,
        """
        SELECT cable.identifier || ' ' || reference.target_identifier
        FROM cables_reference reference JOIN cables_cable cable ON cable.id = reference.cable_id
        JOIN cables_cable target ON target.id = reference.target_id
        WHERE target.identifier <> reference.target_identifier AND NOT EXISTS
              (SELECT FROM cables_alias WHERE identifier = reference.target_identifier AND target = target.identifier)
        """,
    ),
    (
        "references whose cable is held and that do not lead to it",
        "any import settles them",
        """
        SELECT cable.identifier || ' ' || reference.target_identifier
        FROM cables_reference reference JOIN cables_cable cable ON cable.id = reference.cable_id
        JOIN cables_cable target ON target.identifier = reference.target_identifier
        WHERE reference.target_id IS NULL AND target.id <> cable.id
        """,
    ),
    (
        "cables that cite themselves",
        _REPARSE,
        """
        SELECT cable.identifier FROM cables_reference reference JOIN cables_cable cable ON cable.id = reference.cable_id
        WHERE reference.target_id = cable.id
        """,
    ),
    (
        "cables whose pieces do not cover the text",
        _REPARSE,
        """
        SELECT cable.identifier FROM cables_cable cable
        LEFT JOIN LATERAL (SELECT min(start) AS first, max(start) AS last, count(*) AS pieces,
                                  count(DISTINCT start) AS places
                           FROM cables_paragraph WHERE cable_id = cable.id) piece ON true
        WHERE cable.body <> '' AND (piece.first IS DISTINCT FROM 0 OR piece.last >= length(cable.body)
                                    OR piece.places <> piece.pieces)
        """,
    ),
    *(
        (
            f"rows of {table} that belong to no cable",
            _BACKUP,
            _ORPHANS.replace("TABLE", table),
        )
        for table in ("cables_paragraph", "cables_cabletag", "cables_reference", "cables_searchentry", "cables_version")
    ),
)


@dataclass(slots=True)
class Finding:
    """One kind of disagreement: what it is, what to do about it, how often it occurs, and the first examples."""

    what: str
    advice: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


@dataclass(slots=True)
class Check:
    """The outcome of a check: how many cables were read again, what was found, and what could not be told.

    `fields`: name of a field -> in how many cables a better parser would change it.
    """

    cables: int = 0
    findings: list[Finding] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)
    unverified: int = 0

    @property
    def exit_status(self) -> int:
        """0: all agrees; 1: something does not."""
        return 1 if self.findings else 0

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as the check_archive command prints it."""
        return {
            "cables": self.cables,
            "unverified": self.unverified,
            "fields": dict(self.fields.most_common()),
            "findings": [
                {"what": found.what, "count": found.count, "advice": found.advice, "examples": found.examples}
                for found in self.findings
            ],
        }


def check_archive(processes: int, progress: Callable[[int, int], None] = lambda done, total: None) -> Check:
    """Return everything in which the archive disagrees with itself or with today's parser; writes nothing.

    `progress` is told how many cables have been read again, of how many.
    """
    check = Check()
    if bulk.under_way():
        check.findings.append(Finding("the index of the search is missing", "manage.py rebuild_search builds it", 1))
    for what, advice, query in _QUERIES:
        if found := _asked(what, advice, query):
            check.findings.append(found)
    damaged = Finding("cables whose text or values are not those that came in", _IMPORT_AGAIN)
    other = Finding("cables that today's parser reads otherwise", _REPARSE)
    total = Cable.objects.count()
    with workers(processes) as pool:
        for again in reread(Cable.objects.all(), pool):
            check.cables += 1
            if again.is_whole is None:
                check.unverified += 1
            elif not again.is_whole:
                damaged.add(again.cable.identifier)
            if again.differences:
                check.fields.update(again.differences)
                other.add(f"{again.cable.identifier}: {', '.join(again.differences)}")
            progress(check.cables, total)
    check.findings += [found for found in (damaged, other) if found.count]
    return check


def _asked(what: str, advice: str, query: str) -> Finding | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({query}) found")  # noqa: S608 - one of _QUERIES
        (count,) = cursor.fetchone()
        if not count:
            return None
        cursor.execute(f"{query} LIMIT {EXAMPLES}")
        return Finding(what, advice, count, [row[0] for row in cursor.fetchall()])
