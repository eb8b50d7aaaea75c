"""The copy of the entries in memory: what a reader's transaction sees, no more and no less."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from cables.ingest.run import import_paths
from cables.models import Cable, SearchEntry
from cables.search.facets import facets
from cables.search.holdings import Lists, holdings
from tests.invented import body, csv_file

pytestmark = pytest.mark.django_db(transaction=True)


def bring(tmp_path, **cables: str) -> None:
    """Import cables, identifier -> TAGS."""
    texts = {identifier: body(tags=tags) for identifier, tags in cables.items()}
    import_paths([csv_file(tmp_path / f"{'-'.join(cables)}.csv", texts)])


def held() -> dict[str, list[str]]:
    """Return the TAGS that the copy has of each cable, by identifier, in the copy's order."""
    copy = holdings()
    names = Cable.objects.in_bulk(copy.cables.tolist())
    found = {}
    for place, cable in enumerate(copy.cables.tolist()):
        counted = facets(copy, np.array([place], np.int32))["tag"]
        found[names[cable].identifier] = sorted(value.value for value in counted)
    return found


def test_new_changed_and_removed_entries_are_followed(tmp_path):
    assert held() == {}
    bring(tmp_path, **{"05VALDMARK1": "PGOV", "05VALDMARK2": "ECON, PGOV"})
    assert held() == {"05VALDMARK2": ["ECON", "PGOV"], "05VALDMARK1": ["PGOV"]}
    bring(tmp_path, **{"05VALDMARK3": "ECON, EFIN, PHUM"})
    assert held() == {
        "05VALDMARK3": ["ECON", "EFIN", "PHUM"],
        "05VALDMARK2": ["ECON", "PGOV"],
        "05VALDMARK1": ["PGOV"],
    }
    second = Cable.objects.get(identifier="05VALDMARK2")
    second.tags.set([])
    SearchEntry.objects.refresh([second.pk])
    assert held() == {"05VALDMARK3": ["ECON", "EFIN", "PHUM"], "05VALDMARK2": [], "05VALDMARK1": ["PGOV"]}
    SearchEntry.objects.filter(cable__identifier="05VALDMARK3").delete()
    assert held() == {"05VALDMARK2": [], "05VALDMARK1": ["PGOV"]}


def test_emptied_table_is_followed(tmp_path):
    bring(tmp_path, **{"05VALDMARK1": "PGOV"})
    assert list(held()) == ["05VALDMARK1"]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE cables_searchentry CASCADE")
    assert held() == {}


def test_reader_keeps_the_moment_that_its_transaction_began_with(tmp_path):
    bring(tmp_path, **{"05VALDMARK1": "PGOV"})

    def by_another_thread() -> list[str]:
        try:
            bring(tmp_path, **{"05VALDMARK2": "ECON"})
            return list(held())
        finally:
            connection.close()

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        assert list(held()) == ["05VALDMARK1"]
        with ThreadPoolExecutor(1) as executor:
            assert executor.submit(by_another_thread).result() == ["05VALDMARK2", "05VALDMARK1"]
        assert list(held()) == ["05VALDMARK1"]
    assert list(held()) == ["05VALDMARK2", "05VALDMARK1"]


def test_what_a_transaction_took_back_is_never_held(tmp_path):
    bring(tmp_path, **{"05VALDMARK1": "PGOV", "05VALDMARK2": "ECON"})
    assert list(held()) == ["05VALDMARK2", "05VALDMARK1"]
    with transaction.atomic():
        SearchEntry.objects.filter(cable__identifier="05VALDMARK2").delete()
        assert list(held()) == ["05VALDMARK1"]
        transaction.set_rollback(True)
    assert list(held()) == ["05VALDMARK2", "05VALDMARK1"]


def test_transactions_may_end_in_another_order_than_they_began(tmp_path):
    bring(tmp_path, **{"05VALDMARK1": "PGOV", "05VALDMARK2": "ECON"})

    def delete_in_between() -> list[str]:
        try:
            SearchEntry.objects.filter(cable__identifier="05VALDMARK2").delete()
            return list(held())
        finally:
            connection.close()

    with transaction.atomic():
        SearchEntry.objects.filter(cable__identifier="05VALDMARK1").delete()
        with ThreadPoolExecutor(1) as executor:
            assert executor.submit(delete_in_between).result() == ["05VALDMARK1"]
    assert held() == {}


def test_archive_that_begins_to_count_anew_is_followed(tmp_path):
    first, second = {"05VALDMARK1": "PGOV"}, {"05VALDMARK1": "ECON, EFIN"}
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        # While a transaction is open, what came after it is remembered change by change.
        other.execute("SELECT pg_current_xact_id()")
        call_command("flush", verbosity=0, interactive=False)
        bring(tmp_path, **first)
        assert held() == {"05VALDMARK1": ["PGOV"]}

    call_command("flush", verbosity=0, interactive=False)
    bring(tmp_path, **second)
    assert held() == {"05VALDMARK1": ["ECON", "EFIN"]}


def test_places_of_a_value_are_those_whose_lists_have_it():
    lists = Lists(np.array([0, 2, 2, 3, 5, 5], np.int32), np.array([7, 9, 7, 9, 8], np.int32))
    assert {value: lists.having(value).tolist() for value in (5, 7, 8, 9)} == {5: [], 7: [0, 2], 8: [3], 9: [0, 3]}
