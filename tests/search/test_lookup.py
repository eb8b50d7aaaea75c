"""Identifiers that no cable has: what they may have meant."""

from __future__ import annotations

import lxml.html
import pytest

from cables.ingest.run import import_paths
from cables.search.lookup import near_identifiers
from tests.invented import body, csv_file

HELD = ["05VALDMARK538", "05VALDMARK540", "05VALDMARK5380", "06VALDMARK538", "05VALDMARC538", "05VALDMARK9001"]


@pytest.fixture
def held(db, tmp_path) -> None:
    cables = dict.fromkeys(HELD, body(ref="VALDMARK 535")) | {"05ORHAVEN12": body(ref="05 VALDMARK 612")}
    import_paths([csv_file(tmp_path / "c.csv", cables)])


@pytest.mark.parametrize(
    ("asked", "held_near", "cited"),
    [
        (
            "05VALDMARK539",
            ("05VALDMARK538", "05VALDMARK540", "05VALDMARK5380"),
            ("05VALDMARK535", "05VALDMARK612"),
        ),
        ("05VALDMARKS538", ("05VALDMARK538", "05VALDMARC538"), ()),
        ("05VALDMRAK538", ("05VALDMARK538", "05VALDMARC538"), ()),
        ("07VALDMARK538", ("05VALDMARK538", "06VALDMARK538"), ()),
        ("05VALDMARK9010", ("05VALDMARK9001", "05VALDMARK5380"), ("05VALDMARK612", "05VALDMARK535")),
        ("05 orhaven 000013", ("05ORHAVEN12",), ()),
        ("05NOWHERE7", (), ()),
        ("ferry", (), ()),
        ("", (), ()),
        ("05VALDMARK" + "9" * 200, (), ()),
        ("\x0005VALDMARK1", (), ()),
    ],
)
def test_near_identifiers(held, asked, held_near, cited):
    near = near_identifiers(asked)
    assert (near.held, near.cited) == (held_near, cited)


def test_search_for_an_identifier_that_is_only_cited_offers_its_page(held, client):
    page = lxml.html.fromstring(client.get("/search/", {"q": "05 Valdmark 0612"}).content)

    (near,) = page.xpath("//section[@class='near']")
    assert near.xpath("p[1]/span/text()") == ["05VALDMARK612"]
    assert near.xpath("ul[2]//a/@href") == ["/cable/05VALDMARK612/", "/cable/05VALDMARK535/"]
    assert "05ORHAVEN12" in client.get("/cable/05VALDMARK612/").content.decode()


def test_page_of_a_cable_not_held_offers_those_near_it(held, client):
    response = client.get("/cable/07VALDMARK538/")

    assert response.status_code == 404
    near = lxml.html.fromstring(response.content).xpath("//section[@class='near']//a/@href")
    assert near == ["/cable/05VALDMARK538/", "/cable/06VALDMARK538/"]


def test_words_offer_no_identifier(held, client):
    assert 'class="near"' not in client.get("/search/", {"q": "zeppelin 05"}).content.decode()
