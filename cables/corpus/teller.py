"""The teller of one cable: knows the names and figures of its thread and never says a sentence twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from cables.corpus.grammar import expand, sentence
from cables.corpus.records import Citation
from cables.corpus.stories import PHRASES, Story
from cables.corpus.world import NAMES, Country, Person, Post, official, posts_in

NUMBERS = ("three", "four", "five", "six", "seven", "eight", "nine")
ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
OFFICERS = {
    "Political": "Poloff",
    "Economic": "Econoff",
    "Commercial": "Commercial Attache",
    "Consular": "Conoff",
    "Military": "DATT",
    "Public Affairs": "PAO",
    "Management": "Management Officer",
    "Science": "ESTH Officer",
}
GOVERNMENT_ROLES = {"deputy": "Deputy Foreign Minister", "director": "MFA Americas Director"}
OTHER_ROLES = {
    "critic": "{opposition} spokesman",
    "editor": "{paper} editor",
    "trader": "{goods} trader",
    "governor": "former provincial governor",
    "scholar": "university lecturer",
    "unionist": "union leader",
    "lawyer": "lawyer",
}
REDACTED = "XXXXXXXXXXXX"


class Memory:
    """When each sentence pattern was last used in the whole corpus, so that neighboring cables differ."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def longest_unused(self, pool: Sequence[str]) -> list[str]:
        """The half of a pool that has not been used for longest."""
        return sorted(pool, key=lambda text: self._last.get(text, 0))[: (len(pool) + 1) // 2]

    def use(self, text: str) -> None:
        """Notes that a pattern is used now."""
        self._last[text] = self._last["clock"] = self._last.get("clock", 0) + 1


@dataclass(slots=True)
class Plot:
    """What stays the same through one thread: story, country, neighbor, and the names and sums it is about.

    `told` holds the sentence patterns already used, so that the next cable of the thread finds new ones, and
    `figures` what their numbers and dates were, so that a fact told again is the same; `sent` are the cables so far.
    """

    story: Story
    country: Country
    neighbor: Country
    constants: dict[str, str]
    stages: list[str]
    memory: Memory
    figures: dict[tuple[str, int], str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    sent: list[Citation] = field(default_factory=list)


def thread_constants(story: Story, country: Country, neighbor: Country, chance: Random) -> dict[str, str]:
    """The slots that keep one value through a thread."""
    names = ("adjective", "government", "parliament", "capital", "port", "river", "party", "opposition")
    more = ("paper", "currency", "goods", "company")
    constants = {name: getattr(country, name) for name in (*names, *more)}
    embassy = posts_in(neighbor.code)[0]
    return constants | {
        "country": country.name,
        "matter": story.matter,
        "topic": story.matter.removeprefix("the "),
        "province": chance.choice(country.provinces),
        "neighbor": neighbor.name,
        "neighbor_adjective": neighbor.adjective,
        "neighbor_capital": neighbor.capital,
        "neighbor_post": embassy.name,
        "head_title": country.head,
        "firm": chance.choice(NAMES["firms"]),
        "rival": chance.choice(NAMES["rivals"]),
        "ship": chance.choice(NAMES["ships"]),
        "block": str(chance.randrange(1, 48)),
        "sum": str(chance.randrange(18, 640)),
    }


class Teller:
    """Makes the sentences of one cable of a plot, sent by a post at a moment."""

    def __init__(self, plot: Plot, post: Post, when: datetime, citations: Sequence[Citation], chance: Random) -> None:
        self.plot, self.post, self.when, self.chance = plot, post, when, chance
        self.citations = citations
        self.speaker, self.other = "minister", "critic"
        self.redacts = when.year > 2000 and chance.random() < 0.07
        self._said: set[str] = set()
        self._met: dict[str, Person] = {}
        country, consulate = plot.country, post.name.startswith("Consulate")
        self._names = plot.constants | {
            "emboff": OFFICERS[plot.story.section] if chance.random() < 0.75 else "Emboff",
            "amb": "the Consul General" if consulate else "the Ambassador",
            "dcm": "DCM",
            "head_family": official(country.code, country.head, when.year).family,
            "editor_family": official(country.code, OTHER_ROLES["editor"], when.year).family,
        }

    def new_voices(self) -> None:
        """Lets the next sentences be about another official and another contact."""
        self.speaker = self.chance.choice(("minister", "minister", "deputy", "director"))
        self.other = self.chance.choice(list(OTHER_ROLES))

    def say(self, pool: Sequence[str], **slots: str) -> str:
        """One sentence of a pool, as `pick` finds it, with its slots filled; "" when none is left."""
        return sentence(self.fill(self.pick(pool), slots))

    def pick(self, pool: Sequence[str]) -> str:
        """One pattern of a pool that this cable has not used, new to the thread if possible; "" when none is left."""
        fresh = [text for text in pool if text not in self._said]
        if not fresh:
            return ""
        untold = [text for text in fresh if text not in self.plot.told]
        text = self.chance.choice(self.plot.memory.longest_unused(untold or fresh))
        self._said.add(text)
        self.plot.told.add(text)
        self.plot.memory.use(text)
        return text

    def fill(self, text: str, slots: dict[str, str] | None = None) -> str:
        """The text with its choices made and its slots filled."""
        own, place = slots or {}, count()

        def value(name: str) -> str:
            if name in own:
                return own[name]
            if name not in LASTING:
                return self._slot(name)
            return self.plot.figures.setdefault((text, next(place)), self._slot(name))

        return expand(text, value, self.chance)

    def phrase(self, pool: str, **slots: str) -> str:
        """One sentence of a pool of phrases.toml."""
        return self.say(PHRASES[pool], **slots)

    def claim(self, frames: str = "attributions") -> str:
        """What an official says: a frame of phrases.toml with a clause of the story in it; "" when none is left."""
        return self._framed(frames, "claim", self.plot.story.claims)

    def doubt(self, frames: str = "dissents") -> str:
        """What somebody outside the government says, made likewise."""
        return self._framed(frames, "doubt", self.plot.story.doubts)

    def _framed(self, frames: str, slot: str, clauses: Sequence[str]) -> str:
        clause = self.pick(clauses)
        return self.phrase(frames, **{slot: clause}) if clause else ""

    def _slot(self, name: str) -> str:
        if name in self._names:
            return self._names[name]
        if name in NUMERIC:
            return NUMERIC[name](self.chance)
        if name in DATED:
            return DATED[name](self.when, self.chance)
        if name == "ref":
            return self._reference()
        return self._person({"who": self.speaker, "other": self.other}.get(name, name))

    def _person(self, role: str) -> str:
        if self.redacts and role in OTHER_ROLES:
            return REDACTED
        country, year = self.plot.country, self.when.year
        if role in {"envoy", "neighbor_official"}:
            country = self.plot.neighbor
        titles = {
            "minister": self.plot.story.ministry,
            "head": country.head,
            "fm": "Foreign Minister",
            "envoy": f"{country.adjective} Ambassador",
            "neighbor_official": f"{country.adjective} MFA desk officer",
        }
        title = titles.get(role) or GOVERNMENT_ROLES.get(role) or OTHER_ROLES[role]
        person = official(country.code, title, year)
        if role in self._met:
            return self._again(person)
        self._met[role] = person
        return self.fill(person.full)

    def _again(self, person: Person) -> str:
        if person.title == self.plot.country.head:
            return f"{person.title} {person.family}"
        if person.title.startswith("Minister") and self.chance.random() < 0.4:
            return "the Minister"
        if any(other.family == person.family and other != person for other in self._met.values()):
            return f"{person.given} {person.family}"
        return person.family

    def _reference(self) -> str:
        if len(self.citations) < 2:
            return "reftel" if self.citations else "earlier reporting"
        return f"ref {'ABCDEFGH'[self.chance.randrange(len(self.citations))]}"


def _day(when: datetime) -> str:
    return f"{when:%B} {when.day}"


NUMERIC: dict[str, Callable[[Random], str]] = {
    "small": lambda chance: chance.choice(NUMBERS),
    "more": lambda chance: chance.choice(("ten", "a dozen", "twenty")),
    "nth": lambda chance: chance.choice(ORDINALS),
    "dozens": lambda chance: str(chance.randrange(12, 96)),
    "hundreds": lambda chance: str(chance.randrange(11, 98) * 10),
    "millions": lambda chance: str(chance.randrange(2, 60)),
    "pct": lambda chance: str(chance.randrange(4, 48)),
    "age": lambda chance: str(chance.randrange(38, 66)),
}

DATED: dict[str, Callable[[datetime, Random], str]] = {
    "day": lambda when, chance: _day(when - timedelta(days=chance.randrange(1, 8))),
    "weekday": lambda when, chance: f"{when - timedelta(days=chance.randrange(1, 6)):%A}",
    "soon": lambda when, chance: _day(when + timedelta(days=chance.randrange(4, 40))),
    "month": lambda when, chance: f"{when - timedelta(days=chance.randrange(40, 300)):%B}",
    "earlier": lambda when, chance: str(when.year - chance.randrange(2, 14)),
    "birth": lambda when, chance: str(when.year - chance.randrange(38, 66)),
}
# The slots whose value a fact keeps through its thread.
LASTING = {*NUMERIC, "day", "month", "earlier"}
