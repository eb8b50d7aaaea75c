"""A cable by what somebody calls it: any spelling of its identifier, or an alias; and what a wrong one may mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from cables.models import Alias, Cable, Reference
from cables.models.cable import CableQuerySet
from cables.models.identifier_field import LONGEST_IDENTIFIER
from cables.models.withholding import shown
from cables.parsing.edits import distance
from cables.parsing.identifiers import canonical_identifier, join_identifier, split_identifier
from cables.search.known import Known, what_is_known

MOST_NEAR = 6
_NEIGHBOURS = 2
_REACH = 2
_TWO_DIGITS = [f"{year:02}" for year in range(100)]
_FOUR_DIGITS = [str(year) for year in range(1973, 1980)]


@dataclass(frozen=True, slots=True)
class NearIdentifiers:
    """An identifier that no cable has ("" where nothing like one was asked for), and others near it, the nearest first.

    `cited`: no cable held has them, but cables held cite them; the one asked for may be among them.
    """

    asked: str = ""
    held: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.held or self.cited)


def find_cable(name: str, cables: CableQuerySet | None = None) -> Cable | None:
    """Return which of these cables, or of all that are shown, an identifier in any spelling means, without its texts;
    None for none."""
    if len(name) > LONGEST_IDENTIFIER or "\x00" in name:
        return None
    compact = "".join(name.split()).upper()
    spellings = {name, compact, canonical_identifier(compact)} - {""}
    if not any(spelling[:2].isdigit() for spelling in spellings):
        return None
    targets = Alias.objects.filter(identifier__in=spellings).values("target")
    held = (Cable.objects.all() if cables is None else cables).for_lists()
    return held.filter(identifier__in=spellings).first() or held.filter(identifier__in=targets).first()


def near_identifiers(name: str) -> NearIdentifiers:
    """Return what an identifier that is not held may have meant: one or two slips away, or beside it in its series."""
    compact = "".join(name.split()).upper()
    asked = canonical_identifier(compact) if len(name) <= LONGEST_IDENTIFIER and "\x00" not in name else ""
    parts = split_identifier(asked)
    if parts is None:
        return NearIdentifiers()
    held = set(_slips(Cable.objects.values_list("identifier", flat=True), "identifier", parts))
    held.update(_other_stations(parts))
    open_ones = Reference.objects.filter(shown("cable"), target=None)
    cited = set(_slips(open_ones.values_list("target_identifier", flat=True).distinct(), "target_identifier", parts))
    cited -= {other for other, known in what_is_known(cited).items() if known is Known.WITHHELD}
    return NearIdentifiers(asked, _nearest(asked, held), _nearest(asked, cited))


def _slips(
    names: QuerySet[Cable, str] | QuerySet[Reference, str], field: str, parts: tuple[str, str, int]
) -> Iterator[str]:
    """Yield names of the same post: neighbours in serial, and those with a slip in serial or year."""
    year, station, serial = parts
    series = f"{year}{station}"
    # Digits end before the colon: the series is one stretch of the index.
    held = names.filter(**{f"{field}__range": (f"{series}0", f"{series}:")})
    of_series = [(name, name[len(series) :]) for name in held]
    numbered = [(int(number) - serial, name) for name, number in of_series if number.isdecimal()]
    before = sorted((gap, name) for gap, name in numbered if gap <= 0)[-_NEIGHBOURS:]
    after = sorted((gap, name) for gap, name in numbered if gap > 0)[:_NEIGHBOURS]
    yield from (name for _, name in before + after)
    written = str(serial)
    for name, number in of_series:
        if abs(len(number) - len(written)) <= _REACH and distance(number, written) <= _REACH:
            yield name
    years = [other for other in (*_TWO_DIGITS, *_FOUR_DIGITS) if distance(other, year) == 1]
    yield from names.filter(**{f"{field}__in": [join_identifier(other, station, written) for other in years]})


def _other_stations(parts: tuple[str, str, int]) -> Iterator[str]:
    """Yield the cables of that year and serial whose post is one or two slips away."""
    year, station, serial = parts
    of_year = Cable.objects.filter(identifier__range=(f"{year}A", f"{year}["), identifier__endswith=str(serial))
    for name in of_year.values_list("identifier", flat=True):
        other = split_identifier(name)
        if other and other[2] == serial and distance(other[1], station) <= _REACH:
            yield name


def _nearest(asked: str, names: set[str]) -> tuple[str, ...]:
    """Return the nearest names: by edits, then by serial."""

    def key(name: str) -> tuple[int, int, str]:
        parts, other = split_identifier(asked), split_identifier(name)
        gap = abs(parts[2] - other[2]) if parts and other else 0
        return distance(asked, name), gap, name

    return tuple(sorted(names, key=key)[:MOST_NEAR])
