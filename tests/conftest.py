"""What all tests share: a PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings

from archive_site import database
from archive_site.embedded import Place, locks


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Keep a server for the tests' database: DATABASE_URL's, else one in the tests' own data folder."""
    with database.serving(os.environ, settings.DATA_DIR):
        yield
    # The folder can go once the server has stopped.
    os.close(locks.alone(Place(settings.DATA_DIR).guardian))
