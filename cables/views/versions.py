"""The versions of a cable: what each release had, and how its text and fields differ from what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cables.ingest.versions import lists_of
from cables.models import Classification, Post, Redaction, Version
from cables.views.differences import Allowance, Stretch, differences
from cables.views.held import elsewhere, held_cable, kept_of

MOST = 10
"""Versions that one page compares: each is a whole text."""

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


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside what is shown: the fields that differ (name, shown, in the version) and the stretches of both
    texts, none where header and body are the same."""

    version: Version
    fields: list[tuple[str, str, str]]
    stretches: list[Stretch]


def versions(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with every version of a cable that is kept, and what differs in it."""
    held = held_cable(identifier)
    if held is None:
        return elsewhere(request, identifier, "cables:cable-versions")
    allowance = Allowance()
    kept = kept_of(held, MOST + 1)
    shown = held.stored_fields() | lists_of([held])[held.pk]
    posts = {post.pk: post.name for post in Post.objects.filter(pk__in={v.fields.get("origin") for v in kept} - {None})}
    if held.origin:
        posts[held.origin.pk] = held.origin.name
    context = {
        "cable": held,
        "compared": [_compared(shown, version, posts, allowance) for version in kept[:MOST]],
        "more": len(kept) > MOST,
        "most": MOST,
        "coarse": allowance.spent,
    }
    return render(request, "cables/versions.html", context)


def _compared(shown: dict[str, Any], version: Version, posts: dict[int, str], allowance: Allowance) -> Compared:
    old, new = _text(version.fields), _text(shown)
    stretches = differences(old, new, allowance) if old != new else []
    told = shown.keys() - _PARTS_OF_THE_TEXT if stretches else shown.keys()
    fields = _differing({name: shown[name] for name in told}, version.fields, posts)
    return Compared(version, list(fields), stretches)


def _text(fields: dict[str, Any]) -> str:
    return f"{fields.get('header', '')}\n\n{fields.get('body', '')}".lstrip()


def _differing(shown: dict[str, Any], kept: dict[str, Any], posts: dict[int, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the fields that differ, each in words; one that was not kept at the time is not among them."""
    for name, label in _FIELDS.items():
        if name in kept and name in shown and kept[name] != shown[name]:
            yield label, _told(name, shown[name], posts), _told(name, kept[name], posts)


def _told(name: str, value: Any, posts: dict[int, str]) -> str:
    if value is None:
        return ""
    if name == "origin":
        return posts.get(value, "")
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
