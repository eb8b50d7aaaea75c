"""Which earlier cables a measured cable cites, and how its REF list prints them."""

from __future__ import annotations

from collections import deque
from random import Random

from cables.corpus.layout import citation_words
from cables.corpus.realistic.identities import Identity
from cables.corpus.realistic.senders import STATE
from cables.corpus.records import Citation
from cables.parsing.identifiers import join_identifier

# Of a hundred cables, how many cite none, one, two …: 61 have a REF line, and a cable cites about 1.2.
COUNTS = (39, 25, 18, 9, 5, 3, 1)
# Of a hundred citations, how many are of the sender's own cables, of the Department's, of any held, of none held.
OWN, DEPARTMENT, ANY = 52, 70, 86
# Items that are no cable's.
OTHER_ITEMS = 0.03
REMEMBERED = 40
# Posts whose cables no archive of this corpus holds.
NOT_HELD = ("KELVESTAD", "PORT LARMEN", "DRUSKOVAR", "AL MERADIN", "SANTO BRIEL", "OBERWINZ", "TANJONG PELU", "VARNOSK")


class Citations:
    """The latest cables of each sender, from which the next ones choose what to cite."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._by_station: dict[str, deque[Citation]] = {STATE: deque(maxlen=REMEMBERED)}
        self._latest: deque[Citation] = deque(maxlen=REMEMBERED * 10)

    def choose(self, identity: Identity) -> list[Citation]:
        """What a cable cites, each once; the cable is remembered for those after it."""
        chance, station, year = self._chance, identity.sender.station, identity.sent_at.year
        own = self._by_station.setdefault(station, deque(maxlen=REMEMBERED))
        found: dict[str, Citation] = {}
        for _ in range(chance.choices(range(7), COUNTS)[0]):
            roll = chance.random() * 100
            pool = own if roll < OWN else self._by_station[STATE] if roll < DEPARTMENT else self._latest
            if pool and roll < ANY:
                cited = pool[int(chance.random() * len(pool))]
            else:
                words, serial = chance.choice(NOT_HELD), 1 + int(chance.random() * 4_000)
                canonical = join_identifier(f"{year % 100:02}", words.replace(" ", ""), str(serial))
                cited = Citation(canonical, year, words, serial)
            found[cited.identifier] = cited
        itself = Citation(identity.canonical, year, identity.sender.words, identity.serial)
        own.append(itself)
        self._latest.append(itself)
        return list(found.values())


def printed_items(citations: list[Citation], year: int, chance: Random) -> list[str]:
    """The items of a REF list as drafters print them; now and then one more that is no cable."""
    items = [_printed(citation, year, chance.random()) for citation in citations]
    if items and chance.random() < OTHER_ITEMS:
        items.append(chance.choice(("PAO-DESK E-MAIL OF TUESDAY", "POLOFF-DESK TELCON", "OFFICE-POST EMAILS")))
    return items


def _printed(citation: Citation, year: int, roll: float) -> str:
    plain = citation_words(citation, year)
    if roll < 0.72:
        return plain
    if roll < 0.80:
        return f"{plain} (NOTAL)"
    two = f"{citation.year % 100:02}"
    if roll < 0.88:
        return f"{two} {citation.station} {citation.serial:06}"
    if roll < 0.94:
        return f"{two}{citation.station.replace(' ', '')}{citation.serial}"
    return f"{citation.year} {citation.station} {citation.serial}"
