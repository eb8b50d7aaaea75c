"""What a reader may be about to type: identifiers, posts, TAGS and words of subjects that begin so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from cables.models import Cable, CableTag, Post, Tag
from cables.models.identifier_field import LONGEST_IDENTIFIER
from cables.models.withholding import shown
from cables.parsing.identifiers import canonical_identifier
from cables.search.language import clean
from cables.search.words import LONGEST, words_beginning

SHORTEST = 2
"""Letters from which something is suggested."""
MOST_OF_A_KIND = 5

_LAST = re.compile(r"(?P<head>.*?)(?P<field>\w+:)?(?P<part>\w*)\Z", re.DOTALL)
_OPEN = re.compile(r'(?P<head>.*?)(?P<field>\w+:)"(?P<part>[^"]*)\Z', re.DOTALL)
_YEAR = re.compile(r"\d\d\d?\d?[A-Z]")
_LEADING_ZEROS = re.compile(r"(?<=[A-Z])0+(?=\d)")
_TAG_FIELDS, _POST_FIELDS, _TEXT_FIELDS = {"tag:", "tags:"}, {"origin:", "from:"}, {"subject:", "summary:", "body:"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A whole query to take in place of what was typed, and what it is, in words."""

    query: str
    meaning: str


def suggest(typed: str) -> list[Suggestion]:
    """Return what may be meant, the most telling kinds first: identifiers, posts, TAGS, words.

    All that was typed is taken for the beginning of an identifier, of a post's name or of a TAG's meaning, and its last
    word for the beginning of any of these; what stands before that word is kept. Only what the archive holds is
    suggested.
    """
    query = clean(typed)
    if len(query) < SHORTEST or typed[-1:].isspace():
        return []
    found = _in_quotes(query) if query.count('"') % 2 else _at_large(query)
    return list({suggestion.query: suggestion for suggestion in reversed(found)}.values())[::-1]


def _in_quotes(query: str) -> list[Suggestion]:
    """Return what goes on where quotes are open: a field's name, or the words of a phrase."""
    if (opened := _OPEN.match(query)) and opened["field"].lower() in _POST_FIELDS | _TAG_FIELDS:
        kind = _posts if opened["field"].lower() in _POST_FIELDS else _tags
        return kind(opened["head"], opened["part"])
    last = _LAST.match(query)
    return _words(query[: last.start("part")], last["part"]) if last else []


def _at_large(query: str) -> list[Suggestion]:
    last = _LAST.match(query)
    head, field, part = last.group("head", "field", "part") if last else (query, None, "")
    field = field and field.lower()
    found: list[Suggestion] = []
    if field is None and not head.endswith(":"):
        found += _identifiers(query)
        if " " in query:
            found += _posts("", query) + _tags("", query)
    if field is None or field in _POST_FIELDS:
        found += _posts(head, part)
    if field is None or field in _TAG_FIELDS:
        found += _tags(head, part)
    if field is None or field in _TEXT_FIELDS:
        found += _words(f"{head}{field or ''}", part)
    return found


def _identifiers(typed: str) -> list[Suggestion]:
    compact = "".join(typed.split()).upper()[:LONGEST_IDENTIFIER]
    if not _YEAR.match(compact):
        return []
    beginnings = {compact, _LEADING_ZEROS.sub("", compact), canonical_identifier(compact)} - {""}
    ranges = Q()
    for beginning in beginnings:
        ranges |= Q(identifier__gte=beginning, identifier__lt=f"{beginning}\U0010ffff")
    cables = Cable.objects.filter(ranges).order_by("identifier").only("identifier", "subject")
    return [Suggestion(cable.identifier, cable.title) for cable in cables[:MOST_OF_A_KIND]]


# One cable is looked up for each post and TAG, and not whether there is any: asked so, the database reads all of them.
def _posts(head: str, part: str) -> list[Suggestion]:
    if len(part) < SHORTEST:
        return []
    named = Post.objects.filter(Q(name__istartswith=part) | Q(name__icontains=f" {part}"))
    any_cable = Cable.objects.filter(origin=OuterRef("pk")).order_by()
    holding = named.alias(one=Subquery(any_cable.values("pk")[:1])).exclude(one=None).order_by("name")
    return [Suggestion(f'{head}origin:"{post.name}"', post.name) for post in holding[:MOST_OF_A_KIND]]


def _tags(head: str, part: str) -> list[Suggestion]:
    """Return TAGS that have a meaning; codes that no handbook knows are two that ran together for the most part."""
    if len(part) < SHORTEST:
        return []
    named = Tag.objects.exclude(title="").filter(Q(code__startswith=part.upper()) | Q(title__istartswith=part))
    any_cable = CableTag.objects.filter(shown("cable"), tag=OuterRef("pk")).order_by()
    given = named.alias(one=Subquery(any_cable.values("cable")[:1])).exclude(one=None).order_by("code")
    return [
        Suggestion(f"{head}tag:{tag.code}" if tag.code.isalnum() else f'{head}tag:"{tag.code}"', tag.title)
        for tag in given[:MOST_OF_A_KIND]
    ]


def _words(head: str, part: str) -> list[Suggestion]:
    if not SHORTEST <= len(part) <= LONGEST:
        return []
    return [Suggestion(f"{head}{word}", "") for word in words_beginning(part, MOST_OF_A_KIND)]
