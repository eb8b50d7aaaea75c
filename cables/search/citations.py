"""The cables that are cited most.

Which they are takes the database some hundredths of a second to find out (the whole index of references is read), so
each process keeps it until an entry changes. How often each is cited is counted anew every time, of these few by the
index: no page ever tells another number than the cable's own page does.
"""

from __future__ import annotations

from django.db import connection

from cables.search.holdings import Holdings

_LEADERS = 24

_MOST_REFERENCES = """
SELECT target_id FROM cables_reference WHERE target_id IS NOT NULL
GROUP BY target_id ORDER BY count(*) DESC, target_id LIMIT %s
"""
# A cable that cites another twice is one cable that cites it.
_CITING = """
SELECT target_id, count(DISTINCT cable_id) FROM cables_reference WHERE target_id = ANY(%s)
GROUP BY target_id ORDER BY 2 DESC, target_id LIMIT %s
"""

_kept: tuple[Holdings, list[int]] | None = None


def most_cited(held: Holdings, count: int) -> dict[int, int]:
    """Return the cables that most other cables cite, the most cited first: number of the cable -> how many cite it.

    `count` is well below _LEADERS, the number of those that are chosen by their references and then counted.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CITING, [_leaders(held), count])
        return dict(cursor.fetchall())


def _leaders(held: Holdings) -> list[int]:
    global _kept  # noqa: PLW0603 - replaced whole: threads see the old one or the new one
    kept = _kept
    if kept is None or kept[0] is not held:
        with connection.cursor() as cursor:
            cursor.execute(_MOST_REFERENCES, [_LEADERS])
            kept = _kept = held, [target for (target,) in cursor.fetchall()]
    return kept[1]
