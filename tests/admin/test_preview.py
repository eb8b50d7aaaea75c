"""What looking an upload through tells before anything is written."""

from __future__ import annotations

import html

import lxml.html
import pytest

from cables.ingest.run import import_paths
from cables.models import ImportRun, Upload, Version
from tests.admin.uploading import PAGE, act, page_of, text_of, upload
from tests.ingest.files import many_cables
from tests.invented import BODY, seed_page

pytestmark = pytest.mark.django_db

State = Upload.State


def test_preview_counts_what_an_import_then_does(admin_client, work_off, tmp_path):
    (tmp_path / "held.txt").write_text(seed_page())
    many_cables(tmp_path / "held.csv", 3)
    import_paths([tmp_path / "held.txt", tmp_path / "held.csv"])
    changed = seed_page(body=BODY.replace("bids had\nbeen close", "bids had\nbeen very close"), released="2012-10-04")
    many_cables(tmp_path / "more.csv", 5)
    upload(
        admin_client, ("changed.txt", changed.encode()), ("more.csv", (tmp_path / "more.csv").read_bytes()),
        ("empty.txt", b""),
    )  # fmt: skip
    work_off()

    preview = Upload.objects.get().preview
    counted = {name: preview[name] for name in ("read", "created", "updated", "unchanged", "problems", "forms")}
    assert counted == {
        "read": 6, "created": 2, "updated": 1, "unchanged": 3, "problems": 1,
        "forms": {"cables-csv": 5, "seed-text": 1},
    }  # fmt: skip
    words = text_of(page_of(admin_client))
    assert "Cables read 6 New 2 Changed 1 Unchanged 3 Problems 1" in words
    assert "Recognised as: cables.csv of eight columns (5); cable page with labelled lines (text) (1)." in words
    assert "empty.txt : the file is empty" in words

    act(admin_client, "import")
    work_off()

    done = ImportRun.objects.latest("pk")
    assert {name: getattr(done, name) for name in ("read", "created", "updated", "unchanged", "forms")} | {
        "problems": done.problems.count()
    } == counted


def test_preview_tells_the_fields_and_the_words_that_change(admin_client, work_off, tmp_path):
    (tmp_path / "held.txt").write_text(seed_page())
    import_paths([tmp_path / "held.txt"])
    body = BODY.replace("bids had\nbeen close", "bids had\nbeen very close").replace("TAGS: PGOV, PREL", "TAGS: PREL")
    upload(admin_client, ("page.txt", seed_page(body=body, tags="PREL ECON", released="2012-10-04").encode()))
    work_off()

    page = lxml.html.fromstring(page_of(admin_client).content)
    (change,) = page.xpath("//details[@class='change']")
    assert [[cell.text_content() for cell in row] for row in change.xpath(".//tbody/tr")] == [
        ["Released", "2011-10-04", "2012-10-04"],
        ["TAGS", "PGOV; PREL; ECON", "PREL; ECON"],
    ]
    (text,) = change.xpath(".//div[@class='difference']")
    assert [each.text_content().strip() for each in text.xpath(".//ins")] == ["very"]
    assert [each.text_content().strip() for each in text.xpath(".//del")] == ["PGOV,"]
    assert not Version.objects.exists()


def test_preview_says_that_an_older_form_is_only_kept(admin_client, work_off, tmp_path):
    (tmp_path / "held.txt").write_text(seed_page())
    import_paths([tmp_path / "held.txt"])
    upload(admin_client, ("older.txt", seed_page(subject="OLDER", released="2010-12-01").encode()))
    work_off()

    words = text_of(page_of(admin_client))
    assert "The page goes on showing the form that is held" in words
    assert "As they will look" not in words


def test_first_cables_are_shown_as_they_will_look(admin_client, work_off, tmp_path):
    many_cables(tmp_path / "cables.csv", 4)
    upload(admin_client, ("cables.csv", (tmp_path / "cables.csv").read_bytes()))
    work_off()

    page = lxml.html.fromstring(page_of(admin_client).content)
    links = page.xpath("//ol[@class='first']//a/@href")
    assert len(links) == 3
    assert admin_client.get(links[2].replace("/3/", "/4/")).status_code == 404
    preview = lxml.html.fromstring(admin_client.get(links[1]).content)

    act(admin_client, "import")
    work_off()

    cable = lxml.html.fromstring(admin_client.get("/cable/05VALDMARK2/").content)
    for part in ("//h1", "//article/dl[@class='facts']", "//div[@class='text']"):
        looks, is_so = (lxml.html.tostring(page.xpath(part)[0], with_tail=False) for page in (preview, cable))
        assert looks == is_so


def test_file_that_was_imported_before_is_named_with_its_run(admin_client, work_off, tmp_path):
    (tmp_path / "held.txt").write_text(seed_page())
    before = import_paths([tmp_path / "held.txt"]).run
    upload(admin_client, PAGE)
    work_off()

    words = text_of(page_of(admin_client))
    assert f"ferries.txt was imported before, to the letter: Run {before.pk} ." in words
    assert "there is nothing to import" in words
    assert "/import/" not in page_of(admin_client).content.decode()


def test_hostile_names_and_texts_are_escaped_everywhere(admin_client, work_off):
    script = "<script>alert(1)</script>"
    upload(admin_client, (f"{script}.bin", b"\x01\x02" * 300), ("page.txt", seed_page(subject=script).encode()))
    work_off()

    for address in ("change/", "cables/1/"):
        page = admin_client.get(f"/admin/cables/upload/{Upload.objects.get().pk}/{address}").content.decode()
        assert html.escape("<script>alert(1)") in page
        assert "<script>alert(1)" not in page
