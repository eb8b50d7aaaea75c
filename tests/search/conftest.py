"""Archives to search: a shelf of cables, one whose words are known, and one in which words are frequent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from cables.corpus.realistic import write_realistic
from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from tests.invented import body, csv_file
from tests.search.shelf import Known, fill_shelf

CABLES = {
    "05VALDMARK1": body(subject="FERRY STRIKE", tags="PGOV, ELAB", text="1. (C) The lighthouse keeper has resigned."),
    "05VALDMARK2": body(subject="FERRIES AND VISAS", tags="CVIS", text="1. (C) Señor Quintéla sold the lighthouse."),
    "05VALDMARK3": body(subject="GOVERNMENT FALLS", tags="PGOV", text="1. (C) The government lost. XXXXXXXXXXXX fled."),
    "05VALDMARK40": body(subject="GOVERNMENT RETURNS", tags="PGOV", text="1. (C) The government won in 2005."),
}
MANY = 600


@pytest.fixture
def shelf(db: None, tmp_path: Path) -> list[Known]:
    return fill_shelf(tmp_path)


@pytest.fixture
def worded(db: None, tmp_path: Path) -> None:
    """Four cables and the list of their words."""
    load_reference_tables()
    import_paths([csv_file(tmp_path / "cables.csv", CABLES)])


@pytest.fixture(scope="module")
def many_cables(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """Import MANY cables with the statistics of real ones, for all tests of a module; they go with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_paths([write_realistic(tmp_path_factory.mktemp("corpus"), MANY, seed=3)], processes=1)
        yield MANY
        transaction.set_rollback(True)
