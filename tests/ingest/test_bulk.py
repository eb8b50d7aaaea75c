"""The first, large import, which builds search at its end."""

from __future__ import annotations

import pytest
from django.contrib.postgres.search import SearchQuery
from django.core.management import call_command
from django.db import connection

from cables.ingest import bulk
from cables.ingest.run import import_paths
from cables.models import Cable, ImportProblem, ImportRun, Reference, SearchEntry
from tests.ingest.files import many_cables
from tests.ingest.test_resume import BrokenOffError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A file that counts as large."""
    path = many_cables(tmp_path / "cables.csv", 450)
    monkeypatch.setattr(bulk, "MUCH", path.stat().st_size)
    yield path
    if bulk.under_way():
        bulk.finish(1, lambda phase, done, total: None)


def found(word):
    return SearchEntry.objects.filter(vector=SearchQuery(word, config="cables")).count()


def test_large_first_import_ends_with_search_and_references(large):
    phases = []

    report = import_paths([large], processes=2, progress=lambda report: phases.append(report.phase))

    assert report.created == 450
    assert list(dict.fromkeys(phases)) == [
        "Looking at the files",
        "Reading",
        "Making search entries",
        "Settling references",
        "Building the search index",
        "Gathering statistics",
        "Building the indexes of frequent words",
        "Gathering the archive's words",
        "",
    ]
    assert not bulk.under_way()
    assert found("harbour") == 450
    assert Reference.objects.exclude(target=None).count() == 449


def test_small_import_keeps_the_index(large, monkeypatch):
    monkeypatch.setattr(bulk, "MUCH", large.stat().st_size + 1)
    seen = []

    import_paths([large], progress=lambda report: seen.append(bulk.under_way()))

    assert set(seen) == {False}
    assert found("harbour") == 450


def test_large_import_into_a_large_archive_keeps_the_index(large, tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "FEW", 2)
    import_paths([many_cables(tmp_path / "few.csv", 3, first=9000)])
    seen = []

    import_paths([large], progress=lambda report: seen.append(bulk.under_way()))

    assert set(seen) == {False}


def break_off_in(phase):
    def progress(report):
        if report.phase == phase:
            raise BrokenOffError

    return progress


@pytest.mark.parametrize("phase", ["Reading", "Making search entries", "Settling references", "Gathering statistics"])
def test_large_import_broken_off_anywhere_is_finished_by_the_same_command(large, phase):
    with pytest.raises(BrokenOffError):
        import_paths([large], progress=break_off_in(phase))

    report = import_paths([large])

    assert report.run.status == ImportRun.Status.FINISHED
    assert report.created == 450
    assert not bulk.under_way()
    assert found("harbour") == 450
    assert Reference.objects.exclude(target=None).count() == 449
    assert ImportRun.objects.count() == 1


def test_any_later_import_finishes_a_large_one_that_was_broken_off(large, tmp_path):
    with pytest.raises(BrokenOffError):
        import_paths([large], progress=break_off_in("Making search entries"))
    assert bulk.under_way()

    import_paths([many_cables(tmp_path / "few.csv", 3, first=9000)])

    assert not bulk.under_way()
    assert found("harbour") == 453


def test_dry_run_of_a_large_import_keeps_the_index(large):
    report = import_paths([large], dry_run=True)

    assert report.created == 450
    assert not Cable.objects.exists()
    assert not bulk.under_way()


def test_words_that_fit_no_vector_are_told_at_the_end(large):
    many = " ".join(f"word{number:x}" for number in range(200_000))
    path = many_cables(large, 2, text=f"1. (C) {many}")

    report = import_paths([path])

    assert report.problems == 2
    assert list(ImportProblem.objects.values_list("field", "identifier").order_by("identifier")) == [
        ("search", "05VALDMARK1"),
        ("search", "05VALDMARK2"),
    ]
    assert found("word1") == 2


def test_rebuild_search_finishes_it_too(large):
    with pytest.raises(BrokenOffError):
        import_paths([large], progress=break_off_in("Making search entries"))

    call_command("rebuild_search", verbosity=0)

    assert not bulk.under_way()
    assert found("harbour") == 450


def test_index_has_the_name_that_tells_whether_an_import_is_under_way():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'cables_searchentry' ORDER BY 1")
        assert "search_words" in [row[0] for row in cursor.fetchall()]
