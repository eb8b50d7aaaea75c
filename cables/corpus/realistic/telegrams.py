"""Measured telegrams: one cable put together of header, preamble and text, as long and as varied as the real ones."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from cables.corpus.drafting import OFFICIAL_USE, captions, classified_by
from cables.corpus.layout import spaced_level, wrapped
from cables.corpus.realistic.citations import Citations, printed_items
from cables.corpus.realistic.faults import damaged
from cables.corpus.realistic.headers import header
from cables.corpus.realistic.identities import Identity
from cables.corpus.realistic.prose import Matter, Writer
from cables.corpus.realistic.senders import STATE, Sender
from cables.corpus.realistic.topics import LEADING_TAGS
from cables.corpus.records import Printed
from cables.corpus.telegram import LAST_YEAR_OF_CAPITALS, break_line, executive_order, reference_lines
from cables.corpus.world import american, dice, secretary

NOTICE = "THIS TEXT IS INVENTED FOR MEASUREMENT. NOBODY SENT IT."
# Characters of a cable, header included: median, and the deviation of its logarithm that makes the mean 1.5 times that.
MEDIAN_LENGTH = 5_900
SPREAD = 0.87
LONGEST = 200_000
APPARATUS = 1_000
EXTRACTS = 0.01
LENGTH_OF_EXTRACT = 300
LINES_OF_A_SECTION = 78
PAGED = 0.8
# Cables of each level in the best-known collection.
LEVELS = {
    "UNCLASSIFIED": 75_792, OFFICIAL_USE: 58_095, "CONFIDENTIAL": 97_070, "SECRET": 11_322,
    "CONFIDENTIAL//NOFORN": 4_678, "SECRET//NOFORN": 4_330,
}  # fmt: skip
CUMULATED_LEVELS = tuple(accumulate(LEVELS.values()))
PROGRAM_TAGS = ("KNNP", "KISL", "KIRF", "KWMN", "KTFN", "KIPR", "KJUS", "KPAO", "UNGA", "UNSC", "NATO", "OSCE")
UNTAGGED = 0.05
WITHOUT_COLON = 0.31
END_MARKS = 0.12
# Typography that came through: curly quotes, a comma for the apostrophe before s, Q for the apostrophe.
CURLY, COMMAS, QS = 0.32, 0.42, 0.43
OFFICERS = ("Ambassador", "Ambassador", "DCM", "Political Counselor", "Economic Counselor", "Political Officer")
_LINE = re.compile(r"(.{0,66})(?: +|\n|\Z)")


@dataclass(frozen=True, slots=True)
class RealisticCable:
    """One cable to be measured: what a catalogue says of it, what was written into its fields, and its text.

    identifier is as printed; references are canonical, in the order of the REF line. fault names the damage done to
    the text on purpose (FAULTS), "" where none was: then every field can be read as it was written.
    """

    identifier: str
    origin: str
    sent_at: datetime
    classification: str
    subject: str
    tags: tuple[str, ...]
    references: tuple[str, ...]
    header: str
    body: str
    fault: str = ""


class Telegrams:
    """Makes one cable after another of identities; the same for the same seed and identities."""

    def __init__(self, seed: int, peers: Sequence[Sender]) -> None:
        self._chance = dice("telegrams", seed)
        self._writer = Writer(seed, self._chance)
        self._citations = Citations(self._chance)
        self._peers = peers

    def of(self, identities: Iterator[Identity]) -> Iterator[RealisticCable]:
        """A cable of each identity."""
        for identity in identities:
            yield self._cable(identity)

    def _cable(self, identity: Identity) -> RealisticCable:
        chance, roll = self._chance, self._chance.random
        level = chance.choices(tuple(LEVELS), cum_weights=CUMULATED_LEVELS)[0]
        matter = self._writer.matter(identity.sender.station)
        tags = self._tags(matter, identity.sender)
        citations = self._citations.choose(identity)
        length = LENGTH_OF_EXTRACT
        if roll() >= EXTRACTS:
            length = max(LENGTH_OF_EXTRACT, min(LONGEST, int(chance.lognormvariate(math.log(MEDIAN_LENGTH), SPREAD))))
        text = _typography(self._writer.text(matter, length - APPARATUS, level), roll())
        year = identity.sent_at.year
        items = printed_items(citations, year, chance)
        preamble = self._preamble(identity, level, tags, matter.subject, items)
        lines = [*preamble, *_LINE.findall(text)[:-1], "", self._signer(identity, year)]
        sections = -(-len(lines) // LINES_OF_A_SECTION)
        body = self._body(identity, level, lines, sections)
        sent = Printed(header(identity, level, sections, self._peers, chance), body)
        fault, received = damaged(sent, identity, chance)
        return RealisticCable(
            identifier=identity.identifier,
            origin=identity.sender.origin,
            sent_at=identity.sent_at,
            classification=level,
            subject=matter.subject,
            tags=tags,
            references=tuple(citation.identifier for citation in citations),
            header=received.header,
            body=received.body,
            fault=fault,
        )

    def _tags(self, matter: Matter, sender: Sender) -> tuple[str, ...]:
        roll = self._chance.random
        if roll() < UNTAGGED:
            return ()
        found = [tag for tag, leaning in zip(LEADING_TAGS, matter.first.leanings, strict=True) if roll() < leaning]
        found += matter.first.tags[: 2 + int(roll() * 2)]
        if matter.second is not matter.first:
            found.append(matter.second.tags[0])
        if roll() < 0.3:
            found.append(PROGRAM_TAGS[int(roll() * len(PROGRAM_TAGS))])
        found.append(sender.country_tag or self._peers[int(roll() * len(self._peers))].country_tag)
        return tuple(dict.fromkeys(filter(None, found)))

    def _preamble(
        self, identity: Identity, level: str, tags: tuple[str, ...], subject: str, items: Sequence[str]
    ) -> list[str]:
        chance, when = self._chance, identity.sent_at
        lines = [*captions(level, "report", when.year, chance), ""]
        lines.append(executive_order(level, when, chance))
        if tags:
            label = "TAGS" if chance.random() < WITHOUT_COLON else "TAGS:"
            lines += wrapped(f"{label} {(', ' if chance.random() < 0.75 else ' ').join(tags)}", 62)
        lines += [*wrapped(f"SUBJECT: {subject}", 60), ""]
        if items:
            lines += [*reference_lines(items, chance), ""]
        if level.startswith(("CONFIDENTIAL", "SECRET")) and when.year > 1995:
            label = "Classified By:" if when.year > LAST_YEAR_OF_CAPITALS else "CLASSIFIED BY:"
            officer = american(chance.choice(OFFICERS), identity.sender.station, when.year)
            lines += [*wrapped(f"{label} {classified_by(officer, when, 'guarded', chance)}"), ""]
        return [*lines, NOTICE, ""]

    def _signer(self, identity: Identity, year: int) -> str:
        station = identity.sender.station
        return secretary(year) if station == STATE else american("Ambassador", station, year).family.upper()

    def _body(self, identity: Identity, level: str, lines: list[str], sections: int) -> str:
        chance, words, when = self._chance, identity.sender.words, identity.sent_at
        section = f"SECTION 01 OF {sections:02} " if sections > 1 else ""
        width = 6 if when.year >= 2000 else 5
        found = [f"{spaced_level(level)} {section}{words} {identity.serial:0{width}}", "", *lines]
        if sections > 1 and chance.random() < PAGED:
            for number in range(sections - 1, 0, -1):
                place = number * LINES_OF_A_SECTION
                line = break_line(f"{number + 1:03}", sections, words, identity.serial, when)
                found[place:place] = ["", line, "", ""]
        if chance.random() < END_MARKS:
            found += ["", "NNNN"]
        body = " \n".join(found)
        return body.upper() if when.year <= LAST_YEAR_OF_CAPITALS else body


def _typography(text: str, roll: float) -> str:
    if roll < CURLY:
        return text.replace("'", "’").replace(' "', " “").replace('"', "”")
    if roll < COMMAS:
        return text.replace("'s", ",s")
    return text.replace("'", "Q") if roll < QS else text
