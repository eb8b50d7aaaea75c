"""What a better parser reads, written in the place of what was read before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cables.ingest.preparing import Prepared
from cables.ingest.store import Outcome, Store, Stored, Written, update_cables
from cables.ingest.versions import lists_of, version_of
from cables.models import Alias, Cable, Version

REASON = "Read again by a better parser."


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read today from a form of the cable of that number, and which run brought the form.

    `keeps_former`: what was read before is worth a version.
    """

    cable_id: int
    cable: Prepared
    brought_by: int | None
    keeps_former: bool = False


class Rewriter(Store):
    """The tables, written for one run that reads again what is held."""

    def replace(self, batch: list[Reading]) -> list[Stored]:
        """Write a batch, no cable twice in it, and return each cable's outcome.

        What was corrected by hand stays. A cable that has another name now keeps its former one as an alias; that no
        other cable has the new one is the caller's to see to. Refuses and raises as `write` does.
        """
        return self._whole_or_in_parts(batch, self._replace_all, lambda reading: reading.cable)

    def _replace_all(self, batch: list[Reading]) -> list[Stored]:
        if not batch:
            return []
        numbers = [reading.cable_id for reading in batch]
        held = {cable.pk: cable for cable in Cable.everything.select_for_update().filter(pk__in=numbers)}
        former = [held[reading.cable_id] for reading in batch if reading.keeps_former]
        lists = lists_of(former)
        versions = [version_of(cable, cable, lists[cable.pk], self._run, REASON) for cable in former]
        for version in versions:
            version.former_reading = True
        Version.objects.bulk_create(versions)
        self._meet([reading.cable for reading in batch])
        outcomes, rows = [], []
        written = Written()
        for reading in batch:
            values = self._columns(reading.cable) | _corrected(held[reading.cable_id])
            values["run_id"] = reading.brought_by
            rows.append([*values.values(), reading.cable_id])
            outcomes.append(Stored(reading.cable, Outcome.UPDATED))
            self._hang(reading.cable_id, outcomes[-1], written)
        update_cables(list(values), rows)
        Alias.objects.lead_on({held[reading.cable_id].identifier: reading.cable.identifier for reading in batch})
        self._finish(written, [reading.cable for reading in batch])
        return outcomes


def names_of_others(names: dict[str, str]) -> set[str]:
    """Return which of the new names (former -> new) lead to a cable that has another name by now."""
    changed = {new: former for former, new in names.items() if new != former}
    if not changed:
        return set()
    taken = set(Cable.everything.filter(identifier__in=changed).values_list("identifier", flat=True))
    aliases = dict(Alias.objects.filter(identifier__in=changed).values_list("identifier", "target"))
    held = set(Cable.everything.filter(identifier__in=aliases.values()).values_list("identifier", flat=True))
    return taken | {name for name, target in aliases.items() if target in held and target != changed[name]}


def _corrected(cable: Cable) -> dict[str, Any]:
    """Return the columns, by name, that an administrator corrected."""
    columns = [field.attname for field in Cable._meta.concrete_fields if field.name in cable.corrected]
    return {"corrected": cable.corrected} | {column: getattr(cable, column) for column in columns}
