"""The reference tables as rows: TAGS with their meanings, posts with their places, known aliases."""

from __future__ import annotations

from typing import TypeVar

from django.db import transaction

from cables.ingest.catalogue import slug_of
from cables.models import Alias, Post, Tag
from cables.reference_data import tables

_FIRST_BOOK = "1970s"
_POST_KINDS = dict.fromkeys(["regional office", "interests section", "delegation"], Post.Kind.OFFICE)

M = TypeVar("M", Tag, Post, Alias)


def load_reference_tables() -> dict[str, int]:
    """Load what is not there yet and return table -> rows that are new; what an administrator corrected stays.

    A post that was given another name is there by its slug, an alias that leads nowhere by its identifier.
    """
    with transaction.atomic():
        return {
            "TAGS": _load(Tag, _tags(), "code"),
            "posts": _load(Post, _posts(), "slug"),
            "aliases": _load(Alias, _aliases(), "identifier"),
        }


def _load(model: type[M], rows: list[M], key: str) -> int:
    held = set(model.objects.values_list(key, flat=True))
    new = [row for row in rows if getattr(row, key) not in held]
    model.objects.bulk_create(new)
    return len(new)


def _tags() -> list[Tag]:
    """One row a code: the meaning of the later handbook, with that of the first book beside it where it differs."""
    rows: dict[str, Tag] = {}
    for entry in sorted(tables.tags(), key=lambda entry: entry.era, reverse=True):
        if entry.era != _FIRST_BOOK or entry.code not in rows:
            rows[entry.code] = Tag(code=entry.code, kind=entry.kind, title=entry.title, category=entry.category)
        elif entry.title != rows[entry.code].title:
            rows[entry.code].earlier_title = entry.title
    for code, kind in tables.tags_in_use().items():
        rows.setdefault(code, Tag(code=code, kind=kind))
    return list(rows.values())


def _posts() -> list[Post]:
    return [
        Post(
            name=entry.name,
            slug=slug_of(entry.name),
            kind=_POST_KINDS.get(entry.kind, entry.kind),
            city=entry.city,
            country=entry.country,
            latitude=entry.latitude,
            longitude=entry.longitude,
        )
        for entry in tables.posts()
    ]


def _aliases() -> list[Alias]:
    return [Alias(identifier=printed, target=identifier) for printed, identifier in tables.aliases().items()]
