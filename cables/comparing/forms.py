"""Two forms of a cable compared: the fields in which they differ, in words, and the words of their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cables.comparing.differences import Allowance, Stretch, differences
from cables.models import Classification, Redaction

_FIELDS = {
    "identifier": "Identifier",
    "origin": "Origin",
    "subject": "Subject",
    "sent_at": "Date",
    "released_on": "Released",
    "classification": "Classification",
    "captions": "Captions",
    "precedence": "Precedence",
    "date_time_group": "Date-time group",
    "sections": "Sections",
    "tags": "TAGS",
    "references": "References",
    "recipients": "To",
    "info_recipients": "Info",
    "classified_by": "Classified by",
    "classification_reasons": "Reasons",
    "declassify_on": "Declassify on",
    "declassify_condition": "Declassify",
    "signers": "Signed by",
    "summary": "Summary",
    "comment": "Comment",
    "redaction": "Redacted",
    "is_partial": "Extract only",
    "release_name": "Release",
    "form": "Form",
}


_PARTS_OF_THE_TEXT = {"summary", "comment"}
"""Fields that need not be told where the texts themselves are compared."""


class Compared(NamedTuple):
    """The fields that differ (label, new, old) and the stretches of both texts, none where header and body are the
    same."""

    fields: list[tuple[str, str, str]]
    stretches: list[Stretch]


def compare(new: dict[str, Any], old: dict[str, Any], allowance: Allowance) -> Compared:
    """Return what differs between two forms of a cable.

    Both are columns of Cable by name, `origin` as the post's name, and TAGS and references with them. A field that one
    of them does not have is not told.
    """
    old_text, new_text = _text(old), _text(new)
    stretches = differences(old_text, new_text, allowance) if old_text != new_text else []
    told = new.keys() - _PARTS_OF_THE_TEXT if stretches else new.keys()
    return Compared(list(_differing({name: new[name] for name in told}, old)), stretches)


def _text(fields: dict[str, Any]) -> str:
    return f"{fields.get('header', '')}\n\n{fields.get('body', '')}".lstrip()


def _differing(new: dict[str, Any], old: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, label in _FIELDS.items():
        if name in old and name in new and old[name] != new[name]:
            yield label, _told(name, new[name]), _told(name, old[name])


def _told(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in _IN_WORDS:
        return _IN_WORDS[name](value)
    if isinstance(value, list):
        return "; ".join(str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in value)
    return str(value)


def _level(number: int) -> str:
    return Classification(number).label


def _redaction(number: int) -> str:
    return str(Redaction(number).label)


def _whether(said: bool) -> str:
    return "yes" if said else "no"


_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "classification": _level,
    "redaction": _redaction,
    "is_partial": _whether,
}
