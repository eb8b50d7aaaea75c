"""New words wait together, and go into the indexes of search when an import ends."""

from __future__ import annotations

import pytest
from django.db import connection

from cables.ingest import run
from cables.ingest.pending import sort_in
from cables.ingest.run import import_paths
from cables.models import SearchEntry
from tests.ingest.files import many_cables

pytestmark = pytest.mark.django_db(transaction=True)


def waiting_pages():
    """Pages of the list of the index of words, which are sorted in by asking."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_words')")
        return cursor.fetchone()[0]


def setting(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


def test_no_word_waits_after_an_import(tmp_path, monkeypatch):
    seen = {}

    def watched(indexes):
        names = list(indexes)
        seen.update(names=set(names), limit=setting("gin_pending_list_limit"), waiting=waiting_pages())
        SearchEntry.objects.refresh(list(SearchEntry.objects.values_list("pk", flat=True)))
        sort_in(names)

    monkeypatch.setattr(run, "sort_in", watched)
    import_paths([many_cables(tmp_path / "cables.csv", 30)])

    assert seen["names"] == {"search_words", "search_prominent", "search_pairs", "search_gist_words"}
    assert seen["waiting"] > 0
    assert seen["limit"] == "16MB"
    assert waiting_pages() == 0


def test_server_settings_are_back_after_an_import(tmp_path):
    names = ("gin_pending_list_limit", "work_mem", "maintenance_work_mem")
    before = [setting(name) for name in names]

    import_paths([many_cables(tmp_path / "cables.csv", 3)])

    assert [setting(name) for name in names] == before


def test_dry_run_sorts_nothing_in(tmp_path, monkeypatch):
    called = []
    monkeypatch.setattr(run, "sort_in", called.append)

    import_paths([many_cables(tmp_path / "cables.csv", 3)], dry_run=True)

    assert called == []
