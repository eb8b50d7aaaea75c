"""Posts and TAGS by their names: found, or made at first sight."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import slugify

from cables.models import Post, Tag

_KINDS = {
    "Embassy": Post.Kind.EMBASSY,
    "American": Post.Kind.EMBASSY,
    "US": Post.Kind.MISSION,
    "USUN": Post.Kind.MISSION,
    "UN": Post.Kind.MISSION,
    "Mission": Post.Kind.MISSION,
    "USEU": Post.Kind.MISSION,
    "USNATO": Post.Kind.MISSION,
    "Consulate": Post.Kind.CONSULATE,
    "Secretary": Post.Kind.DEPARTMENT,
    "Department": Post.Kind.DEPARTMENT,
}


def kind_of_post(name: str) -> Post.Kind:
    """Return what a post is, by the first word of its name."""
    return _KINDS.get(name.partition(" ")[0], Post.Kind.OTHER)


def ensure_posts(names: Iterable[str]) -> dict[str, Post]:
    """Return name -> Post for every name that is not empty, making the posts that are new."""
    wanted = {name for name in names if name}
    held = {post.name: post for post in Post.objects.filter(name__in=wanted)}
    for name in sorted(wanted - held.keys()):
        held[name] = Post.objects.create(name=name, slug=_free_slug(name), kind=kind_of_post(name))
    return held


def _free_slug(name: str) -> str:
    slug = slugify(name)[:110] or "post"
    taken = set(Post.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    if slug not in taken:
        return slug
    return next(f"{slug}-{number}" for number in range(2, len(taken) + 3) if f"{slug}-{number}" not in taken)


def ensure_tags(codes: Iterable[str]) -> dict[str, int]:
    """Return code -> id of its Tag for every code, making the TAGS that no handbook knows."""
    wanted = set(codes)
    held = dict(Tag.objects.filter(code__in=wanted).values_list("code", "id"))
    if new := sorted(wanted - held.keys()):
        Tag.objects.bulk_create([Tag(code=code) for code in new], ignore_conflicts=True)
        held |= dict(Tag.objects.filter(code__in=new).values_list("code", "id"))
    return held
