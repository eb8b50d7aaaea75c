"""Imports that are broken off and gone on with, and imports by several processes."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from cables.ingest.digest import archive_digest
from cables.ingest.run import NothingToResumeError, import_paths
from cables.models import Alias, Cable, CableTag, ImportRun, Paragraph, Reference, SearchEntry
from tests.ingest.files import many_cables
from tests.invented import seed_page

pytestmark = pytest.mark.django_db


class BrokenOffError(Exception):
    """What stops an import of these tests."""


def break_off_after(cables):
    """Return a progress callback that stops the import once so many cables are read."""

    def progress(report):
        if report.read >= cables:
            raise BrokenOffError

    return progress


def empty_archive():
    """Take away all that imports write."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE cables_cable, cables_importrun, cables_alias CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_broken_off_import_goes_on_where_it_was(tmp_path):
    path = many_cables(tmp_path / "cables.csv", 450)
    with pytest.raises(BrokenOffError):
        import_paths([path], progress=break_off_after(200))
    assert ImportRun.objects.get().status == ImportRun.Status.FAILED
    assert Cable.objects.count() == 200

    report = import_paths([path])

    assert report.again_from == 200
    assert (report.read, report.created, report.unchanged) == (450, 450, 0)
    assert report.forms == {"cables-csv": 450}
    run = ImportRun.objects.get()
    assert (run.status, run.read, run.created, run.items) == (ImportRun.Status.FINISHED, 450, 450, 450)


def test_broken_off_import_ends_with_the_same_content_as_one_that_was_not(tmp_path):
    path = many_cables(tmp_path / "cables.csv", 450)
    import_paths([path])
    expected = archive_digest()
    empty_archive()

    for read in (200, 400):
        with pytest.raises(BrokenOffError):
            import_paths([path], progress=break_off_after(read))
    import_paths([path])

    assert archive_digest() == expected
    assert Reference.objects.exclude(target=None).count() == 449


def test_problems_before_the_break_are_counted_once(tmp_path):
    many_cables(tmp_path / "b.csv", 450)
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(BrokenOffError):
        import_paths([tmp_path], progress=break_off_after(199))

    report = import_paths([tmp_path])

    assert report.problems == 1
    assert ImportRun.objects.get().problems.count() == 1
    assert report.first_problems[0].file == str(tmp_path / "a.txt")


def test_file_that_changed_meanwhile_is_read_from_its_beginning(tmp_path):
    path = many_cables(tmp_path / "cables.csv", 450)
    with pytest.raises(BrokenOffError):
        import_paths([path], progress=break_off_after(200))
    many_cables(path, 450, first=2)

    report = import_paths([path])

    assert report.again_from == 0
    assert (report.created, report.unchanged) == (251, 199)


def test_finished_import_is_not_gone_on_with(tmp_path):
    path = many_cables(tmp_path / "cables.csv", 3)
    first = import_paths([path])

    second = import_paths([path])

    assert second.run != first.run
    assert (second.again_from, second.unchanged) == (0, 3)


def test_run_asked_for_that_cannot_be_gone_on_with_is_named(tmp_path):
    path = many_cables(tmp_path / "cables.csv", 3)
    done = import_paths([path]).run

    with pytest.raises(NothingToResumeError, match=f"Run {done.pk} cannot be gone on with"):
        import_paths([path], resume=done.pk)

    assert ImportRun.objects.count() == 1


def test_processes_bring_the_same_content_as_one(tmp_path):
    many_cables(tmp_path / "cables.csv", 450)
    (tmp_path / "page.txt").write_text(seed_page())
    import_paths([tmp_path], processes=1)
    alone = archive_digest()
    empty_archive()

    report = import_paths([tmp_path], processes=2)

    assert report.created == 451
    assert archive_digest() == alone


def test_unchanged_cables_write_no_row(tmp_path):
    path = many_cables(tmp_path / "cables.csv", 450)
    import_paths([path])
    versions_of_rows = "SELECT array_agg((ctid, xmin)::text ORDER BY ctid) FROM {}"
    tables = [model._meta.db_table for model in (Cable, Paragraph, CableTag, Reference, SearchEntry, Alias)]

    def rows():
        with connection.cursor() as cursor:
            found = []
            for table in tables:
                cursor.execute(versions_of_rows.format(table))
                found.append(cursor.fetchone())
            return found

    before = rows()
    import_paths([path])

    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_second_import_waits_for_the_first(tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")  # an import that a test broke off inside its transaction
    path = many_cables(tmp_path / "cables.csv", 3)
    phases = []
    waits = threading.Event()

    def watch(report):
        phases.append(report.phase)
        if report.phase.startswith("Waiting"):
            waits.set()

    def second():
        try:
            import_paths([path], progress=watch)
        finally:
            connection.close()

    other = threading.Thread(target=second)

    def start_the_other(report):
        if report.phase == "Reading":
            other.start()
            assert waits.wait(60)

    import_paths([path], progress=start_the_other)
    other.join(60)

    assert phases[0] == "Waiting for another import to end"
    assert list(ImportRun.objects.order_by("pk").values_list("created", "unchanged")) == [(3, 0), (0, 3)]
