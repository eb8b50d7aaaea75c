"""What a browser that holds a page is told when it asks again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive_site import edition
from cables.ingest.run import import_paths
from cables.models import Tag
from tests.invented import body, csv_file

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = ["/", "/cable/05VALDMARK1/", "/cable/05VALDMARK1.json", "/search/?q=ferry", "/tags/", "/coverage.csv"]


@pytest.fixture
def held(client: Client, tmp_path: Path) -> None:
    import_paths([csv_file(tmp_path / "c.csv", {"05VALDMARK1": body(text="1. (C) The ferry sails.", tags="PGOV")})])
    client.get("/search/?q=ferry")  # the first search of a process writes nothing, and reads what facets count by


def again(client: Client, address: str, tag: str, **headers: str) -> int:
    return client.get(address, headers={"If-None-Match": tag, **headers}).status_code


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_that_is_held_is_not_made_again(held, client, address):
    first = client.get(address)
    assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")

    with CaptureQueriesContext(connection) as captured:
        second = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (second.status_code, second["ETag"], second["Cache-Control"]) == (304, first["ETag"], "no-cache")
    assert [query["sql"] for query in captured if " cables_" in query["sql"] or '"cables_' in query["sql"]] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_change_of_what_is_held_makes_another_tag(held, client, address):
    tag = client.get(address)["ETag"]
    Tag.objects.filter(code="PGOV").update(title="Government")
    assert again(client, address, tag) == 200


def test_another_edition_of_the_software_makes_another_tag(held, client, settings):
    tag = client.get("/about/")["ETag"]
    settings.ARCHIVE_NAME = "Another archive"
    edition.edition.cache_clear()
    assert again(client, "/about/", tag) == 200

    settings.ARCHIVE_NAME = "Cable Archive"
    edition.edition.cache_clear()
    assert again(client, "/about/", tag) == 304


def test_part_of_a_page_is_not_taken_for_the_whole(held, client):
    address = "/cable/05VALDMARK1/similar/"
    whole = client.get(address)["ETag"]
    part = client.get(address, headers={"HX-Request": "true"})["ETag"]
    assert again(client, address, whole, **{"HX-Request": "true"}) == 200
    assert again(client, address, part, **{"HX-Request": "true"}) == 304


@pytest.mark.parametrize(("address", "status"), [("/cable/05NOWHERE1/", 404), ("/cable/05valdmark1/", 301)])
def test_what_is_no_page_is_asked_for_anew(held, client, address, status):
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (status, "no-cache")
    assert again(client, address, client.get("/")["ETag"]) == status
    assert not response.get("ETag", "").startswith("W/")
