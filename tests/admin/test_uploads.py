"""Uploads: files come in, are looked through, and are imported or discarded."""

from __future__ import annotations

import hashlib
import html
import os
import shutil
import time
from datetime import timedelta
from pathlib import Path

import lxml.html
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cables.admin.receiving import FULL
from cables.ingest import at_work, run
from cables.ingest.digest import archive_digest
from cables.ingest.run import import_paths
from cables.ingest.uploads import MOST_ATTEMPTS, sweep
from cables.models import Cable, ImportRun, Upload, Version
from tests.admin.uploading import ADD, upload
from tests.ingest.files import many_cables
from tests.invented import BODY, seed_page

pytestmark = pytest.mark.django_db

State = Upload.State
PAGE = ("ferries.txt", seed_page().encode())


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """The folder of all uploads, of this test alone."""
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return settings.UPLOAD_DIR


def text_of(response):
    """Return the words of a page's content."""
    content = lxml.html.fromstring(response.content.decode()).get_element_by_id("content")
    return " ".join(" ".join(content.itertext()).split())


def act(client, verb, number=None):
    """Press a button of an upload, the only one if no number is given, and return the page that follows."""
    number = number or Upload.objects.get().pk
    return client.post(f"/admin/cables/upload/{number}/{verb}/", follow=True)


def page_of(client, number=None):
    return client.get(f"/admin/cables/upload/{number or Upload.objects.get().pk}/change/")


def test_upload_waits_in_a_folder_of_its_own(admin_client, admin_user, folder):
    response = upload(admin_client, ("ferries.txt", b"ferries"), ("quays.txt", b"quays"), release="invented-9")

    made = Upload.objects.get()
    assert response["Location"] == f"/admin/cables/upload/{made.pk}/change/"
    assert (made.state, made.uploaded_by, made.release_name) == (State.TO_READ, admin_user, "invented-9")
    assert made.files == [
        {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in (("ferries.txt", b"ferries"), ("quays.txt", b"quays"))
    ]
    assert [path.read_bytes() for path in made.paths] == [b"ferries", b"quays"]
    assert [path.name for path in folder.iterdir()] == [str(made.pk)]


def test_upload_is_looked_through_and_imported_only_when_told(admin_client, admin_user, work_off, folder):
    upload(admin_client, PAGE)
    work_off()

    made = Upload.objects.get()
    assert (made.state, Cable.objects.count(), ImportRun.objects.count()) == (State.READY, 0, 0)
    assert "Nothing has been written yet." in text_of(page_of(admin_client))

    act(admin_client, "import")
    assert Upload.objects.get().state == State.TO_IMPORT
    work_off()

    made, imported, cable = Upload.objects.get(), ImportRun.objects.get(), Cable.objects.get()
    assert (made.state, made.run) == (State.IMPORTED, imported)
    (file,) = made.files
    assert (imported.started_by, imported.created) == (admin_user, 1)
    assert imported.files == [{"path": file["name"], "sha256": file["sha256"], "bytes": file["bytes"]}]
    assert (cable.identifier, cable.source_file, cable.run) == ("05VALDMARK538", "ferries.txt", imported)
    assert list(folder.iterdir()) == []
    assert f"Imported: Run {imported.pk} tells" in text_of(page_of(admin_client))


def test_discarded_upload_leaves_nothing(admin_client, work_off, folder):
    upload(admin_client, PAGE)
    work_off()
    before = archive_digest()

    act(admin_client, "discard")
    work_off()

    assert Upload.objects.get().state == State.DISCARDED
    assert (list(folder.iterdir()), archive_digest()) == ([], before)


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


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (["../../ferry.txt"], ["ferry.txt"]),
        (["C:\\files\\ferry.txt"], ["ferry.txt"]),
        (["ferry.txt", "Ferry.txt", "ferry.txt"], ["Ferry-2.txt", "ferry-3.txt", "ferry.txt"]),
        ([".hidden"], ["hidden"]),
        (["f" * 240 + ".txt"], ["f" * 200 + ".txt"]),
        (["ä" * 124 + ".txt"], ["ä" * 100 + ".txt"]),
    ],
)
def test_files_lie_under_safe_names_no_two_alike(admin_client, folder, sent, kept):
    upload(admin_client, *((name, str(place).encode()) for place, name in enumerate(sent)))

    assert [file["name"] for file in Upload.objects.get().files] == kept
    assert sorted(path.name for path in (folder / str(Upload.objects.get().pk)).iterdir()) == kept


def test_upload_that_broke_off_keeps_nothing(admin_client, folder):
    response = upload(admin_client, PAGE, end="")

    assert response.status_code == 400
    assert "The upload broke off before its end" in text_of(response)
    assert (Upload.objects.count(), list(folder.iterdir())) == (0, [])


def test_upload_without_a_file_asks_for_one(admin_client, folder):
    response = upload(admin_client)

    assert "This field is required." in text_of(response)
    assert (Upload.objects.count(), list(folder.iterdir())) == (0, [])


