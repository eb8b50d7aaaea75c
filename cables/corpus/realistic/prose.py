"""The running text of measured cables: sentences of pieces, filled with the words that a cable is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from cables.corpus.drafting import MARKS, OFFICIAL_USE
from cables.corpus.realistic.topics import TOPIC_OFFSET, TOPICS, Topic, shared_pieces, topic
from cables.corpus.realistic.vocabulary import TITLES, vocabulary, zipf_weights
from cables.corpus.world import dice

# Characters of a sentence and sentences of a paragraph, as they come out on average.
SENTENCE = 122
PARAGRAPH_SIZES = (1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8)
LOCAL_NAMES = 160
# Of all places left open in pieces, every sixth has a rare word, every eighth a word of the subject.
RARE_EVERY = 6
FOCUS_EVERY = 8
REDACTION = "XXXXXXXXXXXX"
REDACTED = 0.29
HEADED = 0.61
LISTED = 0.05
TABLED = 0.015
SUBJECTS = (
    "{0} {1} AND {3}",
    "{2}: {0} ON {1}",
    "{2}: {1} {3} AND {0} {5}",
    "{1} FOR {0} IN {2}: {3} {4}",
    "{0} OF {4} {3} TO {1}",
    "{2} {0}: {1}",
    "{1} AND {2} {3}: {0} AFTER THE {5} {4}",
    "{0} {5} {1} WITH {2}",
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What one cable is about: its topics (the second may be the first), the words of its subject, which recur in the
    text, its persons and places as they are named, and the subject in capitals."""

    first: Topic
    second: Topic
    focus: list[str]
    cast: list[str]
    subject: str


class Writer:
    """Writes the text of one cable after another; what it says depends on the seed alone."""

    def __init__(self, seed: int, chance: Random) -> None:
        self._chance = chance
        self._seed = seed
        self._words = vocabulary(seed)
        self._shared = shared_pieces(self._words, seed)
        self._topic = lru_cache(TOPICS)(lambda number: topic(number, self._words, seed))
        self._weights = zipf_weights(TOPICS, TOPIC_OFFSET)
        self._local: dict[str, list[str]] = {}

    def matter(self, station: str) -> Matter:
        """What the next cable of a station is about. Names recur in the cables of a station."""
        chance = self._chance
        numbers = chance.choices(range(TOPICS), cum_weights=self._weights, k=2)
        first = self._topic(numbers[0])
        second = self._topic(numbers[1]) if chance.random() < 0.4 else first
        local = self._local.get(station) or self._names_of(station)
        names = [*chance.choices(local, k=5), *self._words.names.draw(4, chance)]
        given, title = chance.choices(local, k=3), chance.choices(TITLES, k=3)
        persons = [f"{title[place]} {given[place]} {names[place * 3]}" for place in range(3)]
        cast = [*persons, names[0], names[0], names[3], names[6], *names]
        if chance.random() < REDACTED:
            cast += [REDACTION, REDACTION]
        own = chance.choices(first.words[:24], k=3)
        rare = self._words.common.draw(1, chance)[0]
        focus = [own[0], chance.choice(first.terms), names[1], own[1], rare, own[2]]
        subject = chance.choice(SUBJECTS).format(*focus).upper()
        return Matter(first, second, focus, cast, subject)

    def _names_of(self, station: str) -> list[str]:
        self._local[station] = self._words.names.draw(LOCAL_NAMES, dice("names", self._seed, station))
        return self._local[station]

    def text(self, matter: Matter, length: int, level: str) -> str:
        """About `length` characters of numbered paragraphs with an empty line between them, not wrapped."""
        chance = self._chance
        paragraphs: list[str] = []
        start = 0
        sentences = self._sentences(matter, max(1, length // SENTENCE))
        marks = self._marks(level, len(sentences))
        headed = chance.random() < HEADED
        while start < len(sentences):
            size = PARAGRAPH_SIZES[int(chance.random() * len(PARAGRAPH_SIZES))]
            said = sentences[start : start + size]
            number = len(paragraphs) + 1
            lead = f"{number}. {marks[number - 1]}"
            roll = chance.random()
            start += size
            if number == 1 and length > 1_200:
                paragraphs.append(f"{lead}Summary:  {''.join(said)}End summary.")
                continue
            if start >= len(sentences) and number > 3 and roll < 0.7:
                lead += "Comment:  "
            elif headed and number % 3 == 2 and roll < 0.85:
                lead = f"{self._heading(matter)}{lead}"
            if roll > 1 - LISTED and size > 2:
                paragraphs.append("\n-- ".join((f"{lead}{said[0]}\n", *said[1:])))
            elif roll > 1 - LISTED - TABLED:
                paragraphs.append(f"{lead}{''.join(said)}\n\n{self._table(matter)}")
            else:
                paragraphs.append(f"{lead}{''.join(said)}")
        return self._filled("\n\n".join(paragraphs), matter)

    def _sentences(self, matter: Matter, count: int) -> list[str]:
        """Sentences with their places open: half of the middles and ends are of the topics, the second from halfway."""
        choices, shared = self._chance.choices, self._shared
        first, second = matter.first.pieces, matter.second.pieces
        openings, middles, ends = (choices(pool, k=count) for pool in (shared.openings, shared.middles, shared.ends))
        own = len(range(0, count, 2))
        late = own // 2
        openings[::4] = choices(first.openings, k=len(range(0, count, 4)))
        middles[::2] = choices(first.middles, k=own - late) + choices(second.middles, k=late)
        ends[1::2] = choices(first.ends, k=len(range(1, count, 2)) - late) + choices(second.ends, k=late)
        return list(map("".join, zip(openings, middles, ends, strict=True)))

    def _filled(self, text: str, matter: Matter) -> str:
        chance = self._chance
        text = text.format(*chance.choices(matter.cast, k=text.count("{}")))
        count = text.count("%s")
        words = chance.choices(matter.first.mix, k=count)
        if matter.second is not matter.first:
            words[count // 2 :] = chance.choices(matter.second.mix, k=count - count // 2)
        words[::RARE_EVERY] = self._words.common.draw(len(range(0, count, RARE_EVERY)), chance)
        words[3::FOCUS_EVERY] = chance.choices(matter.focus, k=len(range(3, count, FOCUS_EVERY)))
        return text % tuple(words)

    def _marks(self, level: str, count: int) -> list[str]:
        base, _, control = level.partition("//")
        if level == "UNCLASSIFIED" and self._chance.random() < 0.6:
            return [""] * count
        weights = MARKS[level if level == OFFICIAL_USE else base]
        suffix = "/NF" if control == "NOFORN" else ""
        marks = [f"({mark}{suffix if mark in {'C', 'S'} else ''}) " if mark else "" for mark in weights]
        return self._chance.choices(marks, list(weights.values()), k=count)

    def _heading(self, matter: Matter) -> str:
        pattern = self._chance.choice(matter.first.headings)
        words = [word.capitalize() for word in self._chance.choices(matter.focus, k=pattern.count("%s"))]
        heading = pattern % tuple(words)
        return f"{heading}\n{'-' * len(heading)}\n\n"

    def _table(self, matter: Matter) -> str:
        chance = self._chance
        names = chance.choices(matter.first.words, k=4 + int(chance.random() * 6))
        rows = [f"{name.capitalize():<24}{int(chance.random() ** 3 * 90_000):>10,}" for name in names]
        return "\n".join((f"{'Item':<24}{'Amount':>10}", "-" * 34, *rows))
