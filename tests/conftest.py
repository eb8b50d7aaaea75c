"""What all tests share: a PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django_tasks_db.management.commands import db_worker
from pytest_django import DjangoDbBlocker

from archive_site import database
from archive_site.embedded import Place, locks
from tests.pages import invented_archive


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Keep a server for the tests' database: DATABASE_URL's, else one in the tests' own data folder.

    Where tests run in several processes, each has a data folder of its own, and on DATABASE_URL's server a database.
    """
    with database.serving(os.environ, settings.DATA_DIR):
        yield
    # The folder can go once the server has stopped.
    os.close(locks.alone(Place(settings.DATA_DIR).guardian))


@pytest.fixture(scope="module")
def invented(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The archive of tests.pages, made once for a module whose tests all ask for it, and only read."""
    with django_db_blocker.unblock(), invented_archive(tmp_path_factory.mktemp("invented")):
        yield


@pytest.fixture
def work_off(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what does, in this process, all that waits for the worker."""

    def work() -> None:
        # It would close the connection of a test that is one transaction.
        monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
        db_worker.Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            backend_name="default",
            worker_id="test",
            interval=0,
            batch=True,
            startup_delay=False,
            max_tasks=None,
        ).run()

    return work
