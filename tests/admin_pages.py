"""Every kind of page of the administrators' side, once: a new kind is added here, and is then examined as all are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth.models import User

from cables.ingest.run import import_paths
from cables.models import Alias, Cable, ImportProblem, ImportRun, Post, Tag
from tests.pages import invented_archive

ADMIN_PAGES = {
    "dashboard": "/admin/",
    "app": "/admin/cables/",
    "cables": "/admin/cables/cable/",
    "cables found": "/admin/cables/cable/?q=minister",
    "cables of a year": "/admin/cables/cable/?year={year}&class=confidential&o=1",
    "no cables found": "/admin/cables/cable/?q=zzqqxx",
    "cable": "/admin/cables/cable/{cable}/change/",
    "history of a cable": "/admin/cables/cable/{cable}/history/",
    "tags": "/admin/cables/tag/?kind__exact=subject",
    "tag": "/admin/cables/tag/{tag}/change/",
    "add a tag": "/admin/cables/tag/add/",
    "posts": "/admin/cables/post/",
    "post": "/admin/cables/post/{post}/change/",
    "aliases": "/admin/cables/alias/",
    "add an alias": "/admin/cables/alias/add/",
    "delete an alias": "/admin/cables/alias/{alias}/delete/",
    "runs": "/admin/cables/importrun/",
    "run": "/admin/cables/importrun/{run}/change/",
    "import": "/admin/cables/importrun/add/",
    "problems": "/admin/cables/importproblem/",
    "problem": "/admin/cables/importproblem/{problem}/change/",
    "change password": "/admin/password_change/",
}
"""The name of each kind of page and its address; what stands in braces is one of `places()`."""

ADMIN_KINDS = list(ADMIN_PAGES)


def admin_address(kind: str) -> str:
    """Return the address of a page of this kind in the archive that the database holds."""
    return ADMIN_PAGES[kind].format(**places())


def places() -> dict[str, int]:
    """Return what addresses are made of."""
    cable = Cable.objects.earliest("sent_at", "id")
    return {
        "cable": cable.pk,
        "year": cable.sent_at.year,
        "tag": Tag.objects.exclude(cables=None).earliest("code").pk,
        "post": Post.objects.exclude(cables=None).earliest("name").pk,
        "alias": Alias.objects.earliest("identifier").pk,
        "run": ImportRun.objects.earliest("pk").pk,
        "problem": ImportProblem.objects.earliest("pk").pk,
    }


def administrator() -> User:
    """Return somebody who may do everything."""
    return User.objects.create_superuser("administrator", password="ferries and harbours")  # noqa: S106


@contextmanager
def administered_archive(folder: Path) -> Iterator[None]:
    """The archive of tests.pages, with an alias, and a run that met two problems, for tests that only read."""
    with invented_archive(folder):
        held = Cable.objects.earliest("sent_at", "id")
        Alias.objects.create(identifier="05OLDNAME1", target=held.identifier)
        files = [folder / "broken.bin", folder / f"{'a-very-long-name-of-a-file-' * 8}.bin"]
        for file in files:
            file.write_bytes(bytes(range(256)) * 100)
        import_paths(files)
        yield
