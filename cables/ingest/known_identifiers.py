"""A table of identifiers that are known to exist, kept by station and month."""

from __future__ import annotations

import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from cables.models import KnownCount
from cables.parsing.dates import whole_year
from cables.parsing.identifiers import canonical_identifier, split_identifier

_LONGEST_LINE = 200
_LONGEST_STATION = 100


class UnreadableTableError(ValueError):
    """The file cannot be read; the message says why."""


@dataclass(slots=True)
class KnownIdentifiers:
    """Serial numbers by (station, first day of the month), and the lines that are no identifiers, by number."""

    serials: dict[tuple[str, date], list[int]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[int, str] = field(default_factory=dict)


def read_known_identifiers(path: Path) -> KnownIdentifiers:
    """Return what a table lists in lines "05ALMATY538,2", an identifier and its month, gzipped or not.

    Several spellings of one identifier are one. Raises UnreadableTableError.
    """
    found = KnownIdentifiers()
    seen: set[str] = set()
    for number, line in enumerate(_lines(path), 1):
        printed, _, month = line.strip().rpartition(",")
        identifier = canonical_identifier(printed)
        parts = split_identifier(identifier)
        known_month = month.isascii() and month.isdecimal() and 1 <= int(month) <= 12
        if parts is None or not known_month or len(parts[1]) > _LONGEST_STATION:
            if line.strip():
                found.refused[number] = line.strip()[:_LONGEST_LINE]
        elif identifier not in seen:
            seen.add(identifier)
            found.serials[parts[1], date(whole_year(parts[0]), int(month), 1)].append(parts[2])
    return found


def replace_known_identifiers(known: KnownIdentifiers) -> None:
    """Put what a table lists in the place of all that is stored."""
    rows = [
        KnownCount(station=station, month=month, number=len(serials), serials=serials)
        for (station, month), serials in known.serials.items()
    ]
    with transaction.atomic():
        KnownCount.objects.all().delete()
        KnownCount.objects.bulk_create(rows, batch_size=5000)


def _lines(path: Path) -> Iterator[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8", errors="replace") as file:
            while line := file.readline(_LONGEST_LINE * 10):
                yield line
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableTableError(f"{path} cannot be read: {error}") from error