def test_upload_over_the_limit_is_not_even_read(admin_client, folder, settings):
    settings.UPLOAD_LIMIT = 1000
    response = upload(admin_client, ("big.txt", b"x" * 2000))

    assert response.status_code == 400
    assert "and an upload may have 1000 bytes. Upload them in parts" in text_of(response)
    assert (Upload.objects.count(), list(folder.iterdir())) == (0, [])


def test_more_files_than_the_limit_are_refused_in_words(admin_client, folder, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    response = upload(admin_client, *((f"{number}.txt", b"x") for number in range(3)))

    assert "Pack them into one archive" in text_of(response)
    assert (Upload.objects.count(), list(folder.iterdir())) == (0, [])


def test_upload_that_the_disk_has_no_room_for_is_refused_before_it_comes(admin_client, folder, monkeypatch):
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=100_000_100))
    response = upload(admin_client, ("big.txt", b"x" * 2000))

    assert FULL in text_of(response)
    assert (Upload.objects.count(), list(folder.iterdir())) == (0, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_disk_that_fills_up_meanwhile_is_told_and_nothing_is_kept(admin_client, folder, monkeypatch):
    opened = Path.open

    def full(path, mode="r", *rest):
        return opened(Path("/dev/full"), "wb", *rest) if mode == "xb" else opened(path, mode, *rest)

    monkeypatch.setattr(Path, "open", full)
    response = upload(admin_client, ("big.txt", b"x" * 300_000), ("small.txt", b"x"))

    assert FULL in text_of(response)
    assert (Upload.objects.count(), list(folder.iterdir())) == (0, [])


def test_files_are_deleted_when_the_form_is_forged(admin_user, folder):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)

    assert upload(client, PAGE).status_code == 403
    assert (Upload.objects.count(), list(folder.iterdir())) == (0, [])


def test_no_other_page_takes_files():
    sent = {"q": "ferries", "file": SimpleUploadedFile("big.bin", b"x" * 5_000_000)}
    request = RequestFactory().post("/search/", sent)

    assert (dict(request.POST), dict(request.FILES)) == ({"q": ["ferries"]}, {})


@pytest.mark.parametrize("permissions", [[], ["view_importrun", "change_cable", "view_upload", "add_upload"]])
def test_uploads_are_for_those_who_may_import(client, admin_client, django_user_model, folder, permissions):
    upload(admin_client, PAGE)
    number = Upload.objects.get().pk
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    seen = [client.get(f"/admin/cables/upload/{rest}") for rest in ("", "add/", *_below(number))]
    done = [client.post(f"/admin/cables/upload/{number}/{verb}/") for verb in ("import", "go-on", "discard")]
    assert {answer.status_code for answer in (*seen, *done, upload(client, PAGE))} == {403}
    assert [(one.pk, one.state) for one in Upload.objects.all()] == [(number, State.TO_READ)]
    assert [path.name for path in folder.iterdir()] == [str(number)]


def _below(number):
    return (f"{number}/change/", f"{number}/state/", f"{number}/cables/1/")


def test_another_importer_may_import_what_one_has_uploaded(client, admin_client, django_user_model, work_off):
    upload(admin_client, PAGE)
    work_off()
    user = django_user_model.objects.create_user("second", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename="add_importrun"))
    client.force_login(user)

    act(client, "import")
    work_off()

    assert (ImportRun.objects.get().started_by, Cable.objects.count()) == (user, 1)


def test_visitor_is_led_to_sign_in(client, folder):
    response = upload(client, PAGE)

    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={ADD}")
    assert not folder.exists()


def test_former_address_leads_to_the_upload_page(admin_client):
    assert admin_client.get("/admin/cables/importrun/add/")["Location"] == ADD


def test_two_imports_of_one_upload_are_one(admin_client, work_off):
    upload(admin_client, PAGE)
    work_off()
    act(admin_client, "import")
    page = act(admin_client, "import")

    assert "is waiting to be imported already" in page.content.decode()
    work_off()
    assert ImportRun.objects.count() == 1


def test_upload_at_work_cannot_be_discarded(admin_client, folder):
    upload(admin_client, PAGE)
    Upload.objects.update(state=State.IMPORTING)

    page = act(admin_client, "discard")

    assert "is being imported: it cannot be discarded now" in page.content.decode()
    assert Upload.objects.get().paths[0].exists()


def test_upload_whose_files_are_gone_is_broken_off_and_says_so(admin_client, work_off, folder):
    upload(admin_client, PAGE)
    shutil.rmtree(Upload.objects.get().folder)
    work_off()

    assert "ferries.txt is no longer in" in text_of(page_of(admin_client))
    assert Upload.objects.get().state == State.BROKEN_OFF


@pytest.mark.parametrize("verb", ["look", "import"])
def test_broken_off_upload_goes_on_where_it_was(admin_client, work_off, folder, verb):
    upload(admin_client, PAGE)
    if verb == "import":
        work_off()
        act(admin_client, "import")
    held = Upload.objects.get().folder
    held.rename(folder / "away")
    work_off()
    assert Upload.objects.get().state == State.BROKEN_OFF
    (folder / "away").rename(held)

    act(admin_client, "go-on")
    work_off()

    assert Upload.objects.get().state == (State.IMPORTED if verb == "import" else State.READY)
    assert Cable.objects.count() == (1 if verb == "import" else 0)


