"""Known-item search: the words of a cable's subject less two as the query; is the cable among the first ten?

Asked anywhere and in the body alone, of all words, of any of them, and of all with any word where all find fewer than
ten. The subject's stop words are left out for both sides. PostgreSQL's ts_rank counts a word wherever it stands, also
where only the body is asked for: a ranking by it is not of the body alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from benchmarks.peers.face import Peer, Query
from benchmarks.searching.laboratory import Laboratory

CABLES = 500
FIRST = 10
LEFT_OUT = 2
FEWEST_WORDS = LEFT_OUT + 2
PEERS = ("ours", "fts5")
_WORD = re.compile(r"[a-z0-9]{2,}")


def measure(room: Laboratory) -> list[dict[str, Any]]:
    """Return a row for each way of asking and peer: queries, share found in the first ten, mean reciprocal rank."""
    asked = _known_items(room)
    rows: list[dict[str, Any]] = []
    for only_body in (False, True):
        for way, ask in WAYS.items():
            for peer in room.peers:
                if peer.name not in PEERS:
                    continue
                what = f"{way}, {'body' if only_body else 'anywhere'}: {peer.name}"
                ranks = [
                    _rank(ask(peer, words, only_body), cable) for cable, words in room.track(asked, what)
                ]  # fmt: skip
                rows.append(
                    {
                        "where": "body" if only_body else "anywhere",
                        "asked": way,
                        "peer": peer.name,
                        "queries": len(ranks),
                        "in_10": sum(rank is not None for rank in ranks) / max(len(ranks), 1),
                        "mrr": sum(1 / rank for rank in ranks if rank) / max(len(ranks), 1),
                    }
                )
    return rows


def _known_items(room: Laboratory) -> list[tuple[int, tuple[str, ...]]]:
    chance = random.Random(room.seed)  # noqa: S311 - which cables are looked for is no secret
    numbers = room.ours.numbers()
    chosen = chance.sample(numbers, min(4 * CABLES, len(numbers)))
    subjects = [(one.id, list(dict.fromkeys(_WORD.findall(one.subject.lower())))) for one in room.ours.texts(chosen)]
    known = room.ours.searchable({word for _, words in subjects for word in words})
    asked: list[tuple[int, tuple[str, ...]]] = []
    for cable, words in subjects:
        left = [word for word in words if word in known]
        if len(left) >= FEWEST_WORDS:
            out = set(chance.sample(left, LEFT_OUT))
            asked.append((cable, tuple(word for word in left if word not in out)))
    return asked[:CABLES]


def _all(peer: Peer, words: tuple[str, ...], only_body: bool) -> list[int]:
    return peer.hits(Query(every=words, only_body=only_body))[:FIRST]


def _any(peer: Peer, words: tuple[str, ...], only_body: bool) -> list[int]:
    return peer.hits(Query(some=words, only_body=only_body))[:FIRST]


def _all_then_any(peer: Peer, words: tuple[str, ...], only_body: bool) -> list[int]:
    found = _all(peer, words, only_body)
    if len(found) < FIRST:
        found += [cable for cable in _any(peer, words, only_body) if cable not in found]
    return found[:FIRST]


WAYS: dict[str, Callable[[Peer, tuple[str, ...], bool], list[int]]] = {
    "all words": _all,
    "any word": _any,
    "all words, then any": _all_then_any,
}


def _rank(found: list[int], cable: int) -> int | None:
    return found.index(cable) + 1 if cable in found else None
