"""What is offered beside the hits: suggestions while typing, what may have been meant, cables like a cable."""

from __future__ import annotations

import random
from typing import Any

from benchmarks.searching.laboratory import Laboratory
from benchmarks.searching.timing import median, p95, timed

ASKED = 100


def measure(room: Laboratory) -> list[dict[str, Any]]:
    """Return a row for each kind of offer: how many were asked for, how many had an answer, median and p95 in ms."""
    ours: Any = room.peers[0]
    ask = room.questions(5)
    chance = random.Random(room.seed)  # noqa: S311 - what is asked for is no secret
    words = [ask.any_word() for _ in range(ASKED)]
    begun = [word[: chance.randint(2, 5)] for word in words]
    numbers = room.ours.numbers()
    return [
        _row("suggestions", ours.suggested, begun),
        _row("did you mean", ours.meant, [_misspelt(word, chance) for word in words]),
        _row("similar cables", ours.alike, chance.sample(numbers, min(ASKED, len(numbers)))),
    ]


def _misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _row(name: str, call: Any, asked: list[Any]) -> dict[str, Any]:
    answered = sum(bool(call(one)) for one in asked)
    taken = [timed(call, one) for one in asked]
    return {"offer": name, "asked": len(asked), "answered": answered, "ms": median(taken), "p95_ms": p95(taken)}
