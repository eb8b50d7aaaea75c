"""Uploads whose work ends in the midst of it: broken off or stopped, told why, and gone on with."""

from __future__ import annotations

import html
import shutil
from contextlib import contextmanager

import pytest
from django.db.models.signals import post_save
from django_tasks_db.models import DBTaskResult

from cables.ingest import run, uploads
from cables.ingest.run import import_paths
from cables.ingest.uploads import MOST_ATTEMPTS
from cables.models import Cable, ImportRun, Upload
from tests.admin.uploading import PAGE, act, page_of, text_of, upload
from tests.ingest.files import many_cables
from tests.ingest.full_disk import full_disk_at

pytestmark = pytest.mark.django_db

CABLES = 450
State = Upload.State


@pytest.fixture
def many(tmp_path):
    """A file of more than two batches."""
    return "cables.csv", many_cables(tmp_path / "cables.csv", CABLES).read_bytes()


@pytest.fixture
def told_at_once(monkeypatch):
    """How far an upload is, is told after each batch."""
    monkeypatch.setattr(uploads, "SECONDS_BETWEEN_TELLING", 0)


@contextmanager
def stopped_once(client, is_so):
    """Somebody stops the upload meanwhile as soon as that is so of its run; gives the pages that they see then."""
    pages = []

    def look(instance, **_):
        if not pages and is_so(instance):
            pages.append(text_of(act(client, "stop")))

    post_save.connect(look, sender=ImportRun)
    try:
        yield pages
    finally:
        post_save.disconnect(look, sender=ImportRun)


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


@pytest.mark.django_db(transaction=True)
def test_upload_for_which_the_disk_has_no_room_says_so_and_goes_on_once_it_has(admin_client, work_off, many):
    upload(admin_client, many)
    work_off()
    act(admin_client, "import")
    with full_disk_at("05VALDMARK300"):
        work_off()

    made = Upload.objects.get()
    page = text_of(page_of(admin_client))
    assert "The disk of the database is full. Make room, and then go on." in page
    assert f"What came in before stays, in Run {made.run_id}" in page
    assert (made.state, Cable.objects.count()) == (State.BROKEN_OFF, 200)

    act(admin_client, "go-on")
    work_off()
    assert_all_came_in()


def test_upload_is_stopped_by_who_imports_it_and_goes_on(admin_client, work_off, many, told_at_once):
    upload(admin_client, many)
    work_off()
    act(admin_client, "import")
    with stopped_once(admin_client, lambda run: run.items >= 200) as pages:
        work_off()

    assert "Stopping: the worker ends with the cables that it has in hand." in pages[0]
    page = text_of(page_of(admin_client))
    made = Upload.objects.get()
    assert "Stopped by admin." in page
    assert f"What came in before stays, in Run {made.run_id}" in page
    assert (made.state, Cable.objects.count(), made.run.status) == (State.BROKEN_OFF, 200, ImportRun.Status.FAILED)
    run_page = admin_client.get(f"/admin/cables/importrun/{made.run_id}/change/")
    assert f"{made} goes on with it, after the first 200 cables and places" in text_of(run_page)

    act(admin_client, "go-on")
    work_off()
    assert_all_came_in()


def assert_all_came_in():
    made = Upload.objects.get()
    assert (made.state, made.run.status, made.message) == (State.IMPORTED, ImportRun.Status.FINISHED, "")
    assert (ImportRun.objects.count(), made.run.created, Cable.objects.count()) == (1, CABLES, CABLES)


def test_looking_through_is_stopped(admin_client, work_off, many, told_at_once, monkeypatch):
    upload(admin_client, many)
    monkeypatch.setattr(Upload, "move", stopped_once_moved(admin_client, Upload.move))
    work_off()

    made = Upload.objects.get()
    assert (made.state, made.message, made.preview) == (State.BROKEN_OFF, "Stopped by admin.", None)
    assert "Nothing has been written." in text_of(page_of(admin_client))


def stopped_once_moved(client, move):
    """Return the move of an upload, with somebody who stops it as soon as a worker looks through it."""

    def moved(self, *states, to, **values):
        done = move(self, *states, to=to, **values)
        if to == State.READING:
            act(client, "stop")
        return done

    return moved


def test_upload_that_was_done_before_it_could_be_stopped_is_imported(admin_client, work_off):
    upload(admin_client, PAGE)
    work_off()
    act(admin_client, "import")
    with stopped_once(admin_client, lambda run: run.status == ImportRun.Status.FINISHED) as pages:
        work_off()

    assert "Stopping" in pages[0]
    assert (Upload.objects.get().state, Cable.objects.count()) == (State.IMPORTED, 1)


def test_upload_whose_worker_ended_while_it_was_told_to_stop_is_stopped(admin_client, work_off):
    upload(admin_client, PAGE)
    Upload.objects.update(state=State.STOPPING, message="Stopped by admin.")
    work_off()

    assert (Upload.objects.get().state, Upload.objects.get().message) == (State.BROKEN_OFF, "Stopped by admin.")


def test_upload_that_nobody_works_on_cannot_be_stopped(admin_client, work_off):
    upload(admin_client, PAGE)
    work_off()

    assert "is looked through: there is nothing to stop." in act(admin_client, "stop").content.decode()
    assert Upload.objects.get().state == State.READY
