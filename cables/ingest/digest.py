"""One number for all that imports have written: two archives that hold the same have the same."""

from __future__ import annotations

import hashlib

from django.db import connection, transaction

ROWS_AT_ONCE = 2_000

# Every row is named by identifiers, codes and names. What only numbers rows, and who wrote them when, is left out.
# jsonb has one text for one value: its keys are sorted, and dates and numbers are written the same everywhere.
_CABLES = """
SELECT 1 AS part, cable.identifier AS name, sha256(convert_to(
    (to_jsonb(cable) - '{id,run_id,origin_id}'::text[] || jsonb_build_object('origin', post.name))::text, 'UTF8'
) || coalesce(paragraphs.hash, '') || coalesce(tags.hash, '') || coalesce(refs.hash, '') || coalesce(entry.hash, ''))
    AS hash
FROM cables_cable cable
LEFT JOIN cables_post post ON post.id = cable.origin_id
LEFT JOIN LATERAL (
    SELECT sha256(convert_to(jsonb_agg(to_jsonb(piece) - 'cable_id' ORDER BY position)::text, 'UTF8')) AS hash
    FROM cables_paragraph piece WHERE cable_id = cable.id
) paragraphs ON true
LEFT JOIN LATERAL (
    SELECT sha256(convert_to(jsonb_agg(tag.code ORDER BY held.position, tag.code)::text, 'UTF8')) AS hash
    FROM cables_cabletag held JOIN cables_tag tag ON tag.id = held.tag_id WHERE held.cable_id = cable.id
) tags ON true
LEFT JOIN LATERAL (
    SELECT sha256(convert_to(jsonb_agg(
        to_jsonb(reference) - '{cable_id,target_id}'::text[] || jsonb_build_object('target', target.identifier)
        ORDER BY position)::text, 'UTF8')) AS hash
    FROM cables_reference reference LEFT JOIN cables_cable target ON target.id = reference.target_id
    WHERE reference.cable_id = cable.id
) refs ON true
LEFT JOIN LATERAL (
    SELECT sha256(convert_to((to_jsonb(searched) - '{cable_id,origin_id,tag_ids}'::text[]
        || jsonb_build_object('origin', origin.name, 'tags', codes.held))::text, 'UTF8')) AS hash
    FROM cables_searchentry searched LEFT JOIN cables_post origin ON origin.id = searched.origin_id
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(tag.code ORDER BY tag.code) AS held
        FROM unnest(searched.tag_ids) AS tagged(id) LEFT JOIN cables_tag tag ON tag.id = tagged.id
    ) codes
    WHERE searched.cable_id = cable.id
) entry ON true
"""
_VERSIONS = """
SELECT 2, cable.identifier, sha256(convert_to(jsonb_build_array(
    version.content_hash, former_reading, reason, fields || jsonb_build_object('origin', post.name))::text, 'UTF8'))
FROM cables_version version
JOIN cables_cable cable ON cable.id = version.cable_id
LEFT JOIN cables_post post ON post.id = (fields ->> 'origin')::integer
"""
_ALIASES = "SELECT 3, identifier, sha256(convert_to(target, 'UTF8')) FROM cables_alias"
_POSTS = """
SELECT 4, name COLLATE "C", sha256(convert_to((to_jsonb(post) - 'id')::text, 'UTF8'))
FROM cables_post post WHERE EXISTS (SELECT FROM cables_cable WHERE origin_id = post.id)
"""
_TAGS = """
SELECT 5, code, sha256(convert_to((to_jsonb(tag) - 'id')::text, 'UTF8'))
FROM cables_tag tag WHERE EXISTS (SELECT FROM cables_cabletag WHERE tag_id = tag.id)
"""
_CORRECTIONS = """
SELECT 6, cable.identifier, sha256(convert_to(jsonb_build_array(field, value, correction.received, note)::text, 'UTF8'))
FROM cables_correction correction JOIN cables_cable cable ON cable.id = correction.cable_id
"""
# One statement sees one state of the archive, whoever writes meanwhile.
_ALL = " UNION ALL ".join((_CABLES, _VERSIONS, _ALIASES, _POSTS, _TAGS, _CORRECTIONS)) + " ORDER BY part, name, hash"


def archive_digest() -> str:
    """Return a SHA-256, in hexadecimal, over the content of all tables that imports write.

    Cables with paragraphs, TAGS, references and search entries, versions, corrections, aliases, and the posts and TAGS
    in use count; the numbers of rows, runs and times do not. So the same files, imported under the same names, give the
    same digest on any machine (of one version of PostgreSQL, whose word stems the vectors hold). Rows come as a stream:
    memory stays flat.
    """
    digest = hashlib.sha256()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ALL)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for part, name, hashed in rows:
                digest.update(f"{part} {name} ".encode())
                digest.update(hashed)
    return digest.hexdigest()
