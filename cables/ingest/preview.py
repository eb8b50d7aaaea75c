"""What an import would bring, as a few examples: the first cables, and what differs in those that change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from cables.comparing.differences import Allowance, Stretch
from cables.comparing.forms import compare
from cables.ingest.preparing import Prepared, worth
from cables.ingest.store import Outcome, Stored, as_stored
from cables.ingest.versions import lists_of
from cables.models import Cable
from cables.parsing.records import RawCable

FIRST = 3
CHANGED = 20
LONGEST_TEXT = 50_000
"""Characters of header or body that are kept of a cable that is shown; the longest cable known has about 210,000."""
LONGEST_VALUE = 500
"""Characters that are kept of a value, and of a problem's words."""
LONGEST_DIFFERENCE = 5_000
"""Characters of words, changed and around them, that are kept of each cable."""
ALLOWANCE = 200_000
"""Comparisons of two words for each changed cable, a twentieth of a second's work."""


class Change(NamedTuple):
    """A cable that is held in another form: the fields that differ (label, new, old) and the words.

    `shown` is whether the new form takes the page; else it is kept beside it. `whole` is whether all words are told.
    """

    identifier: str
    subject: str
    shown: bool
    fields: list[tuple[str, str, str]]
    stretches: list[Stretch]
    whole: bool


@dataclass(slots=True)
class Preview:
    """The first cables that are new or changed, and the first changes."""

    first: list[RawCable] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)

    def note(self, outcomes: list[Stored], held: Collection[str]) -> None:
        """Keep what is among the first of its kind; `held` are the identifiers that the archive has already."""
        arriving = [stored.cable for stored in outcomes if stored.outcome is not Outcome.UNCHANGED]
        changes = self._changes([cable for cable in arriving if cable.identifier in held])
        shown = {change.identifier for change in changes if change.shown}
        first = [cable.raw for cable in arriving if cable.identifier in shown or cable.identifier not in held]
        self.first += [_cut(raw) for raw in first[: FIRST - len(self.first)]]
        self.changed += changes

    def _changes(self, changed: list[Prepared]) -> list[Change]:
        few = changed[: CHANGED - len(self.changed)]
        if not few:
            return []
        named = [cable.identifier for cable in few]
        cables = Cable.everything.select_related("origin").in_bulk(named, field_name="identifier")
        lists = lists_of(list(cables.values()))
        return [_change(cable, cables[cable.identifier], lists) for cable in few]

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON holds it, bounded whatever the files hold."""
        first = [{name: getattr(raw, name) for name in RawCable.__slots__ if name != "problems"} for raw in self.first]
        changed = [
            change._asdict() | {"stretches": [stretch._asdict() for stretch in change.stretches]}
            for change in self.changed
        ]
        return {"first": first, "changed": changed}


def _change(arriving: Prepared, cable: Cable, lists: dict[int, dict[str, list[str]]]) -> Change:
    old = cable.stored_fields() | lists[cable.pk] | {"origin": cable.origin.name if cable.origin else ""}
    form = Cable(**{name: value for name, value in as_stored(arriving.values).items() if name != "origin"})
    new = form.stored_fields() | {
        "tags": list(arriving.tags),
        "references": [row[3] for row in arriving.references],
        "origin": arriving.values["origin"],
    }
    shown = arriving.worth >= worth({name: getattr(cable, name) for name in arriving.values})
    allowance = Allowance(left=ALLOWANCE, characters=LONGEST_TEXT)
    compared = compare(new, old, allowance)
    stretches, whole = _bounded(compared.stretches)
    fields = [(label, _short(value), _short(before)) for label, value, before in compared.fields]
    subject = _short(arriving.values["subject"])
    return Change(arriving.identifier, subject, shown, fields, stretches, whole and not allowance.spent)


def _bounded(stretches: list[Stretch]) -> tuple[list[Stretch], bool]:
    """Return the first of the stretches, without what a page folds, and whether they are all."""
    kept: list[Stretch] = []
    left = LONGEST_DIFFERENCE
    for stretch in stretches:
        kept.append(stretch._replace(text=stretch.text[:left], folded="", after=stretch.after[:left]))
        left -= len(stretch.text) + len(stretch.after)
        if left <= 0:
            return kept, False
    return kept, True


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _cut(raw: RawCable) -> RawCable:
    """Return a cable whose text is no longer than is kept, with what its form has in columns of its own cut too."""
    attributes = {_short(name): _short(value) for name, value in list(raw.attributes.items())[:50]}
    return replace(raw, header=raw.header[:LONGEST_TEXT], body=raw.body[:LONGEST_TEXT], attributes=attributes)
