"""What an import would bring, as a few examples: the first cables, and what differs in those that change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from cables.comparing.differences import Allowance, Stretch
from cables.comparing.forms import compare
from cables.ingest.layers import lay_over, worth_of
from cables.ingest.preparing import Prepared
from cables.ingest.rereading import with_name_of_post
from cables.ingest.store import Outcome, Stored
from cables.ingest.values import as_stored
from cables.ingest.versions import lists_of
from cables.models import Cable, Correction
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

    def note(self, outcomes: list[Stored], held: Mapping[str, int]) -> None:
        """Keep what is among the first of its kind; `held` are the numbers of cables that the archive has already, by
        the identifiers that files have for them."""
        arriving = [stored.cable for stored in outcomes if stored.outcome is not Outcome.UNCHANGED]
        changes = self._changes([(cable, held[cable.identifier]) for cable in arriving if cable.identifier in held])
        shown = {change.identifier for change in changes if change.shown}
        first = [cable.raw for cable in arriving if cable.identifier in shown or cable.identifier not in held]
        self.first += [_cut(raw) for raw in first[: FIRST - len(self.first)]]
        self.changed += changes

    def _changes(self, changed: list[tuple[Prepared, int]]) -> list[Change]:
        few = changed[: CHANGED - len(self.changed)]
        if not few:
            return []
        cables = Cable.everything.select_related("origin").in_bulk([number for _, number in few])
        lists, corrections = lists_of(list(cables.values())), Correction.objects.of(cables)
        return [_change(cable, cables[number], lists, corrections.get(number, [])) for cable, number in few]

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON holds it, bounded whatever the files hold."""
        first = [{name: getattr(raw, name) for name in RawCable.__slots__ if name != "problems"} for raw in self.first]
        changed = [
            change._asdict() | {"stretches": [stretch._asdict() for stretch in change.stretches]}
            for change in self.changed
        ]
        return {"first": first, "changed": changed}


def _change(
    said: Prepared, cable: Cable, lists: dict[int, dict[str, list[str]]], corrections: list[Correction]
) -> Change:
    """Return what differs between the page as it is and as it would be, corrections over both."""
    arriving = with_name_of_post(lay_over(said, corrections), cable)
    old = cable.stored_fields() | lists[cable.pk] | {"origin": cable.origin.name if cable.origin else ""}
    form = Cable(**{name: value for name, value in as_stored(arriving.values).items() if name != "origin"})
    new = form.stored_fields() | {
        "tags": list(arriving.tags),
        "references": [row[3] for row in arriving.references],
        "origin": arriving.values["origin"],
    }
    shown = said.worth >= worth_of(cable, corrections)
    allowance = Allowance(left=ALLOWANCE, characters=LONGEST_TEXT)
    compared = compare(new, old, allowance)
    stretches, whole = _bounded(compared.stretches)
    fields = [(label, _short(value), _short(before)) for label, value, before in compared.fields]
    subject = _short(arriving.values["subject"])
    return Change(said.identifier, subject, shown, fields, stretches, whole and not allowance.spent)


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
