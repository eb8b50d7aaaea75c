"""Cables like a cable: those that share at least two of its rare words and rare TAGS."""

from __future__ import annotations

from cables.models import Cable, WordList
from cables.search.finding import quick_plans

# What so many cables share, or such a part of a smaller archive, tells little, and takes long to count.
_COMMON = 1000
_COMMON_PART = 0.05
_COMMON_OF_FEW = 5
_PARAMETERS = {
    "postings": 6000,  # places that all its words may have together: the cost of one answer
    "unlisted": 12,
    "listed": 24,
    "letters": 4,
    "weighed": 50,  # the best, weighed against their length: a long cable has some of every word
}
# Words of the subject or summary first, then the rarest. A word that is not on the archive's list is rarer than
# those on it. What only meanings of TAGS have (weight B without D) is left to the TAGS.
_ALIKE = """
WITH entry AS (
    SELECT vector, tag_ids FROM cables_searchentry WHERE cable_id = %(cable)s
), own AS (
    SELECT lexeme, weights && '{A,B}'::text[] AS told, known.cables * %(step)s AS cables
    FROM entry, unnest(vector) AS word(lexeme, positions, weights)
    LEFT JOIN LATERAL (SELECT sum(cables) FROM cables_word WHERE stem = lexeme) known(cables) ON true
    WHERE weights && '{A,D}'::text[] AND length(lexeme) >= %(letters)s AND lexeme !~ $$[0-9_./@'\\-]|^x{5}$$
), word AS MATERIALIZED (
    (SELECT lexeme FROM own WHERE cables IS NULL ORDER BY told DESC, lexeme LIMIT %(unlisted)s)
    UNION ALL
    (SELECT lexeme FROM (
        SELECT lexeme, sum(cables) OVER (ORDER BY told DESC, cables, lexeme) AS postings
        FROM own WHERE cables < %(common)s
    ) rare WHERE postings <= %(postings)s LIMIT %(listed)s)
), tag AS MATERIALIZED (
    SELECT tag.id, tag.code FROM entry, unnest(tag_ids) AS own_tag JOIN cables_tag tag ON tag.id = own_tag
    WHERE (SELECT count(*) FROM (SELECT FROM cables_cabletag WHERE tag_id = tag.id LIMIT %(common)s) given) < %(common)s
), shared AS (
    SELECT cable_id, what, count(*) OVER (PARTITION BY what) AS cables FROM (
        SELECT other.cable_id, lexeme AS what FROM word, LATERAL (
            SELECT cable_id FROM cables_searchentry WHERE vector @@ ('''' || lexeme || '''')::tsquery LIMIT %(common)s
        ) other
        UNION ALL
        SELECT other.cable_id, code FROM tag, LATERAL (
            SELECT cable_id FROM cables_searchentry WHERE tag_ids @> ARRAY[tag.id] LIMIT %(common)s
        ) other
    ) found
)
SELECT cable.id, identifier, subject, sent_at, cable.classification, cable.captions, is_partial, summary,
       cable.origin_id
FROM (
    SELECT cable_id, sum(ln(%(held)s::float / cables + 1)) AS score FROM shared
    WHERE cables < %(common)s AND cable_id <> %(cable)s
    GROUP BY cable_id HAVING count(*) >= 2 ORDER BY score DESC, cable_id DESC LIMIT %(weighed)s
) alike JOIN cables_cable cable ON cable.id = cable_id JOIN cables_searchentry entry ON entry.cable_id = cable.id
ORDER BY score / ln(entry.length + 3) DESC, cable.id DESC LIMIT %(most)s
"""


def similar(cable_id: int, most: int) -> list[Cable]:
    """Return the cables most like a cable, without their texts; few or none where nothing rare is shared."""
    words = WordList.objects.first()
    if words is None:
        return []
    common = min(_COMMON, max(_COMMON_OF_FEW, int(words.held * _COMMON_PART)))
    parameters = _PARAMETERS | {
        "cable": cable_id,
        "most": most,
        "common": common,
        "step": words.step,
        "held": words.held,
    }
    with quick_plans():
        return list(Cable.objects.raw(_ALIKE, parameters))
