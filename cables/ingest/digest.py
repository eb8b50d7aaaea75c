"""One number for all that an archive holds, the same wherever and in whatever steps it came in."""

from __future__ import annotations

import hashlib

from django.db import connection, transaction

# Rows by the names that people know them by, never by numbers of rows, of runs, or times of recording.
_CONTENT = (
    """
    SELECT sha256(convert_to((to_jsonb(cable) - 'id' - 'run_id' - 'origin_id')::text || coalesce(post.name, ''),
                             'UTF8'))
    FROM cables_cable cable LEFT JOIN cables_post post ON post.id = cable.origin_id ORDER BY cable.identifier
    """,
    """
    SELECT sha256(convert_to(cable.identifier || (to_jsonb(paragraph) - 'cable_id')::text, 'UTF8'))
    FROM cables_paragraph paragraph JOIN cables_cable cable ON cable.id = paragraph.cable_id
    ORDER BY cable.identifier, paragraph.position
    """,
    """
    SELECT sha256(convert_to(concat_ws(' ', cable.identifier, link.position, tag.code), 'UTF8'))
    FROM cables_cabletag link JOIN cables_cable cable ON cable.id = link.cable_id
    JOIN cables_tag tag ON tag.id = link.tag_id
    ORDER BY cable.identifier, link.position
    """,
    """
    SELECT sha256(convert_to(concat_ws(' ', cable.identifier, (to_jsonb(reference) - 'cable_id' - 'target_id')::text,
                                       target.identifier), 'UTF8'))
    FROM cables_reference reference JOIN cables_cable cable ON cable.id = reference.cable_id
    LEFT JOIN cables_cable target ON target.id = reference.target_id
    ORDER BY cable.identifier, reference.position
    """,
    """
    SELECT sha256(convert_to(cable.identifier
                             || (to_jsonb(version) - 'id' - 'cable_id' - 'run_id' - 'recorded_at')::text, 'UTF8'))
    FROM cables_version version JOIN cables_cable cable ON cable.id = version.cable_id
    ORDER BY cable.identifier, version.content_hash, version.former_reading, version.fields::text
    """,
    """
    SELECT sha256(convert_to(concat_ws(' ', cable.identifier, entry.day, entry.year, post.name, entry.classification,
           (SELECT string_agg(code, ' ' ORDER BY code) FROM cables_tag WHERE id = ANY(entry.tag_ids)),
           entry.vector::text), 'UTF8'))
    FROM cables_searchentry entry JOIN cables_cable cable ON cable.id = entry.cable_id
    LEFT JOIN cables_post post ON post.id = entry.origin_id ORDER BY cable.identifier
    """,
    "SELECT convert_to(identifier || ' ' || target, 'UTF8') FROM cables_alias ORDER BY identifier",
)


def archive_digest() -> str:
    """Return a SHA-256, in hexadecimal, over all that imports write: cables with what hangs on them, and aliases."""
    digest = hashlib.sha256()
    with transaction.atomic():
        for query in _CONTENT:
            with connection.chunked_cursor() as cursor:
                cursor.execute(query)
                for (row,) in cursor:
                    digest.update(row)
            digest.update(b"\n")
    return digest.hexdigest()
