"""Imports whose process is killed, whose connection is lost or whose disk is full, and readers meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from cables.ingest.digest import archive_digest
from cables.ingest.run import import_paths
from cables.models import Cable, ImportRun
from tests.ingest.files import many_cables
from tests.ingest.full_disk import full_disk_at
from tests.ingest.test_resume import empty_archive
from tests.invented import seed_page

pytestmark = pytest.mark.django_db(transaction=True)

CABLES = 4000
SECONDS_TO_START = 60


@pytest.fixture
def path(tmp_path):
    return many_cables(tmp_path / "cables.csv", CABLES)


@contextmanager
def importing(path, *arguments):
    """Start the command in a process of its own, over the tests' database, and give it once it has stored cables."""
    parts = {name.lower(): connection.settings_dict[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    query = urlencode({name: value for name, value in parts.items() if value})
    with (path.parent / "stderr").open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "import_cables", path, *arguments],
            env=os.environ | {"DATABASE_URL": f"postgresql:///{connection.settings_dict['NAME']}?{query}"},
            cwd=settings.BASE_DIR,
            stderr=stderr,
            stdout=subprocess.DEVNULL,
        )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while not Cable.objects.exists():
            assert process.poll() is None, (path.parent / "stderr").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.005)
        yield process
    finally:
        process.kill()
        process.wait()


def finished_digest(path):
    """Return the digest of the archive after the same command was given again."""
    assert 0 < Cable.objects.count() < CABLES, "the fault came too late to be one"
    report = import_paths([path])
    assert ImportRun.objects.get().status == ImportRun.Status.FINISHED
    assert (report.read, report.created) == (CABLES, CABLES)
    assert report.again_from > 0
    return archive_digest()


def undisturbed_digest(path):
    """Return its digest after an import of the same file into an empty archive."""
    empty_archive()
    import_paths([path])
    return archive_digest()


@pytest.mark.parametrize("processes", ["1", "2"])
def test_killed_import_ends_as_if_it_had_not_been(path, processes):
    with importing(path, "--workers", processes) as process:
        process.kill()
        process.wait()
        again = finished_digest(path)

    assert again == undisturbed_digest(path)


def test_import_whose_connection_is_lost_ends_as_if_it_had_not_been(path):
    with importing(path) as process:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        assert process.wait() == 1
        assert "The same command again goes on from there." in (path.parent / "stderr").read_text()
        again = finished_digest(path)

    assert again == undisturbed_digest(path)


def test_import_on_a_full_disk_stops_and_ends_as_if_it_had_not(path):
    with full_disk_at(f"05VALDMARK{CABLES // 2}"), pytest.raises(OperationalError, match="No space left on device"):
        import_paths([path])
    run = ImportRun.objects.get()
    assert (run.status, run.problems.count()) == (ImportRun.Status.FAILED, 0)
    assert run.items == Cable.objects.count() < CABLES // 2
    again = finished_digest(path)

    assert again == undisturbed_digest(path)


def test_reader_sees_the_old_cable_or_the_new_one(tmp_path):
    """While a cable is replaced again and again, no page shows the facts of one form with the text of another."""
    forms = []
    for release in range(1, 31):
        number = f"{release:02}"
        form = tmp_path / f"{number}.txt"
        form.write_text(
            seed_page(subject=f"FORM {number}", body=f"1. (C) This is form {number}.\n", released=f"2011-01-{number}")
        )
        forms.append(form)
    import_paths(forms[:1])
    done = threading.Event()

    def replace():
        try:
            for form in forms[1:]:
                import_paths([form])
        finally:
            done.set()
            connection.close()

    importer = threading.Thread(target=replace)
    importer.start()
    client, pages = Client(), []
    while not done.is_set():
        record = client.get("/cable/05VALDMARK538.json").json()
        pages.append((record["subject"][-2:], record["paragraphs"][0]["text"][-3:-1], record["body"].strip()[-3:-1]))
    importer.join()

    assert len({subject for subject, _, _ in pages}) > 1, "nothing was replaced while pages were read"
    assert [page for page in pages if len(set(page)) > 1] == []
