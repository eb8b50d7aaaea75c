"""The shelf of cables, and an archive with enough cables for words to be frequent in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from cables.corpus.realistic import write_realistic
from cables.ingest.run import import_paths
from tests.search.shelf import Known, fill_shelf

CABLES = 600


@pytest.fixture
def shelf(db: None, tmp_path: Path) -> list[Known]:
    return fill_shelf(tmp_path)


@pytest.fixture(scope="module")
def many_cables(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """Import CABLES cables with the statistics of real ones, for all tests of a module; they go with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_paths([write_realistic(tmp_path_factory.mktemp("corpus"), CABLES, seed=3)], processes=1)
        yield CABLES
        transaction.set_rollback(True)
