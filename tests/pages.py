"""Every kind of page, once: what holds of all pages is tested over this list, so a new kind is added here alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db.models import Count

from cables.corpus import RELEASE, write_corpus
from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from cables.ingest.withholding import withhold
from cables.models import Cable, Correction, Post, Reference, Tag, Version, Withholding
from tests.correcting import corrected
from tests.invented import csv_file

PAGES = {
    "home": "/",
    "search": "/search/",
    "results": "/search/?q=minister",
    "results with filters": "/search/?q=embassy&tag={tag}&not_tag=ZZZZ&origin={origin}&since={year}&until=someday",
    "results of a year": "/search/?q=government&since={year}&until={year}",
    "last results": "/search/?q=minister&page=99",
    "results of a long word": "/search/?q=minister+OR+" + "zeppelin" * 20,
    "nothing found": "/search/?q=minister+zzqqxx",
    "nothing found with filters": "/search/?q=zzqqxx&tag={tag}&origin={origin}",
    "values of a facet": "/search/facet/tag/?q=minister&tag={tag}",
    "values found": "/search/facet/origin/?q=minister&find=embassy",
    "trend": "/search/trend/?q=minister",
    "trend of nothing": "/search/trend/?q=zzqqxx",
    "cable": "/cable/{cable}/",
    "long cable": "/cable/{long}/",
    "cable that is cited": "/cable/{cited}/",
    "cable that was corrected": "/cable/{corrected}/",
    "received": "/cable/{long}/received/",
    "cable in a search": "/cable/{long}/?search=q%3Dminister",
    "citing": "/cable/{long}/cite/?paragraph=1",
    "thread": "/cable/{cited}/thread/",
    "similar": "/cable/{cable}/similar/",
    "versions": "/cable/{kept}/versions/",
    "only version": "/cable/{cable}/versions/",
    "not held": "/cable/05NOWHERE1/",
    "withheld": "/cable/{withheld}/",
    "not held but cited": "/cable/{missing}/",
    "tags": "/tags/",
    "tags found": "/tags/?q=relations",
    "tag": "/tags/{tag}/",
    "origins": "/origins/",
    "origin": "/origins/{origin}/",
    "coverage": "/coverage/",
    "coverage of a post": "/coverage/{origin}/",
    "years": "/dates/",
    "year": "/dates/{year}/",
    "month": "/dates/{year}/{month:02}/",
    "day": "/dates/{year}/{month:02}/{day:02}/",
    "no such date": "/dates/{year}/13/",
    "classifications": "/classifications/",
    "about": "/about/",
    "help": "/help/",
    "help with searching": "/help/search/",
    "help with reading": "/help/reading/",
    "glossary": "/help/glossary/",
    "no such page": "/no/such/page/",
    "sign in": "/admin/login/",
}
"""The name of each kind of page and its address; what stands in braces is one of `places()`."""

KINDS = list(PAGES)
OURS = [kind for kind in KINDS if not PAGES[kind].startswith("/admin/")]
"""Those that the archive's own templates make, not Django's."""


def address(kind: str) -> str:
    """Return the address of a page of this kind in the archive that the database holds."""
    return PAGES[kind].format(**places())


def places() -> dict[str, str | int]:
    """Return what addresses are made of: cables, a TAG, a post, a year and a month of the invented archive."""
    cable = Cable.objects.exclude(references=None).earliest("sent_at", "id")
    cited = Reference.objects.exclude(target=None).earliest("cable_id", "position")
    missing = Reference.objects.filter(target=None).exclude(target_identifier="").earliest("cable_id", "position")
    return {
        "cable": cable.identifier,
        "long": Cable.objects.exclude(sections=None).order_by("-sections", "id")[0].identifier,
        "cited": cited.target_identifier,
        "missing": missing.target_identifier,
        "withheld": Withholding.objects.get().cable.identifier,
        "kept": Version.objects.earliest("cable_id").cable.identifier,
        "corrected": Correction.objects.earliest("pk").cable.identifier,
        "tag": Tag.objects.annotate(held=Count("cables")).latest("held", "code").code,
        "origin": Post.objects.annotate(held=Count("cables")).latest("held", "name").slug,
        "year": cable.sent_at.year,
        "month": cable.sent_at.month,
        "day": cable.sent_at.day,
    }


def fill_with_invented_cables(folder: Path) -> None:
    """Import the first two hundred invented cables."""
    load_reference_tables()
    write_corpus(folder, 200, seed=1)
    import_paths([folder], release=RELEASE)


@contextmanager
def invented_archive(folder: Path) -> Iterator[None]:
    """Two hundred invented cables for tests that only read, two of them in another form too, the newest withheld and
    one corrected; in the end the database is empty again."""
    try:
        fill_with_invented_cables(folder / "first")
        again = Cable.objects.exclude(sections=None).order_by("sections", "id")[:2]
        (folder / "second").mkdir()
        changed = {cable.identifier: cable.body.replace("minister", "chancellor") + "\nMore." for cable in again}
        import_paths([csv_file(folder / "second" / "cables.csv", changed)], release="invented-2")
        withhold([Cable.objects.latest("sent_at", "id")], reason="A court has ordered it.")
        corrected(
            Cable.objects.latest("pk").identifier,
            "As the film has it.",
            classified_by="The ambassador",
            summary="What it says.",
            captions=[],
        )
        yield
    finally:
        call_command("flush", verbosity=0, interactive=False)
