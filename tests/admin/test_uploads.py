"""Uploads: files come in, are looked through, and are imported or discarded."""

from __future__ import annotations

import hashlib
import os
import time
from datetime import timedelta

import lxml.html
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cables.ingest import at_work
from cables.ingest.digest import archive_digest
from cables.ingest.uploads import sweep
from cables.models import Cable, ImportRun, Upload
from tests.admin.uploading import ADD, PAGE, act, page_of, text_of, upload

pytestmark = pytest.mark.django_db

State = Upload.State


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


@pytest.mark.parametrize("permissions", [[], ["view_importrun", "change_cable", "view_upload", "add_upload"]])
def test_uploads_are_for_those_who_may_import(client, admin_client, django_user_model, folder, permissions):
    upload(admin_client, PAGE)
    number = Upload.objects.get().pk
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    seen = [client.get(f"/admin/cables/upload/{rest}") for rest in ("", "add/", *_below(number))]
    done = [client.post(f"/admin/cables/upload/{number}/{verb}/") for verb in ("import", "go-on", "stop", "discard")]
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
