"""Snippets: for each hit the paragraph that answers best, with the words that were found marked."""

from __future__ import annotations

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

_BEST_PARAGRAPHS = """
WITH best AS (
    SELECT DISTINCT ON (paragraph.cable_id)
           paragraph.cable_id, paragraph.number, paragraph.marking, translate(paragraph.text, %(marks)s, '') AS text
    FROM cables_paragraph paragraph, to_tsquery(%(config)s, %(words)s) AS query
    WHERE paragraph.cable_id = ANY(%(cables)s) AND paragraph.kind NOT IN ('apparatus', 'preamble', 'heading')
    ORDER BY paragraph.cable_id, ts_rank(to_tsvector(%(config)s, paragraph.text), query) DESC, paragraph.position
)
SELECT cable.id, ts_headline(%(config)s, translate(cable.subject, %(marks)s, ''), query, %(whole)s),
       coalesce(best.number, ''), coalesce(best.marking, ''),
       coalesce(ts_headline(%(config)s, best.text, query, %(options)s), '')
FROM to_tsquery(%(config)s, %(words)s) AS query, cables_cable cable LEFT JOIN best ON best.cable_id = cable.id
WHERE cable.id = ANY(%(cables)s)
"""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A hit's subject and best paragraph as safe HTML with <mark> around the words found, and the paragraph's place."""

    subject: SafeString
    text: SafeString
    number: str = ""
    marking: str = ""


def snippets(ranked: str, cable_ids: list[int]) -> dict[int, Snippet]:
    """Return cable id -> Snippet for these cables; `ranked` is the argument of to_tsquery for what is looked for."""
    parameters: dict[str, Any] = {
        "config": CONFIGURATION,
        "words": ranked,
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
