"""A cable by what somebody calls it: any spelling of its identifier, or an alias."""

from __future__ import annotations

from cables.models import Alias, Cable
from cables.models.identifier_field import LONGEST_IDENTIFIER
from cables.parsing.identifiers import canonical_identifier


def find_cable(name: str) -> Cable | None:
    """Return the cable, without its texts, that an identifier in any spelling means; None where it is not held."""
    if len(name) > LONGEST_IDENTIFIER or "\x00" in name:
        return None
    compact = "".join(name.split()).upper()
    spellings = {name, compact, canonical_identifier(compact)} - {""}
    if not any(spelling[:2].isdigit() for spelling in spellings):
        return None
    targets = Alias.objects.filter(identifier__in=spellings).values("target")
    held = Cable.objects.for_lists()
    return held.filter(identifier__in=spellings).first() or held.filter(identifier__in=targets).first()
