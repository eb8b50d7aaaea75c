"""The thread of a cable: what it cites and what cites it, step by step, and who cites whom among all these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter

from django.db import connection

from cables.models.withholding import MEANS_WITHHELD, SHOWN
from cables.parsing.dates import whole_year
from cables.parsing.identifiers import split_identifier

_LATEST = datetime.max.replace(tzinfo=UTC)

# A step is what the cables of the step before cite, or what cites them, without those that are here already. Where
# there is no room for all, those come first that the most cables cite, then the newest. A cable that is not held goes
# by the name that it is cited by, and ends its branch: number 0 cites nothing.
_STEP = """
{this} AS MATERIALIZED (
    SELECT found.id, name, {sign}{number} AS step, count(*) OVER () AS found FROM (
        SELECT DISTINCT {far} AS id, {name} AS name
        FROM {before} JOIN cables_reference reference ON {near} = {before}.id
        WHERE {known}
    ) found
    LEFT JOIN cables_searchentry entry ON entry.cable_id = found.id
    WHERE (found.id, name) NOT IN (SELECT id, name FROM ({seen}) seen)
    ORDER BY (SELECT count(DISTINCT cable_id) FROM cables_reference WHERE target_id = found.id) DESC,
             entry.day DESC NULLS LAST, found.id DESC, name
    LIMIT greatest(0, {room} - (SELECT count(*) FROM ({seen}) seen))
)"""
_CITED = {
    "sign": "-",
    "near": "reference.cable_id",
    "far": "coalesce(reference.target_id, 0)",
    "name": "CASE WHEN reference.target_id IS NULL THEN reference.target_identifier ELSE '' END",
    "known": "reference.target_identifier <> ''",
}
_CITING = {
    "sign": "",
    "near": "reference.target_id",
    "far": "reference.cable_id",
    "name": "''",
    "known": "true",
}
_THREAD = """
WITH start AS (SELECT %(cable)s::integer AS id, '' AS name, 0 AS step, 1 AS found), {steps}
SELECT node.found, node.step, coalesce(cable.identifier, node.name), node.id > 0,
       node.id = 0 AND {withheld}, coalesce(cable.subject, ''),
       cable.sent_at, coalesce(post.name, ''),
       ARRAY(
           SELECT coalesce(target.identifier, reference.target_identifier)
           FROM cables_reference reference LEFT JOIN cables_cable target ON target.id = reference.target_id
           WHERE reference.cable_id = node.id AND {known} AND reference.target_id IS DISTINCT FROM node.id
           ORDER BY reference.position
       ),
       CASE WHEN node.id > 0
           THEN (SELECT count(DISTINCT cable_id) FROM cables_reference WHERE target_id = node.id)
           ELSE (SELECT count(DISTINCT cable_id) FROM cables_reference
                 WHERE target_identifier = node.name AND {shown})
       END
FROM ({nodes}) node
LEFT JOIN cables_cable cable ON cable.id = node.id LEFT JOIN cables_post post ON post.id = cable.origin_id
"""


@dataclass(frozen=True, slots=True)
class ThreadCable:
    """A cable of a thread: held, or only known by what cites it, and then without subject, origin and time.

    One that is withheld counts as not held. `step` counts from the cable whose thread it is: below 0 what it cites,
    above 0 what cites it. `cites` names every cable that it cites, in its own order, in the thread or not; `cited_by`
    is how many cables held cite it.
    """

    identifier: str
    held: bool
    withheld: bool = False
    subject: str = ""
    sent_at: datetime | None = None
    origin: str = ""
    step: int = 0
    cites: tuple[str, ...] = ()
    cited_by: int = 0

    @property
    def year(self) -> int | None:
        """The year it was sent in, or else that of its identifier; None where neither is known."""
        parts = split_identifier(self.identifier)
        if self.sent_at or parts is None:
            return self.sent_at.year if self.sent_at else None
        return whole_year(parts[0])


@dataclass(frozen=True, slots=True)
class Thread:
    """The cables of a thread in order of time; `left_out` counts those as near as these for which there was no room."""

    cables: tuple[ThreadCable, ...]
    left_out: int = 0


def thread(cable_id: int, *, steps: int, most: int) -> Thread:
    """Return what a cable cites and what cites it, so many steps each way, at most so many cables with itself."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(steps, most), {"cable": cable_id})
        rows = cursor.fetchall()
    found: dict[int, int] = {}
    shown: Counter[int] = Counter()
    cables: dict[str, ThreadCable] = {}
    for of_step, step, name, held, withheld, subject, sent_at, origin, cites, cited_by in sorted(
        rows, key=itemgetter(3)
    ):
        found[step] = of_step
        shown[step] += 1
        # One name is one cable, and what is held comes last and stays: its references may not have been settled yet.
        named = tuple(dict.fromkeys(cites))
        cables[name] = ThreadCable(name, held, withheld, subject, sent_at, origin, step, named, cited_by)
    return Thread(in_order_of_time(cables.values()), sum(found.values()) - shown.total())


def in_order_of_time(cables: Iterable[ThreadCable]) -> tuple[ThreadCable, ...]:
    """Return the cables by the time they were sent; one of unknown time stands at the latest that it can be of.

    That is the end of its identifier's year, or just before the first cable that cites it, whichever is earlier.
    """
    cables = tuple(cables)
    first_cited: dict[str, datetime] = {}
    for cable in cables:
        for name in cable.cites:
            if cable.sent_at:
                first_cited[name] = min(cable.sent_at, first_cited.get(name, cable.sent_at))

    def moment(cable: ThreadCable) -> tuple[datetime, bool, str]:
        if cable.sent_at:
            return cable.sent_at, True, cable.identifier
        end = datetime(cable.year, 12, 31, 23, 59, 59, tzinfo=UTC) if cable.year else _LATEST
        return min(end, first_cited.get(cable.identifier, _LATEST)), False, cable.identifier

    return tuple(sorted(cables, key=moment))


@cache
def _statement(steps: int, most: int) -> str:
    """Return the statement that asks for a thread of so many steps each way and at most so many cables."""
    names = ["start"]
    parts = []
    # What is cited has half of the room, and what cites has the rest of it.
    for way, words, room in (("cited", _CITED, 1 + most // 2), ("citing", _CITING, most)):
        before = "start"
        for number in range(1, steps + 1):
            seen = " UNION ALL ".join(f"SELECT id, name FROM {name}" for name in names)  # noqa: S608 - our own names
            this = f"{way}{number}"
            parts.append(_STEP.format(this=this, before=before, number=number, seen=seen, room=room, **words))
            names.append(this)
            before = this
    nodes = " UNION ALL ".join(f"SELECT * FROM {name}" for name in names)  # noqa: S608 - likewise
    return _THREAD.format(
        steps=",".join(parts),
        nodes=nodes,
        known=_CITED["known"],
        withheld=MEANS_WITHHELD.format(name="node.name"),
        shown=SHOWN.format(cable="cables_reference.cable_id"),
    )
