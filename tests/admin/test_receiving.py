"""Files as they come in from a browser, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from cables.admin.receiving import FULL
from cables.models import Upload
from tests.admin.uploading import PAGE, text_of, upload

pytestmark = pytest.mark.django_db

State = Upload.State


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
