"""What a cable's page and its record say of corrections."""

from __future__ import annotations

import json

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cables.models import Cable, Correction, Post
from tests.correcting import corrected
from tests.views.reading import words

HELD = "05VALDMARK538"


def page_of(client, identifier: str = HELD):
    return lxml.html.fromstring(client.get(f"/cable/{identifier}/").content)


@pytest.fixture
def today() -> str:
    return f"{timezone.now():%-d %B %Y}"


def test_page_marks_what_was_corrected_and_says_what_the_file_says(archive, client, today):
    Post.objects.create(name="Consulate Sundhavn", slug="consulate-sundhavn")
    corrected(HELD, "The film says so.", subject="FERRIES")
    corrected(
        HELD,
        "<b>Why",
        origin="consulate-sundhavn",
        sent_at="",
        is_partial=True,
        recipients=[{"name": "A <b>", "route": "", "precedence": "", "number": "", "excluded": []}],
    )

    page = page_of(client)

    (section,) = page.xpath("//*[@id='corrected']")
    assert [words(item) for item in section.xpath("ul/li")] == [
        f"Subject, {today}. The file says: “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN”. The film says so.",
        f"Origin, {today}. The file says: “Embassy Valdmark”. <b>Why",
        f"Date, {today}. The file says: “10 February 2005, 07:16 UTC”. <b>Why",
        f"Extract only, {today}. The file says: “no”. <b>Why",
        f"To, {today}. The file says nothing. <b>Why",
    ]
    marked = page.xpath("//a[@href='#corrected']/parent::*")
    assert [words(each) for each in marked] == ["Subject corrected", "From corrected", "To corrected", "Date corrected"]
    assert words(page.xpath("//h1")[0]) == "FERRIES"


def test_page_names_nobody_and_says_nothing_where_nothing_was_corrected(archive, client, admin_user):
    corrected(HELD, subject="FERRIES")
    Correction.objects.update(made_by=admin_user, received=None)

    page = client.get(f"/cable/{HELD}/").content.decode()

    assert admin_user.username not in page
    assert "What the file says is not known." in page
    assert page_of(client, "05VALDMARK347").xpath("//*[@id='corrected'] | //a[@href='#corrected']") == []


def test_long_text_is_cut(archive, client):
    corrected(HELD, summary="word " * 200)
    corrected(HELD, summary="Short.")
    Correction.objects.update(received="word " * 200)
    (item,) = page_of(client).xpath("//*[@id='corrected']/ul/li")
    assert len(words(item)) < 400


def test_record_tells_every_correction(archive, client):
    Post.objects.create(name="Consulate Sundhavn", slug="consulate-sundhavn")
    corrected(HELD, "Why.", origin="consulate-sundhavn", tags=["ECON"])

    record = json.loads(client.get(f"/cable/{HELD}.json").content)

    on = timezone.now().date().isoformat()
    assert (record["origin"], record["tags"]) == ("Consulate Sundhavn", ["ECON"])
    assert record["corrections"] == [
        {"field": "origin", "received": "Embassy Valdmark", "corrected_on": on, "note": "Why."},
        {"field": "tags", "received": ["PGOV", "PREL", "ECON"], "corrected_on": on, "note": "Why."},
    ]
    other = json.loads(client.get("/cable/05VALDMARK347.json").content)
    assert other["corrections"] == []


def test_corrections_cost_the_page_no_query(archive, client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/cable/{HELD}/")
        return len(captured)

    queries()
    before = queries()
    Correction.objects.create(cable_id=_number(), field="subject", value="A", received="B")
    Correction.objects.create(cable_id=_number(), field="origin", value="", received="embassy-valdmark")
    assert queries() == before


def _number() -> int:
    return Cable.objects.get(identifier=HELD).pk
