"""Origins: all posts that cables are held of, on a map and by country, and one with its cables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cables.models import Post, Tag
from cables.reference_data import tables
from cables.search.coverage import Coverage, Sender, coverage
from cables.search.days import days_of
from cables.search.holdings import holdings
from cables.search.origins import Held, frequent_tags, held_of_posts, of_kinds, places_of
from cables.search.values import country_name
from cables.views import world_map
from cables.views.bars import bars
from cables.views.heat import heat
from cables.views.listing import page_of

MOST_SUBJECTS = 12
MOST_OF_A_KIND = 8
WRITTEN_ABOUT = (
    ("Countries and regions", {Tag.Kind.COUNTRY, Tag.Kind.REGION}),
    ("Persons", {Tag.Kind.PERSON}),
    ("Organizations", {Tag.Kind.ORGANIZATION}),
    (Tag.Kind.OTHER.label, {Tag.Kind.OTHER}),
)
_RANKS: dict[str, int] = {kind: rank for rank, kind in enumerate(Post.Kind)}


@dataclass(frozen=True, slots=True)
class Group:
    """Posts that are listed together: of a country (as the search filter has it), else of a kind."""

    name: str
    country: str
    posts: list[tuple[Post, Held]]

    @property
    def count(self) -> int:
        """How many cables of these posts are held."""
        return sum(held.count for _, held in self.posts)


def origins(request: HttpRequest) -> HttpResponse:
    """Answer with all posts that cables are held of."""
    held = held_of_posts(holdings())
    posts = list(Post.objects.filter(pk__in=list(held)))
    context = {
        "total": len(posts),
        "marks": world_map.marks(posts, {pk: of_post.count for pk, of_post in held.items()}),
        "groups": _by_country(posts, held) + _by_kind(posts, held),
    }
    return render(request, "cables/origins.html", context)


def origin(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with a post, what it writes about, and its cables."""
    post = get_object_or_404(Post, slug=slug)
    held = holdings()
    places = places_of(held, post.pk)
    sender = sender_of(post, coverage(held))
    tags = frequent_tags(held, places)
    days = days_of(held, places)
    context = {
        "post": post,
        "country": country_name(post.country),
        "place": world_map.place(post),
        "sender": sender,
        "subjects": of_kinds(tags, {Tag.Kind.SUBJECT, Tag.Kind.PROGRAM}, MOST_SUBJECTS),
        "about": [(label, found) for label, kinds in WRITTEN_ABOUT if (found := of_kinds(tags, kinds, MOST_OF_A_KIND))],
        "query": urlencode({"origin": post.slug}),
        "days": days,
        "years": bars(days.by_year().items()),
        "heat": heat(days.by_month(), partial(_month_of, post)),
        **page_of(request, held.cables[places]),
    }
    return render(request, "cables/origin.html", context)


def sender_of(post: Post, found: Coverage) -> Sender | None:
    """Return what is held and known of a post, None where that is nothing.

    Raises Http404 where no table knows the post either: then only cables that are not shown have named it.
    """
    sender = found.of_posts.get(post.pk)
    if sender is None and all(post.name != entry.name for entry in tables.posts()):
        raise Http404("No cable that is shown comes from such a post, and no table knows it.")
    return sender


def _month_of(post: Post, first: date) -> str:
    """Return the address of a search for the cables of a post in a month."""
    month = f"{first.year:04}-{first.month:02}"
    return f"{reverse('cables:search')}?{urlencode({'origin': post.slug, 'since': month, 'until': month})}"


def _by_country(posts: Iterable[Post], held: Mapping[int, Held]) -> list[Group]:
    """Return the posts that stand in a country, by its name."""
    countries: dict[str, list[tuple[Post, Held]]] = defaultdict(list)
    for post in posts:
        if post.country:
            countries[post.country].append((post, held[post.pk]))
    groups = [Group(country_name(country), country, sorted(rows, key=_rank)) for country, rows in countries.items()]
    return sorted(groups, key=lambda group: group.name)


def _by_kind(posts: Iterable[Post], held: Mapping[int, Held]) -> list[Group]:
    """Return the posts of which no country is known, by their kind."""
    elsewhere = [(post, held[post.pk]) for post in posts if not post.country]
    groups = [Group(kind.label, "", [row for row in elsewhere if row[0].kind == kind]) for kind in Post.Kind]
    return [group for group in groups if group.posts]


def _rank(row: tuple[Post, Held]) -> tuple[int, str]:
    """Return the order of a country's posts: the embassy first."""
    return _RANKS.get(row[0].kind, len(_RANKS)), row[0].name
