"""The digest of an archive: the same for the same content, another for any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from cables.ingest.digest import archive_digest
from cables.ingest.run import import_paths
from cables.models import Cable, Correction, Post, SearchEntry, Tag, Version
from tests.invented import seed_page

pytestmark = pytest.mark.django_db


def empty_database():
    """Take away all that imports write, posts and TAGS too; numbers of rows go on."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE cables_cable, cables_importrun, cables_alias, cables_post, cables_tag CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def pages(folder: Path) -> list[Path]:
    """Write two forms of a cable and another cable, from other posts and with the TAGS in other orders."""
    texts = {
        "1.txt": seed_page("05VALDMARK1", origin="Embassy Valdmark", tags="PGOV PREL", body="1. (C) One.\n"),
        "2.txt": seed_page("05SUNDHAVN2", origin="Consulate Sundhavn", tags="PREL PGOV", body="1. (C) Two.\n"),
        "3.txt": seed_page(
            "05VALDMARK1",
            origin="Consulate Sundhavn",
            tags="ECON PREL",
            body="1. (C) Three.\n",
            released="2012-01-01",
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    return [folder / name for name in texts]


def test_numbers_of_posts_and_tags_do_not_matter(tmp_path):
    paths = pages(tmp_path)
    import_paths(paths)
    first, posts = archive_digest(), dict(Post.objects.values_list("name", "pk"))
    empty_database()

    import_paths([paths[1], paths[0], paths[2]])

    now = dict(Post.objects.values_list("name", "pk"))
    # The two posts have come in the other order, and so have the TAGS: the numbers in version and entries are others.
    assert (posts["Embassy Valdmark"] < posts["Consulate Sundhavn"]) != (
        now["Embassy Valdmark"] < now["Consulate Sundhavn"]
    )
    assert Version.objects.count() == 1
    assert archive_digest() == first


def test_archive_without_cables_has_a_digest_of_its_own(tmp_path):
    empty = archive_digest()
    import_paths(pages(tmp_path))
    assert len(empty) == 64
    assert archive_digest() != empty


@pytest.mark.parametrize(
    "change",
    [
        lambda: Correction.objects.create(cable=Cable.objects.get(identifier="05VALDMARK1"), field="subject", value=""),
        lambda: Cable.objects.filter(identifier="05VALDMARK1").update(origin=None),
        lambda: Version.objects.update(reason="x"),
        lambda: Version.objects.update(former_reading=True),
        lambda: Post.objects.filter(name="Consulate Sundhavn").update(city="x"),
        lambda: Tag.objects.filter(code="PREL").update(title="x"),
        lambda: Cable.tags.through.objects.filter(cable__identifier="05SUNDHAVN2", position=0).update(position=9),
        lambda: SearchEntry.objects.filter(cable__identifier="05VALDMARK1").update(captions=["x"]),
        lambda: SearchEntry.objects.filter(cable__identifier="05VALDMARK1").delete(),
    ],
)
def test_any_other_content_has_another_digest(tmp_path, change):
    import_paths(pages(tmp_path))
    before = archive_digest()

    change()

    assert archive_digest() != before
