"""Corrections made while an import writes the same cable: neither is lost."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from cables.ingest import correcting
from cables.ingest.correcting import correct, hold
from cables.ingest.run import import_paths
from cables.models import Cable, Correction, Version
from tests.admin.forms import fields, told
from tests.invented import BODY, seed_page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cable(tmp_path: Path) -> Cable:
    """One cable, in the archive."""
    (tmp_path / "page.txt").write_text(seed_page())
    import_paths([tmp_path / "page.txt"])
    return Cable.objects.get()


def wait_until_somebody_waits() -> None:
    """Return when a statement waits for a lock."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    pytest.fail("nobody waits")


def test_import_of_a_newer_form_leaves_a_correction_that_is_being_made(cable, tmp_path):
    (tmp_path / "newer.txt").write_text(seed_page(released="2012-01-01", body=BODY.replace("lunch", "dinner")))

    def take() -> None:
        import_paths([tmp_path / "newer.txt"])
        connection.close()

    importing = threading.Thread(target=take)
    with transaction.atomic():
        correct(hold(cable.pk), {"subject": "FERRIES"})
        importing.start()
        wait_until_somebody_waits()
    importing.join()

    cable.refresh_from_db()
    assert ("dinner" in cable.body, cable.subject) == (True, "FERRIES")
    assert Correction.objects.get().received == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"
    assert Version.objects.get().fields["subject"] == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"


def test_who_would_wait_too_long_for_an_import_is_told(cable, admin_client, monkeypatch):
    monkeypatch.setattr(correcting, "SECONDS", 0.1)
    address = f"/admin/cables/cable/{cable.pk}/change/"
    sent = fields(admin_client, address) | {"subject": "FERRIES"}
    parameters = {name: connection.get_connection_params()[name] for name in ("dbname", "user", "host", "port")}

    with psycopg.connect(**parameters) as other:
        other.execute("SELECT FROM cables_cable WHERE id = %s FOR UPDATE", [cable.pk])
        response = admin_client.post(address, sent, follow=True)

    assert told(response) == ["An import is writing this cable. Nothing was changed: try again in a moment."]
    assert not Correction.objects.exists()
    assert admin_client.post(address, sent).status_code == 302
    assert Correction.objects.get().value == "FERRIES"