def test_error_of_an_import_is_told_and_names_no_folder_of_the_server(admin_client, work_off, monkeypatch, folder):
    upload(admin_client, PAGE)
    work_off()
    act(admin_client, "import")
    path = Upload.objects.get().paths[0]
    monkeypatch.setattr(
        run, "read_batches", lambda *_, **__: (_ for _ in ()).throw(OSError(5, "Disk error", str(path)))
    )
    work_off()

    message = Upload.objects.get().message
    assert message == "OSError: [Errno 5] Disk error: 'ferries.txt'"
    assert html.escape(message) in page_of(admin_client).content.decode()


def test_upload_that_workers_keep_dying_of_is_left_in_the_end(admin_client, work_off):
    upload(admin_client, PAGE)
    DBTaskResult.objects.update(worker_ids=["1"] * MOST_ATTEMPTS)
    work_off()

    assert Upload.objects.get().state == State.BROKEN_OFF
    assert f"A worker ended in the midst of it {MOST_ATTEMPTS} times" in text_of(page_of(admin_client))


def test_waiting_upload_says_when_no_worker_runs(admin_client, admin_user):
    upload(admin_client, PAGE)
    assert "No worker is running" in text_of(page_of(admin_client))

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [0x0CAB1E])  # an import's turn is no worker
        assert "No worker is running" in text_of(page_of(admin_client))
        name = at_work.sign_on(connection)
        try:
            assert at_work.living() == {name}
            assert "It waits for a worker" in text_of(page_of(admin_client))
        finally:
            cursor.execute("SELECT pg_advisory_unlock_all()")


def test_state_at_work_is_told_with_pace_and_time_left(admin_client):
    upload(admin_client, PAGE)
    now = timezone.now()
    begun = ImportRun.objects.create(read=12_300)
    Upload.objects.update(
        state=State.IMPORTING, run=begun, phase="Reading", done=100_000_000, total=400_000_000, phase_at=now,
        told_at=now + timedelta(seconds=60),
    )  # fmt: skip
    with connection.cursor() as cursor:
        at_work.sign_on(connection)
        answer = admin_client.get(f"/admin/cables/upload/{Upload.objects.get().pk}/state/?state=importing")
        cursor.execute("SELECT pg_advisory_unlock_all()")

    page = lxml.html.fromstring(answer.content.decode())
    assert page.xpath("//progress/@value") == ["100000000"]
    assert " ".join(page.text_content().split()) == (
        "Reading: 95.4 MB of 381.5 MB, 12,300 cables read; about 3 minutes left."
    )


def test_page_at_work_is_led_to_what_comes_next(admin_client, work_off):
    upload(admin_client, PAGE)
    work_off()
    address = f"/admin/cables/upload/{Upload.objects.get().pk}/state/"
    assert admin_client.get(address, {"state": "reading"}).headers["HX-Refresh"] == "true"

    act(admin_client, "import")
    assert "HX-Refresh" not in admin_client.get(address, {"state": "to import"}).headers
    work_off()

    run_page = f"/admin/cables/importrun/{ImportRun.objects.get().pk}/change/"
    assert admin_client.get(address, {"state": "importing"}).headers["HX-Redirect"] == run_page


def test_list_takes_as_many_queries_for_three_uploads_as_for_one(admin_client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert "ferries.txt" in admin_client.get("/admin/cables/upload/").content.decode()
        return len(captured)

    upload(admin_client, PAGE)
    queries()
    one = queries()
    for _ in range(2):
        upload(admin_client, PAGE)
    assert queries() == one


def test_leftovers_are_swept_up_and_nothing_else(admin_client, folder):
    for _ in range(3):
        upload(admin_client, PAGE)
    kept, imported, discarded = Upload.objects.order_by("pk")
    imported.move(State.TO_READ, to=State.IMPORTED)
    discarded.move(State.TO_READ, to=State.DISCARDED)
    for name in ("incoming-old", "incoming-new", "somebody's", "999999"):
        (folder / name).mkdir()
    for path in folder.iterdir():
        if path.name not in {"incoming-new", str(discarded.pk)}:
            os.utime(path, (time.time() - 2 * 24 * 3600,) * 2)

    sweep()

    assert {path.name for path in folder.iterdir()} == {
        str(kept.pk), str(discarded.pk), "incoming-new", "somebody's"
    }  # fmt: skip


def test_worker_that_ended_just_after_an_import_imports_nothing_again(admin_client, work_off):
    upload(admin_client, PAGE)
    work_off()
    act(admin_client, "import")
    waiting = Upload.objects.get()
    waiting.run = import_paths(waiting.paths, below=waiting.folder).run
    waiting.save()
    work_off()

    made = Upload.objects.get()
    assert (made.state, made.run) == (State.IMPORTED, ImportRun.objects.get())
