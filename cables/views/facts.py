"""The facts of a cable as its page tells them: codes with their meanings, addressees, declassification, references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cables.models import Cable, Reference
from cables.parsing.mentions import Cited, Mentions
from cables.reference_data import tables
from cables.reference_data.tables import CaptionEntry
from cables.search.known import Known, what_is_known

_SHOWN = 3
"""Addressees that are shown before a list of them is folded."""
_PAPERS = {
    "e-mail": "an e-mail",
    "telephone": "a telephone call",
    "report": "a report",
    "book": "a handbook or manual",
    "fax": "a fax",
    "memo": "a memorandum or letter",
    "meeting": "a meeting",
    "web": "a page of the web",
}


@dataclass(frozen=True, slots=True)
class Addressees:
    """Addressees of a cable by name: the first, and those that a page folds."""

    shown: list[dict[str, str]]
    folded: list[dict[str, str]]

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True, slots=True)
class Cites:
    """A reference, and what is known of what it means ("" where it is held): "a telephone call"."""

    reference: Reference
    known: str


def told(cable: Cable) -> dict[str, Any]:
    """Return the facts that the head of a cable's page needs beside the cable's own fields, by their names there."""
    return {
        "year": cable.sent_at.year if cable.sent_at else None,
        "captions": captions(cable),
        "reasons": reasons(cable),
        "to": addressees(cable.recipients),
        "info": addressees(cable.info_recipients),
        "released_early": released_early(cable),
    }


def captions(cable: Cable) -> list[CaptionEntry]:
    """Return the captions of a cable with their meanings, "" where no table tells it."""
    known = {entry.code: entry for entry in tables.captions()}
    return [known.get(code) or CaptionEntry(code, "", "") for code in cable.captions]


def reasons(cable: Cable) -> list[tuple[str, str]]:
    """Return the reasons of a cable's classification, each with its meaning, "" where no table tells it."""
    return [(reason, tables.classification_reasons().get(reason, "")) for reason in cable.classification_reasons]


def addressees(recipients: list[dict[str, str]], shown: int = _SHOWN) -> Addressees:
    """Return the addressees, those after the first few apart; one that would be left alone is not folded."""
    cut = shown if len(recipients) > shown + 1 else len(recipients)
    return Addressees(recipients[:cut], recipients[cut:])


def released_early(cable: Cable) -> bool | None:
    """Return whether a cable was released before the day that it was to be declassified on; None if a day is unknown.

    Both days are the cable's own: what a page says of them is as true tomorrow.
    """
    due: date | None = cable.declassify_on
    return cable.released_on < due if due and cable.released_on else None


def cites(references: Iterable[Reference]) -> list[Cites]:
    """Return the references of a cable, each with what is known of it."""
    found = list(references)
    known = what_is_known(one.target_identifier for one in found if one.target_identifier and not one.target_id)
    return [Cites(reference, _known(reference, known)) for reference in found]


def mentions(references: list[Cites]) -> Mentions:
    """Return what finds the references that are held in the text of the cable."""
    cited = [
        Cited(one.reference.label, one.reference.target.identifier, one.reference.text)
        for one in references
        if one.reference.target
    ]
    return Mentions(cited, only_one=len(references) == 1)


_NOT_SHOWN = {
    None: "not held here",
    Known.LISTED: "known to exist, not held here",
    Known.UNLISTED: "not held here; no cable of this number is known",
    Known.WITHHELD: "withheld from the public",
}


def _known(reference: Reference, known: dict[str, Known]) -> str:
    if reference.target_id:
        return ""
    if not reference.target_identifier:
        return _PAPERS.get(reference.kind, "not a cable")
    return _NOT_SHOWN[known.get(reference.target_identifier)]
