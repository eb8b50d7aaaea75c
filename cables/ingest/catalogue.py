"""Posts and TAGS by their names: found, or made at first sight, and remembered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q
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


def slug_of(name: str) -> str:
    """Return the slug by which the post of that name is known, whatever it has been renamed to since; itself of a
    slug."""
    return slugify(name)[:110]


class Catalogue:
    """Posts and TAGS as one run of an import meets them. What a rolled back transaction made must be forgotten."""

    def __init__(self) -> None:
        self._posts: dict[str, Post] = {}
        self._tags: dict[str, int] = {}

    def forget(self) -> None:
        """Remember nothing."""
        self._posts.clear()
        self._tags.clear()

    def meet(self, names: Iterable[str], codes: Iterable[str]) -> None:
        """Find the posts of these names and the TAGS of these codes, all at once, or make them in this order.

        A post that was renamed is found by the slug of its name in the files, which never changes.
        """
        if unknown := [name for name in dict.fromkeys(names) if name and name not in self._posts]:
            slugs = {name: slug_of(name) for name in unknown}
            held = list(Post.objects.filter(Q(name__in=unknown) | Q(slug__in=set(slugs.values()) - {""})))
            by_name, by_slug = {post.name: post for post in held}, {post.slug: post for post in held}
            for name in unknown:
                post = by_name.get(name) or by_slug.get(slugs[name])
                if post is None:
                    post = Post.objects.create(name=name, slug=_free_slug(name), kind=kind_of_post(name))
                    by_slug[post.slug] = post
                self._posts[name] = post
        if unknown := [code for code in dict.fromkeys(codes) if code not in self._tags]:
            self._tags |= _held_tags(unknown)
            if new := [code for code in unknown if code not in self._tags]:
                Tag.objects.bulk_create([Tag(code=code) for code in new], ignore_conflicts=True)
                self._tags |= _held_tags(new)

    def post(self, name: str) -> Post | None:
        """Return the post of that name, which was met, None for no name."""
        return self._posts[name] if name else None

    def tags(self, codes: Sequence[str]) -> list[int]:
        """Return the numbers of the Tags with these codes, which were met, in order."""
        return [self._tags[code] for code in codes]


def _held_tags(codes: Collection[str]) -> dict[str, int]:
    return dict(Tag.objects.filter(code__in=codes).values_list("code", "id"))


def _free_slug(name: str) -> str:
    slug = slug_of(name) or "post"
    taken = set(Post.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    if slug not in taken:
        return slug
    return next(f"{slug}-{number}" for number in range(2, len(taken) + 3) if f"{slug}-{number}" not in taken)
