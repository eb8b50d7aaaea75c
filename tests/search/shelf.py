"""A shelf of invented cables that differ in everything that a search can ask for, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from cables.models import Post
from tests.invented import csv_rows

WORDS = ["ferry", "harbour", "guild", "lantern", "railway", "tariff"]
TAGS = ["PGOV", "PREL", "ELAB", "CVIS", "PTER"]
POSTS = {
    "Embassy Valdmark": "Orlania",
    "Consulate Orhaven": "Orlania",
    "Embassy Quillport": "Sarnovia",
    "Embassy Nowhere": "",
}
LEVELS = ["unclassified", "confidential", "secret"]
CAPTIONS = ["SIPDIS", "EXDIS", "NODIS"]
FIRST_DAY = date(2004, 10, 1)


@dataclass(frozen=True, slots=True)
class Known:
    """What was written into a cable; values as addresses carry them."""

    identifier: str
    words: frozenset[str]
    day: date
    tag: frozenset[str]
    origin: frozenset[str]
    country: frozenset[str]
    classification: frozenset[str]
    caption: frozenset[str]
    year: frozenset[str]
    month: frozenset[str]

    def values(self, facet: str) -> frozenset[str]:
        """Return the cable's values of a facet."""
        return frozenset(getattr(self, facet))


def fill_shelf(folder: Path, *, seed: int = 1, cables: int = 24) -> list[Known]:
    """Import the cables and return what is known of each."""
    load_reference_tables()
    chance = Random(seed)  # noqa: S311 - the same shelf each time, no secret
    known, rows = [], []
    for number in range(1, cables + 1):
        origin = chance.choice(list(POSTS))
        level = chance.choice(LEVELS)
        words = chance.sample(WORDS, chance.randint(1, 4))
        tags = chance.sample(TAGS, chance.randint(1, 3))
        captions = chance.sample(CAPTIONS, chance.randint(0, 2))
        day = FIRST_DAY + timedelta(days=chance.randrange(800))
        station = origin.split()[1].upper()
        identifier = f"{day:%y}{station}{number}"
        lines = "".join(f"{caption}\n\n" for caption in captions)
        body = (
            f"{level.upper()} {station} {number:06}\n\n{lines}E.O. 12958: DECL: 02/10/2015\nTAGS: {', '.join(tags)}\n"
            f"SUBJECT: NOTE\n\n1. The {' and the '.join(words)}.\n"
        )
        rows.append((f"{day.month}/{day.day}/{day.year} 9:30", identifier, origin, level.upper(), "", "", body))
        known.append(
            Known(
                identifier=identifier,
                words=frozenset(words),
                day=day,
                tag=frozenset(tags),
                origin=frozenset([origin.lower().replace(" ", "-")]),
                country=frozenset(filter(None, [POSTS[origin]])),
                classification=frozenset([level]),
                caption=frozenset(captions),
                year=frozenset([f"{day:%Y}"]),
                month=frozenset([f"{day:%Y-%m}"]),
            )
        )
    path = folder / "shelf.csv"
    path.write_text(csv_rows(rows))
    import_paths([path])
    for name, country in POSTS.items():
        Post.objects.filter(name=name).update(country=country)
    return known
