"""Every kind of page of the administrators' side, once: a new kind is added here, and is then examined as all are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from accounts.models import AuditEntry
from cables.ingest.correcting import correct, hold, undisturbed
from cables.ingest.run import import_paths
from cables.models import Alias, Cable, Correction, ImportProblem, ImportRun, Post, Tag, Upload, Withholding
from tests.pages import invented_archive

ADMIN_PAGES = {
    "dashboard": "/admin/",
    "app": "/admin/cables/",
    "uploads": "/admin/cables/upload/",
    "import": "/admin/cables/upload/add/",
    "upload": "/admin/cables/upload/{upload}/change/",
    "upload that broke off": "/admin/cables/upload/{broken}/change/",
    "runs": "/admin/cables/importrun/",
    "run": "/admin/cables/importrun/{run}/change/",
    "run with problems": "/admin/cables/importrun/{failed}/change/",
    "cables of a run": "/admin/cables/importrun/{run}/cables/",
    "undo": "/admin/cables/importrun/{run}/undo/",
    "problems": "/admin/cables/importproblem/",
    "problems found": "/admin/cables/importproblem/?q=binary&state=open",
    "problem": "/admin/cables/importproblem/{problem}/change/",
    "cables": "/admin/cables/cable/",
    "cables found": "/admin/cables/cable/?q=minister",
    "cables of a year": "/admin/cables/cable/?year={year}&class=confidential&o=1",
    "no cables found": "/admin/cables/cable/?q=zzqqxx",
    "withheld cables": "/admin/cables/cable/?withheld=yes",
    "cable": "/admin/cables/cable/{cable}/change/",
    "withheld cable": "/admin/cables/cable/{withheld}/change/",
    "history of a cable": "/admin/cables/cable/{cable}/history/",
    "corrections": "/admin/cables/correction/",
    "correction": "/admin/cables/correction/{correction}/change/",
    "take a correction back": "/admin/cables/correction/{correction}/delete/",
    "withholdings": "/admin/cables/withholding/",
    "withhold": "/admin/cables/withholding/add/?cables={cable}",
    "withholding": "/admin/cables/withholding/{withholding}/change/",
    "give back": "/admin/cables/withholding/{withholding}/delete/",
    "tags": "/admin/cables/tag/?kind__exact=subject",
    "tag": "/admin/cables/tag/{tag}/change/",
    "add a tag": "/admin/cables/tag/add/",
    "posts": "/admin/cables/post/",
    "post": "/admin/cables/post/{post}/change/",
    "aliases": "/admin/cables/alias/",
    "add an alias": "/admin/cables/alias/add/",
    "delete an alias": "/admin/cables/alias/{alias}/delete/",
    "accounts": "/admin/auth/user/",
    "account": "/admin/auth/user/{clerk}/change/",
    "add an account": "/admin/auth/user/add/",
    "password of an account": "/admin/auth/user/{clerk}/password/",
    "audit trail": "/admin/accounts/auditentry/",
    "entry of the audit trail": "/admin/accounts/auditentry/{entry}/change/",
    "failed sign-ins": "/admin/accounts/failedsignin/",
    "two-step sign-in": "/admin/two-step/",
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
        "withheld": Withholding.objects.latest("pk").cable_id,
        "year": cable.sent_at.year,
        "correction": Correction.objects.latest("pk").pk,
        "withholding": Withholding.objects.latest("pk").pk,
        "tag": Tag.objects.exclude(cables=None).earliest("code").pk,
        "post": Post.objects.exclude(cables=None).earliest("name").pk,
        "alias": Alias.objects.earliest("identifier").pk,
        "upload": Upload.objects.get(state=Upload.State.READY).pk,
        "broken": Upload.objects.get(state=Upload.State.BROKEN_OFF).pk,
        "run": ImportRun.objects.earliest("pk").pk,
        "failed": ImportProblem.objects.latest("pk").run_id,
        "problem": ImportProblem.objects.earliest("pk").pk,
        "clerk": User.objects.get(username="clerk").pk,
        "entry": AuditEntry.objects.latest("pk").pk,
    }


def administrator() -> User:
    """Return somebody who may do everything."""
    return User.objects.create_superuser("administrator", password="ferries and harbours")  # noqa: S106


@contextmanager
def administered_archive(folder: Path) -> Iterator[None]:
    """The archive of tests.pages with something in every list of the administrators' side, for tests that only read."""
    with invented_archive(folder):
        person = administrator()
        clerk = User.objects.create(username="clerk", password=make_password("ferries and harbours", hasher="scrypt"))
        first = Cable.objects.earliest("sent_at", "id")
        Alias.objects.create(identifier="05OLDNAME1", target=first.identifier)
        with undisturbed():
            correct(hold(first.pk), {"subject": "A subject that somebody has corrected"}, note="A slip.", user=clerk)
        import_broken_files(folder)
        preview = {"created": 1, "updated": 0, "unchanged": 2, "read": 3, "problems": 0, "forms": {"cables-csv": 3}}
        files = [{"name": f"{'a-very-long-name-of-a-file-' * 8}.csv", "bytes": 10_000, "sha256": "ab" * 32}]
        Upload.objects.create(uploaded_by=person, files=files, state=Upload.State.READY, preview=preview)
        Upload.objects.create(files=files, state=Upload.State.BROKEN_OFF, message="The disk is full.")
        yield


def import_broken_files(folder: Path) -> None:
    """Import two files that nothing can be read from."""
    files = [folder / "broken.bin", folder / f"{'a-very-long-name-of-a-file-' * 8}.bin"]
    for file in files:
        file.write_bytes(bytes(range(256)) * 100)
    import_paths(files)
