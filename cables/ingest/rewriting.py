"""What a better parser reads, written in the place of what was read before."""

from __future__ import annotations

from dataclasses import dataclass

from cables.ingest.layers import lift_off, said_by
from cables.ingest.preparing import Prepared
from cables.ingest.store import Outcome, Store, Stored, Written, update_cables
from cables.ingest.versions import lists_of, version_of
from cables.models import Alias, Cable, Correction, Version

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
        corrections = Correction.objects.of(numbers)
        former = [held[reading.cable_id] for reading in batch if reading.keeps_former]
        lists = lists_of(former)
        versions = []
        for cable in former:
            form, said = lift_off(cable, lists[cable.pk], corrections.get(cable.pk, []), self._catalogue)
            versions.append(version_of(cable, form, said, self._run, REASON))
            versions[-1].former_reading = True
        Version.objects.bulk_create(versions)
        self._meet([reading.cable for reading in batch])
        outcomes, rows = [], []
        written = Written()
        for reading in batch:
            shown = self._lay_over(reading.cable, corrections.get(reading.cable_id, []))
            values = self._columns(shown)
            values["run_id"] = reading.brought_by
            rows.append([*values.values(), reading.cable_id])
            outcomes.append(Stored(shown, Outcome.UPDATED))
            self._hang(reading.cable_id, outcomes[-1], written)
        update_cables(list(values), rows)
        Correction.objects.note(
            [(layer, said_by(reading.cable)) for reading in batch if (layer := corrections.get(reading.cable_id))],
            self._run,
        )
        names = [(held[reading.cable_id].identifier, stored) for reading, stored in zip(batch, outcomes, strict=True)]
        Alias.objects.lead_on({former_name: stored.cable.identifier for former_name, stored in names})
        self._finish(written, [stored.cable for stored in outcomes])
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
