"""What an import would do, found out without writing: the other end of a dry run."""

from __future__ import annotations

from django.db import connection

from cables.ingest.preparing import Prepared
from cables.ingest.preview import Preview
from cables.ingest.store import Outcome, Stored, held_under, known_hashes

# Seen only by this connection, and gone with it; the memory of a dry run over millions of cables.
_TABLE = """
DROP TABLE IF EXISTS planned;
CREATE TEMPORARY TABLE planned (content_hash text PRIMARY KEY, identifier text COLLATE "C");
CREATE INDEX ON planned (identifier)
"""
_KNOWN = "SELECT identifier FROM planned WHERE identifier = ANY(%s)"
_ADD = "INSERT INTO planned VALUES (%s, %s) ON CONFLICT DO NOTHING"


class Plan:
    """Takes batches as Store does, remembers what this dry run has seen, and keeps examples in `preview`."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        with connection.cursor() as cursor:
            cursor.execute(_TABLE)

    def write(self, batch: list[Prepared]) -> list[Stored]:
        """Return each cable's outcome as storing the batch would have it; no identifier stands twice in it."""
        known = known_hashes(cable.content_hash for cable in batch)
        identifiers = [cable.identifier for cable in batch]
        stored = held_under(identifiers)
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, [identifiers])
            held = stored.keys() | {row[0] for row in cursor.fetchall()}
            outcomes = []
            for cable in batch:
                cursor.execute(_ADD, [cable.content_hash, cable.identifier])
                if cable.content_hash in known or not cursor.rowcount:
                    outcomes.append(Stored(cable, Outcome.UNCHANGED))
                else:
                    outcome = Outcome.UPDATED if cable.identifier in held else Outcome.CREATED
                    outcomes.append(Stored(cable, outcome, cable.problems))
        self._preview.note(outcomes, stored)
        return outcomes
