"""A query tree as a condition on search entries: one text search, and each fact by the tables that know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, F, Func, OuterRef, Q, TextField

from cables.models import Alias, Cable, Paragraph, Reference, SearchEntry
from cables.models.search_entry import CONFIGURATION
from cables.models.search_pairs import pairs_in
from cables.parsing.identifiers import canonical_identifier
from cables.search.likenesses import with_likenesses
from cables.search.query_tree import And, Dated, Fact, Node, Not, Or, Phrase, Together, all_of, is_text, zones
from cables.search.stop_words import dropped_words, without
from cables.search.text_query import text_query
from cables.search.values import countries_named, levels_named, posts_in, posts_named, tags_named

_TEXTS = ArrayField(TextField())
_ALL = 2**31
NOTHING = Q(pk__in=[])
_NOT_TEXT = ("apparatus", "preamble", "heading")
_NOT_HELD = (
    "A search finds only cables that are held, so “held:no” finds none. A cable that is cited but not held has a page"
    " under its identifier, which lists the cables that cite it."
)
_ALL_HELD = "Every cable that a search finds is held; “held:” changes nothing."


@dataclass(slots=True)
class Matching:
    """The condition that a query is, what to tell of values that the archive does not know, and the words to rank by.

    `tree` is the query without the words that the database drops; `texts` are the arguments of to_tsquery for each part
    of its text that is asked for and not excluded.
    """

    tree: Node | None = None
    condition: Q = field(default_factory=Q)
    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def matching(tree: Node | None) -> Matching:
    """Return what a query tree asks of search entries; words that the database drops ask nothing."""
    found = Matching()
    if tree is None:
        return found
    tree, found.notes = with_likenesses(tree)
    dropped = dropped_words(tree)
    found.notes += dropped.notes
    found.tree = without(tree, {*dropped.common, *dropped.unknown})
    if found.tree is not None:
        found.condition = _condition(found.tree, found)
        found.texts = [f"({text_query(part)})" for part in _wanted(found.tree)]
    return found


def tsquery(text: str) -> SearchQuery:
    """Return the query over SearchEntry.vector for an argument of to_tsquery."""
    return SearchQuery(text, config=CONFIGURATION, search_type="raw")


def _condition(node: Node, found: Matching) -> Q:
    if is_text(node):
        return _text(node)
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


def _text(node: Node) -> Q:
    """Return the cables that have a text; of its phrases an index alone knows which cables to read for them at all.

    A phrase of two frequent words, looked for anywhere, it knows for certain: no vector is read.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    pairs = {part: pairs_in(part.text) for part in parts if isinstance(part, Phrase)}
    certain = [part for part, found in pairs.items() if found.are_all and not part.zone]
    others = [part for part in parts if part not in certain]
    # What is only excluded no index finds: then the phrase is asked of the vectors with it.
    rest = all_of(others) if any(not isinstance(part, Not) for part in others) or not others else node
    condition = Q(vector=tsquery(text_query(rest))) if rest else Q()
    texts = [text for found in pairs.values() for text in found.texts]
    if not texts:
        return condition
    having = SearchEntry.objects.annotate(pairs=Func("vector", function="cables_pairs", output_field=_TEXTS))
    # The limit keeps the planner from making one scan of both, which would take the function for every cable it reads.
    held = having.filter(pairs__contains=texts)  # type: ignore[misc] # it takes the array for a text
    return condition & Q(pk__in=held.values("pk")[:_ALL])


def _together(part: Node, found: Matching) -> Q:
    """Return the cables that have all of it in one paragraph; the index of whole texts narrows them down first.

    It narrows by what is asked for only: a word that one paragraph must not have may stand in another.
    """
    if not is_text(part) or zones(part) - {"", "body"}:
        found.notes.append("Only words can be looked for in one paragraph; the rest was looked for in the whole cable.")
        if isinstance(part, And):
            texts = [one for one in part.parts if is_text(one) and not zones(one) - {"", "body"}]
            others = [_condition(one, found) for one in part.parts if one not in texts]
            return reduce(and_, others, _together(And(tuple(texts)), found) if texts else Q())
        return _condition(part, found)
    pieces = Paragraph.objects.exclude(kind__in=_NOT_TEXT).annotate(found=SearchVector("text", config=CONFIGURATION))
    in_one = Q(Exists(pieces.filter(cable=OuterRef("cable"), found=tsquery(text_query(part)))))
    narrowed = " & ".join(f"({text_query(text)})" for text in _wanted(part))
    return Q(vector=tsquery(narrowed)) & in_one if narrowed else in_one


def _fact(fact: Fact, found: Matching) -> Q:
    if fact.field == "held":
        found.notes.append(_NOT_HELD if fact.value == "no" else _ALL_HELD)
        return NOTHING if fact.value == "no" else Q()
    condition = _FACTS[fact.field](fact.value)
    if condition is None:
        found.notes.append(f"“{fact.field}:{fact.value}”: nothing of that name is in this archive.")
        return NOTHING
    return condition


def _tag(value: str) -> Q | None:
    ids = [tag.pk for tag in tags_named(value)]
    return Q(tag_ids__overlap=ids) if ids else None


def _origin(value: str) -> Q | None:
    ids = [post.pk for post in posts_named(value)]
    return Q(origin__in=ids) if ids else None


def _country(value: str) -> Q | None:
    ids = [post.pk for post in posts_in(countries_named(value))]
    return Q(origin__in=ids) if ids else None


def _level(value: str) -> Q | None:
    levels = levels_named(value)
    return Q(classification__in=levels) if levels else None


def _identifier(value: str) -> Q:
    names = {value.upper(), canonical_identifier(value)} - {""}
    targets = Alias.objects.filter(identifier__in=names).values("target")
    return Q(cable__identifier__in=names) | Q(cable__identifier__in=targets)


class _Addressees(Func):
    """What one list of recipients says, without the names of its fields."""

    template = (
        "(SELECT string_agg(concat_ws(' ', one->>'route', one->>'name', one->>'number'), chr(10))"
        " FROM jsonb_array_elements(%(expressions)s) one)"
    )
    output_field = TextField()


def _sent_to(value: str) -> Q:
    """Return the cables with an addressee whose line holds the value.

    A subquery of its own for each cable, so that only those are read which the rest of the query leaves.
    """
    lines = Cable.objects.annotate(to=_Addressees(F("recipients")), info=_Addressees(F("info_recipients")))
    sent = lines.filter(Q(to__icontains=value) | Q(info__icontains=value), pk=OuterRef("pk"))
    return Q(Exists(sent))


def _cites(value: str) -> Q:
    names = {value.upper(), canonical_identifier(value)} - {""}
    # By its own name, whether it is held or not, or by another that is known to mean it.
    by_name = Reference.objects.filter(target_identifier__in=names).order_by().values("cable")
    by_alias = Reference.objects.filter(target__identifier__in=names).order_by().values("cable")
    return Q(pk__in=by_name.union(by_alias))


def _cited_by(value: str) -> Q:
    cited = Reference.objects.filter(cable__identifier__in={value.upper(), canonical_identifier(value)} - {""})
    return Q(pk__in=cited.exclude(target=None).values("target"))


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
    "mark": lambda value: Q(marks__contains=[value.upper().strip("()")]),
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
