"""Invented cables in the order in which they are sent: threads of cables that run side by side over weeks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from cables.corpus import nara, telegram
from cables.corpus.drafting import draft_cable
from cables.corpus.records import Citation, InventedCable
from cables.corpus.stories import STORIES
from cables.corpus.teller import Memory, Plot, thread_constants
from cables.corpus.timeline import Serials, sending_times
from cables.corpus.world import ATLAS, STATE, Post, dice, posts_in

LAST_ARCHIVES_YEAR = 1979
# A thread whose next cable is overdue by so much is never finished.
PATIENCE = timedelta(days=60)
YEARS_REMEMBERED = 3


def cable_identifier(post: Post, when: datetime, serial: int) -> str:
    """The canonical identifier: four digits of year in the National Archives' series of 1973-79, two in later ones."""
    year = str(when.year) if when.year <= LAST_ARCHIVES_YEAR else f"{when:%y}"
    return f"{year}{post.station}{serial}"


def invented_cables(count: int, seed: int = 1) -> Iterator[InventedCable]:
    """`count` invented cables in the order of their sending; the same for the same count and seed."""
    newsroom = _Newsroom(dice("corpus", seed))
    for when in sending_times(count, dice("times", seed)):
        yield newsroom.issue(when)


class _Newsroom:
    """The threads that are running, the serial numbers given out and the latest cables about each country."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._serials = Serials()
        self._memory = Memory()
        self._waiting: list[tuple[datetime, int, Plot]] = []
        self._started = 0
        self._recent: dict[str, deque[Citation]] = {code: deque(maxlen=6) for code in ATLAS}

    def issue(self, when: datetime) -> InventedCable:
        """The cable sent at a moment: the next of the thread that has waited longest, or the first of a new one."""
        plot = self._due(when) or self._new_plot(when)
        kind = plot.stages.pop(0)
        post = self._author(plot, kind)
        citations = self._cited(plot, post, when)
        draft = draft_cable(kind, plot, post, when, citations, self._chance)
        serial = self._serials.take(post, when)
        identifier = cable_identifier(post, when, serial)
        form = nara if when.year <= LAST_ARCHIVES_YEAR else telegram
        printed = form.printed(draft, post, when, serial, self._chance)
        citation = Citation(identifier, when.year, post.words, serial)
        plot.sent.append(citation)
        self._recent[plot.country.code].append(citation)
        if plot.stages:
            self._wait(plot, when)
        return InventedCable(
            identifier=identifier,
            post=post,
            serial=serial,
            sent_at=when,
            classification=draft.level,
            subject=draft.subject,
            tags=draft.tags,
            references=tuple(cited.identifier for cited in draft.citations),
            header=printed.header,
            body=printed.body,
            draft=draft,
            attributes=printed.attributes,
        )

    def _wait(self, plot: Plot, when: datetime) -> None:
        self._started += 1
        due = when + timedelta(days=1 + self._chance.expovariate(1 / 5))
        heappush(self._waiting, (due, self._started, plot))

    def _due(self, when: datetime) -> Plot | None:
        while self._waiting and self._waiting[0][0] + PATIENCE < when:
            heappop(self._waiting)
        if self._waiting and self._waiting[0][0] <= when and self._chance.random() < 0.85:
            return heappop(self._waiting)[2]
        return None

    def _new_plot(self, when: datetime) -> Plot:
        chance = self._chance
        possible = [story for story in STORIES if story.years[0] <= when.year <= story.years[1]]
        story = chance.choice(possible)
        country = ATLAS[chance.choice(story.codes or tuple(ATLAS))]
        neighbor = ATLAS[chance.choice(country.neighbors)]
        constants = thread_constants(story, country, neighbor, chance)
        return Plot(story, country, neighbor, constants, _stages(chance), self._memory)

    def _author(self, plot: Plot, kind: str) -> Post:
        if kind == "instruction":
            return STATE
        if kind == "view":
            return posts_in(plot.neighbor.code)[0]
        embassy, *consulates = posts_in(plot.country.code)
        if consulates and kind in {"report", "update"} and self._chance.random() < 0.3:
            return self._chance.choice(consulates)
        return embassy

    def _cited(self, plot: Plot, post: Post, when: datetime) -> list[Citation]:
        """The REF list: cables of the thread, the latest first, then others held, then one that is not held."""
        chance = self._chance
        cited = plot.sent[-1:]
        earlier = plot.sent[:-1]
        cited += chance.sample(earlier, min(len(earlier), chance.choice((0, 0, 1, 1, 2))))
        recent = self._recent[plot.country.code]
        others = [other for other in recent if other not in plot.sent and when.year - other.year < YEARS_REMEMBERED]
        if others and chance.random() < 0.15:
            cited.append(chance.choice(others))
        if chance.random() < 0.3:
            source = chance.choice((STATE, post, posts_in(plot.country.code)[0]))
            # The number is taken, so no cable held will ever have it.
            serial = self._serials.take(source, when)
            cited.append(Citation(cable_identifier(source, when, serial), when.year, source.words, serial))
        return cited


def _stages(chance: Random) -> list[str]:
    """The kinds of cable of one thread in order; an instruction from the Department is followed by its delivery."""
    length = chance.choices(range(1, 9), (12, 16, 20, 18, 13, 9, 7, 5))[0]
    stages = [chance.choices(("report", "instruction"), (82, 18))[0]]
    while len(stages) < length:
        if stages[-1] == "instruction":
            stages.append("delivery")
        else:
            stages.append(chance.choices(("update", "view", "instruction"), (62, 18, 20))[0])
    if length > 2 and chance.random() < 0.7:
        stages[-1] = "outcome"
    return stages
