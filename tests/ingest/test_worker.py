"""The worker: killed, told to end, its connection cut, its database away, and two of them at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cables import tasks
from cables.ingest import at_work
from cables.ingest.batches import fingerprint
from cables.ingest.digest import archive_digest
from cables.ingest.run import import_paths
from cables.models import Cable, ImportRun, Upload
from tests.ingest.files import many_cables
from tests.ingest.test_resume import empty_archive

pytestmark = pytest.mark.django_db(transaction=True)

CABLES = 4000
SECONDS = 90
CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %s AND pid <> %s AND backend_type = 'client backend'
"""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return settings.UPLOAD_DIR


@pytest.fixture
def path(tmp_path):
    return many_cables(tmp_path / "cables.csv", CABLES)


@pytest.fixture
def user(db):
    return User.objects.create_user("importer")


def uploaded(path, user):
    """Return an upload of the file that waits to be imported."""
    told = fingerprint(path, path.parent)
    file = {"name": told["path"], "sha256": told["sha256"], "bytes": told["bytes"]}
    upload = Upload.objects.create(files=[file], state=Upload.State.TO_IMPORT, preview={})
    upload.folder.mkdir(parents=True)
    shutil.copy(path, upload.folder)
    tasks.import_upload.enqueue(upload.pk, user.pk)
    return upload


@contextmanager
def working(folder):
    """Run `manage.py work` in a process of its own over the tests' database."""
    parts = {name.lower(): connection.settings_dict[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    query = urlencode({name: value for name, value in parts.items() if value})
    address = f"postgresql:///{connection.settings_dict['NAME']}?{query}"
    with (folder.parent / "stderr").open("a") as stderr:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            env=os.environ | {"DATABASE_URL": address, "UPLOAD_DIR": str(folder)},
            cwd=settings.BASE_DIR,
            stderr=stderr,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait(until, what):
    """Return once `until()` holds; fail when it does not in time."""
    deadline = time.monotonic() + SECONDS
    while not until():
        assert time.monotonic() < deadline, what
        time.sleep(0.005)


def wait_for_the_middle():
    wait(Cable.objects.exists, "no cable came in")
    assert Cable.objects.count() < CABLES, "the fault comes too late to be one"


def wait_for_the_end(*uploads):
    chosen = Upload.objects.filter(pk__in=[upload.pk for upload in uploads])
    wait(lambda: {upload.state for upload in chosen.all()} == {Upload.State.IMPORTED}, "it was not imported")
    finished = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)
    wait(lambda: not finished.exists(), "a task did not end")


def assert_as_undisturbed(upload, path):
    """Fail unless the archive holds what an import of the file that nothing disturbs brings."""
    run = ImportRun.objects.get()
    assert (run.status, run.created, run.read) == (ImportRun.Status.FINISHED, CABLES, CABLES)
    assert Upload.objects.get().run == run
    disturbed = archive_digest()
    empty_archive()
    import_paths([path], below=path.parent)
    assert archive_digest() == disturbed


def test_next_worker_ends_what_a_killed_one_began(folder, path, user):
    upload = uploaded(path, user)
    with working(folder) as process:
        wait_for_the_middle()
        process.kill()
        process.wait()
    assert Cable.objects.count() < CABLES

    with working(folder):
        wait_for_the_end(upload)

    assert len(DBTaskResult.objects.get().worker_ids) == 2
    assert_as_undisturbed(upload, path)


def test_upload_whose_worker_lost_its_connection_is_taken_up_again_and_no_other_is(folder, path, user):
    upload = uploaded(path, user)
    with working(folder) as first, working(folder):
        wait_for_the_middle()
        wait(lambda: len(at_work.living()) == 2, "there are no two workers")
        assert at_work.take_up_abandoned() == 0
        (running,) = DBTaskResult.objects.get().worker_ids
        with connection.cursor() as cursor:  # the process that imports
            cursor.execute("SELECT pid FROM pg_locks WHERE objid::text = %s AND locktype = 'advisory'", [running])
            cursor.execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
        wait_for_the_end(upload)
        assert first.poll() is None

    assert len(DBTaskResult.objects.get().worker_ids) == 2
    assert_as_undisturbed(upload, path)


def test_worker_told_to_end_does_so_at_once_and_the_next_goes_on(folder, path, user):
    upload = uploaded(path, user)
    with working(folder) as process:
        wait_for_the_middle()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    task = DBTaskResult.objects.get()
    assert (task.status, task.worker_ids) == (TaskResultStatus.READY, [])
    assert Cable.objects.count() < CABLES

    with working(folder):
        wait_for_the_end(upload)

    assert_as_undisturbed(upload, path)


def test_idle_worker_ends_when_told(folder):
    with working(folder) as process:
        wait(at_work.living, "the worker did not begin")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_worker_waits_for_a_database_that_is_away_and_goes_on(folder, path, user):
    upload = uploaded(path, user)
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    elsewhere = connection.get_connection_params() | {"dbname": "postgres", "cursor_factory": psycopg.Cursor}
    with working(folder) as process, psycopg.connect(**elsewhere, autocommit=True) as server, ExitStack() as after:
        wait_for_the_middle()
        after.callback(server.execute, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute(CUT, [name, own])
        wait(lambda: "Again in 2 s" in (folder.parent / "stderr").read_text(), "the worker did not notice")
        after.close()
        wait_for_the_end(upload)
        assert process.poll() is None

    assert_as_undisturbed(upload, path)


def test_two_imports_of_the_same_file_at_once_take_turns(folder, path, user):
    uploads = [uploaded(path, user) for _ in range(2)]
    with working(folder), working(folder):
        wait_for_the_middle()
        wait(lambda: Upload.objects.filter(phase__startswith="Waiting").exists(), "the second does not wait")
        wait_for_the_end(*uploads)

    assert [len(task.worker_ids) for task in DBTaskResult.objects.all()] == [1, 1]
    counts = ImportRun.objects.order_by("pk").values_list("created", "unchanged")
    assert list(counts) == [(CABLES, 0), (0, CABLES)]
