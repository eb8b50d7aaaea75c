"""The cable that an address names, with what its page shows beside its text; and where other names of it lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cables.models import Cable, CableTag, Correction, Post, Reference, Tag, Version
from cables.parsing.identifiers import canonical_identifier
from cables.search.known import what_is_known
from cables.search.lookup import find_cable, near_identifiers
from cables.views.corrected import Corrected, corrected
from cables.views.withheld import gone


def _text_of(field: str) -> Func:
    """Return the text that a field of JSON holds, for the outer query's row."""
    return Func(OuterRef(field), Value("{}"), template="%(expressions)s", arg_joiner=" #>> ", output_field=TextField())


_TAGS = (
    CableTag.objects.filter(cable=OuterRef("pk"))
    .order_by("position")
    .values(json=JSONObject(code="tag__code", title="tag__title", earlier_title="tag__earlier_title"))
)
# Each by an index of its own, and without the texts that it has in its fields.
_OTHER_FORMS = Version.objects.filter(cable=OuterRef("pk"), former_reading=False)
_FORMER_READINGS = Version.objects.filter(
    cable=OuterRef("pk"), content_hash=OuterRef("content_hash"), former_reading=True
)
_TOLD_OF_VERSIONS = JSONObject(
    reason="reason",
    recorded_on="recorded_at__date",
    form="fields__form",
    release_name="fields__release_name",
    released_on="fields__released_on",
)
_CORRECTIONS = (
    Correction.objects.filter(cable=OuterRef("pk"))
    .order_by("made_at", "id")
    .annotate(post=Subquery(Post.objects.filter(slug=_text_of("received")).values("name")))
    .values(json=JSONObject(field="field", received="received", note="note", made_on="made_at__date", post="post"))
)
_CITING = (
    Reference.objects.filter(target=OuterRef("pk"))
    .order_by()
    .values("target")
    .annotate(cables=Count("cable", distinct=True))
    .values("cables")
)


@dataclass(frozen=True, slots=True)
class Held:
    """A cable, and what one query knows of it: TAGS in printed order, other forms of it and former readings of the form
    shown (the latest first, without their texts), how many cables cite it, and what the archive has corrected, by field
    in the order in which it was."""

    cable: Cable
    tags: list[Tag]
    versions: list[Version]
    readings: list[Version]
    citing: int
    corrected: dict[str, Corrected]


def kept_of(cable: Cable, most: int) -> list[Version]:
    """Return so many other forms of a cable, then former readings of the form shown, the latest of each first."""
    forms = cable.versions.filter(former_reading=False)
    readings = cable.versions.filter(former_reading=True, content_hash=cable.content_hash)
    return [*forms[:most], *readings[:most]][:most]


def held_cable(identifier: str) -> Cable | None:
    """Return the cable of exactly this identifier, None where none is shown."""
    if "\x00" in identifier:
        return None
    return Cable.objects.select_related("origin").filter(identifier=identifier).first()


def held_with_all(identifier: str) -> Held | None:
    """Return the cable of exactly this identifier with what its page shows, by one query; None where none is shown."""
    if "\x00" in identifier:
        return None
    asked: dict[str, Any] = {
        "own_tags": ArraySubquery(_TAGS),
        "other_forms": ArraySubquery(_latest(_OTHER_FORMS)),
        "former_readings": ArraySubquery(_latest(_FORMER_READINGS)),
        "citing": Subquery(_CITING),
        "own_corrections": ArraySubquery(_CORRECTIONS),
    }
    row: Any = Cable.objects.select_related("origin").annotate(**asked).filter(identifier=identifier).first()
    if row is None:
        return None
    return Held(
        row,
        [Tag(**told) for told in row.own_tags],
        [_version(told) for told in row.other_forms],
        [_version(told) for told in row.former_readings],
        row.citing or 0,
        {told["field"]: corrected(told) for told in row.own_corrections},
    )


def elsewhere(request: HttpRequest, identifier: str, address: str) -> HttpResponse:
    """Lead to the canonical address where the name is another spelling; else say what is known of a cable not shown."""
    found = find_cable(identifier, Cable.everything.all())
    if found and found.identifier != identifier:
        return redirect(address, found.identifier, permanent=True)
    if found:
        return gone(request, found, address)
    if "\x00" in identifier:
        raise Http404("No cable has such a name.")
    citing = Cable.objects.for_lists().filter(references__target_identifier=identifier.upper()).distinct()
    canonical = canonical_identifier(identifier)
    context = {
        "identifier": identifier,
        "known": what_is_known([canonical]).get(canonical),
        "citing": citing.order_by("sent_at", "id")[:50],
        "near": near_identifiers(identifier).held,
    }
    return render(request, "cables/not_held.html", context, status=404)


def _latest(versions: QuerySet[Version]) -> QuerySet[Version, Any]:
    return versions.order_by("-recorded_at", "-id").values(json=_TOLD_OF_VERSIONS)


def _version(told: dict[str, Any]) -> Version:
    return Version(reason=told.pop("reason"), fields=told)
