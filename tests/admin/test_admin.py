"""The administrators' side: uploads, runs, problems, corrections."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from cables.ingest.run import import_paths
from cables.models import Cable, ImportProblem, ImportRun
from tests.invented import seed_page

UPLOAD = "/admin/cables/importrun/add/"


def upload(client, name: str, content: bytes, **data):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content), **data}, follow=True)


def test_upload_imports_the_file_and_shows_its_run(admin_client, admin_user):
    response = upload(admin_client, "ferries.txt", seed_page().encode())

    cable, run = Cable.objects.get(), ImportRun.objects.get()
    assert (cable.identifier, cable.source_file, cable.run) == ("05VALDMARK538", "ferries.txt", run)
    assert (run.started_by, run.created, run.files[0]["path"]) == (admin_user, 1, "ferries.txt")
    assert response.redirect_chain[-1][0] == f"/admin/cables/importrun/{run.pk}/change/"
    page = response.content.decode()
    assert "1 cables read: 1 created, 0 updated, 0 unchanged. 0 problems." in page
    assert '<a href="/cable/05VALDMARK538/">05VALDMARK538</a>' in page


def test_upload_that_cannot_be_read_names_the_file_and_the_reason(admin_client):
    response = upload(admin_client, "ferry<b>.bin", bytes(range(256)) * 100)

    problem = ImportProblem.objects.get()
    page = response.content.decode()
    assert problem.file == "ferry<b>.bin"
    assert "ferry&lt;b&gt;.bin" in page
    assert "ferry<b>.bin" not in page


def test_upload_names_no_folder_of_the_server(admin_client):
    upload(admin_client, "../../ferry.txt", b"a ferry timetable, no cable")

    problem = ImportProblem.objects.get()
    assert problem.file == "ferry.txt"
    assert "/" not in problem.reason


def test_upload_form_asks_for_a_file(admin_client):
    response = admin_client.post(UPLOAD, {"release": "x"})
    assert "This field is required." in response.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("permissions", [[], ["view_importrun"]])
def test_upload_is_for_those_who_may_import(client, django_user_model, permissions):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    assert upload(client, "ferries.txt", seed_page().encode()).status_code == 403
    assert not Cable.objects.exists()


def test_visitor_is_led_to_sign_in(client, db):
    response = client.post(UPLOAD, {})
    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={UPLOAD}")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("cable/?q=05valdmark", "05VALDMARK538"),
        ("cable/?q=concession", "05VALDMARK538"),
        ("tag/?q=PREL", "PREL"),
        ("post/?q=valdmark", "Embassy Valdmark"),
        ("alias/?q=x", "0 aliases"),
        ("importrun/", "page.txt"),
        ("importproblem/?q=bad", "bad.bin"),
    ],
)
def test_list_finds_its_rows(admin_client, tmp_path, address, shown):
    (tmp_path / "page.txt").write_text(seed_page())
    (tmp_path / "bad.bin").write_bytes(bytes(range(256)) * 100)
    import_paths([tmp_path / "page.txt", tmp_path / "bad.bin"])

    assert shown in admin_client.get(f"/admin/cables/{address}").content.decode()


def test_cables_cannot_be_deleted(admin_client, tmp_path):
    (tmp_path / "page.txt").write_text(seed_page())
    import_paths([tmp_path])

    response = admin_client.post(f"/admin/cables/cable/{Cable.objects.get().pk}/delete/", {"post": "yes"})

    assert (response.status_code, Cable.objects.count()) == (403, 1)


def test_corrected_subject_is_found_and_the_text_stays(admin_client, tmp_path):
    (tmp_path / "page.txt").write_text(seed_page())
    import_paths([tmp_path])
    cable = Cable.objects.get()
    address = f"/admin/cables/cable/{cable.pk}/change/"
    form = admin_client.get(address).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields}
    data |= {"sent_at_0": "2005-02-10", "sent_at_1": "07:16:00", "subject": "ZEPPELINS", "body": "changed"}
    data |= {name: ",".join(cable_list) for name, cable_list in data.items() if isinstance(cable_list, list)}

    response = admin_client.post(address, data)

    assert response.status_code == 302, response.context["adminform"].form.errors
    cable.refresh_from_db()
    assert cable.subject == "ZEPPELINS"
    assert cable.body != "changed"
    assert "05VALDMARK538" in admin_client.get("/search/?q=zeppelins").content.decode()
