"""An undoing whose process is killed halfway has changed nothing, and one that is begun again does all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from cables.ingest import bulk
from cables.ingest.digest import archive_digest
from cables.ingest.run import import_paths
from cables.ingest.undoing import undo_run
from cables.models import Cable, ImportRun
from tests.ingest.files import many_cables
from tests.ingest.test_resume import BrokenOffError

pytestmark = pytest.mark.django_db(transaction=True)

UNDO = """
import django; django.setup()
import sys
from cables.ingest.undoing import undo_run
from cables.models import ImportRun
undo_run(ImportRun.objects.get(pk=sys.argv[1]), progress=lambda report: print(report.phase, report.removed, flush=True))
"""


def undoing(run: ImportRun) -> subprocess.Popen[str]:
    """Start the undoing in a process of its own, which tells how far it is."""
    parts = {name.lower(): connection.settings_dict[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    query = urlencode({name: value for name, value in parts.items() if value})
    return subprocess.Popen(
        [sys.executable, "-c", UNDO, str(run.pk)],
        env=os.environ
        | {
            "DATABASE_URL": f"postgresql:///{connection.settings_dict['NAME']}?{query}",
            "DJANGO_SETTINGS_MODULE": "archive_site.settings",
        },
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_killed_undoing_has_changed_nothing_and_is_done_by_the_next(tmp_path):
    first = many_cables(tmp_path / "first.csv", 1500)
    import_paths([first])
    before = archive_digest()
    second = many_cables(tmp_path / "second.csv", 3000, first=1000, text="1. (C) The harbour is very quiet indeed.")
    run = import_paths([second]).run
    assert run is not None
    after = archive_digest()

    process = undoing(run)
    assert process.stdout is not None
    told = next(line for line in process.stdout if line.startswith("Taking cables away"))
    process.kill()
    process.wait()
    process.stdout.close()

    assert told == "Taking cables away 1000\n"
    wait_for_the_other_session()
    assert archive_digest() == after
    run.refresh_from_db()
    assert run.undone_by is None
    assert Cable.objects.count() == 3999

    undo_run(run)

    assert archive_digest() == before
    attempts = ImportRun.objects.filter(files=[{"path": f"undo of run {run.pk}"}]).order_by("pk")
    assert [attempt.status for attempt in attempts] == [ImportRun.Status.FAILED, ImportRun.Status.FINISHED]


def wait_for_the_other_session() -> None:
    """Wait until the server has ended the session of the killed process, and taken back what it wrote.

    A connection that a test before this one has left open is in no transaction.
    """
    others = (
        "SELECT state, query FROM pg_stat_activity WHERE datname = current_database() "
        "AND xact_start IS NOT NULL AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(others)
            found = cursor.fetchall()
        if not found:
            return
        time.sleep(0.02)
    pytest.fail(f"the session of the killed process has not ended: {found}")


def test_first_large_import_that_was_broken_off_is_undone_and_search_is_whole_again(tmp_path, monkeypatch):
    import_paths([many_cables(tmp_path / "first.csv", 20)])
    before = archive_digest()
    monkeypatch.setattr(bulk, "MUCH", 1)
    path = many_cables(tmp_path / "second.csv", 450, first=10, text="1. (C) The harbour is very quiet indeed.")

    def stop(report):
        if report.read >= 400:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        import_paths([path], progress=stop)
    assert bulk.under_way()

    undo_run(ImportRun.objects.latest("pk"))

    assert not bulk.under_way()
    assert archive_digest() == before


def test_first_large_import_is_undone(tmp_path, monkeypatch):
    empty = archive_digest()
    monkeypatch.setattr(bulk, "MUCH", 1)
    run = import_paths([many_cables(tmp_path / "cables.csv", 450)]).run

    undo_run(run)

    assert archive_digest() == empty
    assert not bulk.under_way()
