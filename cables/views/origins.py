"""Origins: all posts that cables are held of, and one with its cables."""

from __future__ import annotations

from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cables.models import Post, SearchEntry
from cables.views.listing import listing


def origins(request: HttpRequest) -> HttpResponse:
    """Answer with all posts that cables are held of, by kind."""
    posts = Post.objects.annotate(
        count=Count("cables"), oldest=Min("cables__sent_at"), newest=Max("cables__sent_at")
    ).filter(count__gt=0)
    kinds = {kind: [post for post in posts if post.kind == kind] for kind in Post.Kind}
    groups = [(kind.label, kind.value, members) for kind, members in kinds.items() if members]
    return render(request, "cables/origins.html", {"groups": groups, "total": len(posts)})


def origin(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with a post and its cables."""
    post = get_object_or_404(Post, slug=slug)
    entries = SearchEntry.objects.filter(origin=post)
    return render(request, "cables/origin.html", {"post": post, **listing(request, entries)})
