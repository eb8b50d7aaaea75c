"""Snippets: for each hit the paragraph that answers best, with the words that were found marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cables.models.search_entry import CONFIGURATION

# Hits are marked by two private-use characters, which escaping leaves alone, and become <mark> after it: ts_headline
# itself would let a broken tag of the text through.
_START, _STOP = "\ue000", "\ue001"
_OPTIONS = f"StartSel={_START}, StopSel={_STOP}, MinWords=18, MaxWords=42, MaxFragments=2, FragmentDelimiter=' … '"
_WHOLE = f"StartSel={_START}, StopSel={_STOP}, HighlightAll=true"

# Of a long cable's paragraphs the first that have any of the words are looked at: analysing all of them is slow.
_BEST_PARAGRAPHS = """
WITH best AS (
    SELECT DISTINCT ON (paragraph.cable_id)
           paragraph.cable_id, paragraph.number, paragraph.marking, translate(paragraph.text, %(marks)s, '') AS text
    FROM to_tsquery(%(config)s, %(words)s) AS query, to_tsquery(%(config)s, %(any)s) AS any_word,
         unnest(%(cables)s::integer[]) AS cable (id)
    CROSS JOIN LATERAL (
        SELECT piece.cable_id, piece.position, piece.number, piece.marking, piece.text, vector
        FROM cables_paragraph piece, to_tsvector(%(config)s, piece.text) AS vector
        WHERE piece.cable_id = cable.id AND piece.kind NOT IN ('apparatus', 'preamble', 'heading')
              AND vector @@ any_word
        ORDER BY piece.position LIMIT %(looked_at)s
    ) paragraph
    ORDER BY paragraph.cable_id, ts_rank(paragraph.vector, query) DESC, paragraph.position
)
SELECT cable.id, ts_headline(%(config)s, translate(cable.subject, %(marks)s, ''), query, %(whole)s),
       coalesce(best.number, ''), coalesce(best.marking, ''),
       coalesce(ts_headline(%(config)s, best.text, query, %(options)s), '')
FROM to_tsquery(%(config)s, %(words)s) AS query, cables_cable cable LEFT JOIN best ON best.cable_id = cable.id
WHERE cable.id = ANY(%(cables)s)
"""
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Snippet:
    """A hit's subject and best paragraph as safe HTML with <mark> around the words found, and the paragraph's place."""

    subject: SafeString
    text: SafeString
    number: str = ""
    marking: str = ""


def snippets(texts: Sequence[str], cable_ids: list[int]) -> dict[int, Snippet]:
    """Return cable id -> Snippet for these cables; `texts` is what is looked for, as arguments of to_tsquery."""
    parameters: dict[str, Any] = {
        "config": CONFIGURATION,
        "words": " & ".join(texts),
        "any": " | ".join(texts),
        "looked_at": _LOOKED_AT,
        "cables": cable_ids,
        "marks": _START + _STOP,
        "options": _OPTIONS,
        "whole": _WHOLE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEST_PARAGRAPHS, parameters)
        rows = cursor.fetchall()
    return {
        cable_id: Snippet(marked(subject), marked(text), number, marking)
        for cable_id, subject, number, marking, text in rows
    }


def marked(headline: str) -> SafeString:
    """Return the escaped headline with its private-use marks made <mark> elements."""
    html = escape(headline).replace(_START, "<mark>").replace(_STOP, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped one line above
