"""A query tree as a condition on search entries: one text search, and each fact by the tables that know it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Q

from cables.models import Alias, Classification, Paragraph, Post, Reference, Tag
from cables.models.search_entry import CONFIGURATION
from cables.parsing.identifiers import canonical_identifier
from cables.search.query_tree import And, Dated, Fact, Node, Not, Or, Together, is_text
from cables.search.text_query import text_query

NOTHING = Q(pk__in=[])
_NOT_TEXT = ("apparatus", "preamble", "heading")


@dataclass(slots=True)
class Matching:
    """The condition that a query is, what to tell of values that the archive does not know, and the words to rank by.

    `texts` are the arguments of to_tsquery for each part of the text that is asked for and not excluded.
    """

    condition: Q = field(default_factory=Q)
    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def matching(tree: Node | None) -> Matching:
    """Return what a query tree asks of search entries."""
    found = Matching()
    if tree is not None:
        found.condition = _condition(tree, found)
        found.texts = [f"({text_query(part)})" for part in _wanted(tree)]
    return found


def tsquery(text: str) -> SearchQuery:
    """Return the query over SearchEntry.vector for an argument of to_tsquery."""
    return SearchQuery(text, config=CONFIGURATION, search_type="raw")


def _condition(node: Node, found: Matching) -> Q:
    if is_text(node):
        return Q(vector=tsquery(text_query(node)))
    match node:
        case And(parts) | Or(parts):
            kind = type(node)
            texts = tuple(part for part in parts if is_text(part))
            others = [_condition(part, found) for part in parts if not is_text(part)]
            if texts:
                others.insert(0, _condition(kind(texts) if len(texts) > 1 else texts[0], found))
            joined = others[0]
            for other in others[1:]:
                joined = joined & other if isinstance(node, And) else joined | other
            return joined
        case Not(part):
            return ~_condition(part, found)
        case Together(part):
            return _together(part, found)
        case Dated(since, until):
            days = Q(day__isnull=False)
            if since:
                days &= Q(day__gte=since)
            return days & Q(day__lte=until) if until else days
        case Fact():
            return _fact(node, found)
    raise ValueError(f"{node} is no query")


def _together(part: Node, found: Matching) -> Q:
    """Return the cables that have all of it in one paragraph; the index of whole texts narrows them down first."""
    if not is_text(part):
        found.notes.append("Only words can be looked for in one paragraph; the rest was looked for in the whole cable.")
        return _condition(part, found)
    query = tsquery(text_query(part))
    pieces = Paragraph.objects.exclude(kind__in=_NOT_TEXT).annotate(found=SearchVector("text", config=CONFIGURATION))
    return Q(vector=query) & Q(Exists(pieces.filter(cable=OuterRef("cable"), found=query)))


def _fact(fact: Fact, found: Matching) -> Q:
    condition = _FACTS[fact.field](fact.value)
    if fact.field == "held" and condition == NOTHING:
        found.notes.append("Only cables that are held have a text to search.")
        return NOTHING
    if condition is None:
        found.notes.append(f"“{fact.field}:{fact.value}”: nothing of that name is in this archive.")
        return NOTHING
    return condition


def _tag(value: str) -> Q | None:
    tags = Tag.objects.filter(code=value.upper()) or Tag.objects.filter(title__iexact=value)
    ids = [tag.pk for tag in tags]
    return Q(tag_ids__overlap=ids) if ids else None


def _origin(value: str) -> Q | None:
    posts = Post.objects.filter(Q(slug=value.lower()) | Q(name__iexact=value)) or Post.objects.filter(
        name__icontains=value
    )
    ids = [post.pk for post in posts]
    return Q(origin__in=ids) if ids else None


def _country(value: str) -> Q | None:
    ids = [post.pk for post in Post.objects.filter(country__iexact=value)]
    return Q(origin__in=ids) if ids else None


def _level(value: str) -> Q | None:
    wanted = value.upper().replace("-", " ")
    levels = [level for level in Classification if wanted in {level.label, level.slug.upper().replace("-", " ")}]
    return Q(classification__in=levels) if levels else None


def _identifier(value: str) -> Q:
    names = {value.upper(), canonical_identifier(value)} - {""}
    targets = Alias.objects.filter(identifier__in=names).values("target")
    return Q(cable__identifier__in=names) | Q(cable__identifier__in=targets)


def _sent_to(value: str) -> Q:
    return Q(cable__recipients__icontains=value) | Q(cable__info_recipients__icontains=value)


def _cites(value: str) -> Q:
    citing = Reference.objects.filter(target_identifier__in={value.upper(), canonical_identifier(value)} - {""})
    return Q(pk__in=citing.values("cable"))


def _cited_by(value: str) -> Q:
    cited = Reference.objects.filter(cable__identifier__in={value.upper(), canonical_identifier(value)} - {""})
    return Q(pk__in=cited.exclude(target=None).values("target"))


def _held(value: str) -> Q:
    return NOTHING if value.lower() in {"no", "false"} else Q()


_FACTS = {
    "tag": _tag,
    "origin": _origin,
    "country": _country,
    "class": _level,
    "caption": lambda value: Q(captions__contains=[value.upper()]),
    "id": _identifier,
    "to": _sent_to,
    "cites": _cites,
    "citedby": _cited_by,
    "mark": lambda value: Q(marks__contains=[value.upper()]),
    "held": _held,
}


def _wanted(node: Node) -> list[Node]:
    """Return the text that a tree asks for, without what it excludes."""
    match node:
        case And(parts):
            return [text for part in parts for text in _wanted(part)]
        case Not() | Fact() | Dated():
            return []
        case Together(part):
            return _wanted(part)
        case Or(parts):
            texts = tuple(part for part in parts if is_text(part))
            return [Or(texts) if len(texts) > 1 else texts[0]] if texts else []
        case _:
            return [node]
