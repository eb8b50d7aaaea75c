"""The measured corpus as one file cables.csv, with the faults that an export adds to those of its cables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import BinaryIO

from cables.corpus.realistic.identities import IdentifierTable, Identity, invented_identities
from cables.corpus.realistic.senders import Sender, invented_senders, real_sender
from cables.corpus.realistic.telegrams import RealisticCable, Telegrams
from cables.corpus.world import dice
from cables.corpus.writers import csv_fields, csv_row
from cables.reference_data import tables

# Out of a thousand records: rows merged into the body before them, closing quotes eaten by a backslash, quotes that
# nobody escaped, and letters that are no UTF-8.
MERGED, EATEN, UNESCAPED, BAD_BYTES = 0.5, 1, 2, 3


def realistic_cables(count: int, seed: int = 1, ids: Path | None = None) -> Iterator[RealisticCable]:
    """`count` cables with the measures of the best-known collection, in the order of sending; the same for the same
    count, seed and table of identifiers. Raises BadTableError where the table `ids` cannot be read."""
    identities: Iterator[Identity]
    peers: list[Sender]
    if ids is None:
        identities = invented_identities(count, seed)
        peers = [sender for sender in invented_senders().values() if sender.country_tag]
    else:
        identities = IdentifierTable(ids).identities(count, seed)
        peers = [real_sender(entry.station) for entry in tables.posts() if entry.kind in {"embassy", "consulate"}]
    return Telegrams(seed, peers).of(identities)


def write_realistic(
    out: Path,
    count: int,
    *,
    seed: int = 1,
    ids: Path | None = None,
    progress: Callable[[], object] = lambda: None,
) -> Path:
    """The file cables.csv, written into the folder `out`, made if absent. `progress` is called after each cable.

    Raises BadTableError, before the folder is made, where the table `ids` cannot be read.
    """
    found = realistic_cables(count, seed, ids)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "cables.csv"
    with path.open("wb") as file:
        export(found, file, dice("export", seed), progress)
    return path


def export(
    cables: Iterator[RealisticCable], file: BinaryIO, chance: Random, progress: Callable[[], object] = lambda: None
) -> dict[str, str]:
    """The fault of each record that was damaged, by identifier; the records of all cables are written to the file.

    A record that swallowed others counts them too: those are found under "merged".
    """
    faults: dict[str, str] = {}
    numbered = ((number, cable) for number, cable in enumerate(cables, 1))
    for number, cable in numbered:
        roll, fields = chance.random() * 1_000, csv_fields(number, cable)
        progress()
        if roll < MERGED:
            swallowed = list(islice(numbered, 1 + int(chance.random() * 3)))
            fields = (*fields[:-1], "\n".join((cable.body, *(_dumped(*other) for other in swallowed))))
            faults |= {other.identifier: "merged" for _, other in ((number, cable), *swallowed)}
            for _ in swallowed:
                progress()
        record = csv_row(fields).encode()
        fault, spoilt = _spoilt(record, roll - MERGED)
        if spoilt != record:
            faults[cable.identifier] = fault
        file.write(spoilt)
    return faults


def _dumped(number: int, cable: RealisticCable) -> str:
    """A row of the dump that exports are made from: columns parted by tabs, a backslash before every line break."""
    return "\t".join(csv_fields(number, cable)).replace("\n", "\\\n")


def _spoilt(record: bytes, roll: float) -> tuple[str, bytes]:
    """The name of the fault that the roll (in thousandths) brings, and the record with it."""
    if 0 <= roll < EATEN:
        return "closing quote eaten", record[:-2] + b'\\"\n'
    if EATEN <= roll < EATEN + UNESCAPED:
        return "quotes not escaped", record.replace(b'\\"', b'"')
    if EATEN + UNESCAPED <= roll < EATEN + UNESCAPED + BAD_BYTES:
        return "bad bytes", record.replace(b" the ", b" the\x92 ", 2)
    return "", record
