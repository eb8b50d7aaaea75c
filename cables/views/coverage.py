"""Coverage: what is held against what is known to exist, by post, year and month."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from cables.models import Post
from cables.search.coverage import NO_ORIGIN, UNDATED, Coverage, Sender, Share
from cables.search.coverage import coverage as find_coverage
from cables.search.holdings import holdings
from cables.views.heat import strength
from cables.views.origins import sender_of
from cables.views.spreadsheets import Echo, harmless

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Named:
    """A sender under the name that pages give it, with its post's address name ("" where it has no page)."""

    name: str
    slug: str
    sender: Sender


@dataclass(frozen=True, slots=True)
class Cell:
    """A share, and how its cell is filled: in tenths of what is known, else by steps beside the most that is held."""

    share: Share
    fill: str


def coverage(request: HttpRequest) -> HttpResponse:
    """Answer with what is held and known of each post by year."""
    found = find_coverage(holdings())
    senders = _named(found)
    years = sorted({year for named in senders for year in named.sender.years if year})
    most = _most(share for named in senders for share in named.sender.years.values())
    context = {
        "loaded": found.loaded,
        "years": years,
        "rows": [(named, [_cell(named.sender.years.get(year), most) for year in years]) for named in senders],
        "elsewhere": found.cited_elsewhere,
        "total": sum((named.sender.total for named in senders), Share()),
    }
    return render(request, "cables/coverage.html", context)


def of_post(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with what is held and known of a post by month."""
    post = get_object_or_404(Post, slug=slug)
    found = find_coverage(holdings())
    sender = sender_of(post, found) or Sender(post.pk, "", {}, {})
    most = _most(share for month, share in sender.months.items() if month != UNDATED)
    rows = [
        (
            year,
            [(date(year, month, 1), _cell(sender.months.get((year, month)), most)) for month in MONTHS],
            sender.years.get(year, ""),
            sender.cited.get(year, 0),
        )
        for year in sorted((sender.years.keys() | sender.cited.keys()) - {0})
    ]
    context = {
        "post": post,
        "sender": sender,
        "loaded": found.loaded,
        "rows": rows,
        "months": [date(2000, month, 1) for month in MONTHS],
        "undated": sender.years.get(0, Share()).held,
    }
    return render(request, "cables/coverage_of_post.html", context)


def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Answer with all of it as CSV, a line for each post and month."""
    senders = _named(find_coverage(holdings()))  # all that is asked of the database: the stream comes after
    response = StreamingHttpResponse(_lines(senders), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="coverage.csv"'
    return response


def _lines(senders: Iterable[Named]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(["origin", "station", "month", "held", "known"])
    for named in senders:
        for (year, month), share in named.sender.months.items():
            period = f"{year:04}-{month:02}" if year else ""
            known = "" if share.known is None else share.known
            yield writer.writerow([harmless(named.name), harmless(named.sender.station), period, share.held, known])


def _named(found: Coverage) -> list[Named]:
    """Return every sender by its name: posts, then stations of no post, then what states no origin."""
    posts = Post.objects.filter(pk__in=list(found.of_posts)).only("name", "slug")
    named = [Named(post.name, post.slug, found.of_posts[post.pk]) for post in posts]
    named += [Named(f"Station {name}", "", found.of_stations[name]) for name in sorted(found.of_stations)]
    if NO_ORIGIN in found.of_posts:
        named.append(Named("No origin stated", "", found.of_posts[NO_ORIGIN]))
    return named


def _most(shares: Iterable[Share]) -> int:
    return max((share.held for share in shares), default=0)


def _cell(share: Share | None, most: int) -> Cell | None:
    """Return the cell of a share, None where nothing is held or known."""
    if share is None or not (share.held or share.known):
        return None
    return Cell(share, f"heat-{strength(share.held, most)}" if share.known is None else f"held-{share.tenths}")
