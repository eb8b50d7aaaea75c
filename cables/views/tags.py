"""TAGS: all that are in use, and one with its cables."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cables.models import Post, Tag
from cables.search.days import days_of
from cables.search.holdings import holdings
from cables.views.bars import bars
from cables.views.listing import page_of
from cables.views.most import most

BESIDE = 12
"""How many other TAGS, and how many posts, the page of a TAG names."""

KINDS = {
    Tag.Kind.SUBJECT: "What the cable is about. The first letter tells the field: A administration, B business, "
    "C consular affairs, E economy, M military, O operations, P politics, S society, T technology and science.",
    Tag.Kind.COUNTRY: "Countries and territories, in two letters. They are those of the Department and of FIPS 10-4, "
    "not the usual ones of ISO 3166; some of 1973 to 1979 were others again.",
    Tag.Kind.REGION: "Parts of the world and groups of countries, in two letters of which the first is X.",
    Tag.Kind.ORGANIZATION: "International organizations and the like, by their short names.",
    Tag.Kind.PROGRAM: "Programs, and concerns that cut across subjects. Their first letter is K.",
    Tag.Kind.PERSON: "Persons whom the cable is about, by surname and given names.",
    Tag.Kind.OTHER: "In use, but in no handbook that this archive knows: local codes, former ones, and slips.",
}


def tags(request: HttpRequest) -> HttpResponse:
    """Answer with the TAGS in use, grouped by kind: all, or those whose code or meaning has the words asked for."""
    held = holdings()
    counts = held.tags.counts(held.everywhere).tolist()
    used = [(tag, counts[tag.pk]) for tag in Tag.objects.all() if tag.pk < len(counts) and counts[tag.pk]]
    asked = request.GET.get("q", "").strip()
    found = [(tag, count) for tag, count in used if _has(tag, asked)]
    kinds = {kind: [(tag, count) for tag, count in found if tag.kind == kind] for kind in Tag.Kind}
    groups = [(kind, KINDS[kind], members) for kind, members in kinds.items() if members]
    context = {"groups": groups, "asked": asked, "found": len(found), "total": len(used)}
    return render(request, "cables/tags.html", context)


def tag(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with a TAG's meaning, when, beside which others and by which posts it is used, and its cables."""
    if code != code.upper():
        return redirect("cables:tag", code.upper(), permanent=True)
    if "\x00" in code:
        raise Http404("No TAG has such a code.")
    found = get_object_or_404(Tag, code=code)
    held = holdings()
    places = held.tags.having(found.pk)
    if not (len(places) or found.title or found.earlier_title):
        raise Http404("No cable that is shown has such a TAG, and no handbook knows it.")
    beside = most(Tag.objects.all(), held.tags.counts(places), BESIDE + 1)  # itself among them
    context = {
        "tag": found,
        "query": urlencode({"tag": found.code}),
        "years": bars(days_of(held, places).by_year().items()),
        "beside": [(other, count) for other, count in beside if other != found][:BESIDE],
        "posts": most(Post.objects.all(), held.origin_counts(places), BESIDE),
        **page_of(request, held.cables[places]),
    }
    return render(request, "cables/tag.html", context)


def _has(tag: Tag, asked: str) -> bool:
    """Return whether a TAG's code or meanings hold every word, in whatever case."""
    told = f"{tag.code} {tag.title} {tag.earlier_title}".casefold()
    return all(word in told for word in asked.casefold().split())
