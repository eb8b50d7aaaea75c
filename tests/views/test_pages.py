"""Pages for browsing, and what holds for every page."""

from __future__ import annotations

import gzip
from pathlib import Path

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.ingest.run import import_paths
from tests.invented import body, csv_file

PAGES = [
    "/",
    "/search/",
    "/search/?q=harbour",
    "/search/?q=harbour&tag=PGOV&origin=embassy-valdmark&classification=confidential&since=2005",
    "/search/facet/tag/?q=harbour",
    "/cable/05VALDMARK1/",
    "/cable/05VALDMARK1/received/",
    "/cable/05VALDMARK1/versions/",
    "/cable/05VALDMARK1/cite/",
    "/cable/05VALDMARK1/thread/",
    "/tags/",
    "/tags/PGOV/",
    "/origins/",
    "/origins/embassy-valdmark/",
    "/coverage/",
    "/coverage/embassy-valdmark/",
    "/dates/",
    "/dates/2005/",
    "/dates/2005/03/",
    "/classifications/",
    "/about/",
    "/help/",
    "/help/search/",
    "/help/reading/",
    "/help/glossary/",
]


def links(client, address: str) -> list[str]:
    page = lxml.html.fromstring(client.get(address).content)
    return list(page.xpath("//main//ul[@class='cables']//h3/a/@href"))


def test_empty_archive_says_how_to_fill_it(db, client):
    assert "import_cables" in client.get("/").content.decode()
    for address in ["/tags/", "/origins/", "/coverage/", "/dates/", "/classifications/", "/search/"]:
        page = lxml.html.fromstring(client.get(address).content)
        assert page.xpath("//main//ul[@class='cables'] | //main//ol[@class='cables']") == [], address
        assert any(
            "No " in words and ("held" in words or "found" in words) for words in page.xpath("//main//text()")
        ), address


@pytest.mark.parametrize(
    ("address", "cables"),
    [
        ("/tags/ELAB/", ["/cable/05VALDMARK347/"]),
        ("/tags/PGOV/", ["/cable/05VALDMARK347/", "/cable/05VALDMARK538/"]),
        (
            "/origins/embassy-valdmark/",
            ["/cable/05VALDMARK600/", "/cable/05VALDMARK347/", "/cable/05VALDMARK538/"],
        ),
        ("/dates/2005/02/", ["/cable/05VALDMARK538/"]),
        ("/dates/2005/03/", ["/cable/05VALDMARK600/", "/cable/05VALDMARK347/"]),
    ],
)
def test_list_holds_its_cables_newest_first(archive, client, address, cables):
    assert links(client, address) == cables


@pytest.mark.parametrize(
    "address",
    ["/tags/NOSUCH/", "/origins/nowhere/", "/dates/2005/13/", "/dates/1801/", "/dates/0/", "/dates/12345/", "/x/"],
)
def test_what_is_not_there_is_not_found(archive, client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert lxml.html.fromstring(response.content).xpath("//h1/text()") == ["There is no such page"]


def test_tags_page_groups_by_kind_with_counts(archive, client):
    page = lxml.html.fromstring(client.get("/tags/").content)
    (subjects,) = page.xpath("//section[@id='subject']//ul")
    assert [" ".join(row.text_content().split()) for row in subjects] == [
        "CVIS Visas 1",
        "ECON Economic Conditions 1",
        "ELAB Labor Sector Affairs 1",
        "PGOV Internal Governmental Affairs 2",
        "PREL External Political Relations 1",
    ]


@pytest.mark.parametrize("address", PAGES)
def test_page_asks_as_much_for_three_cables_as_for_one_and_never_much(db, client, tmp_path: Path, address):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        # A snapshot and its settings read nothing.
        return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SET ")) for query in captured)

    citing = body(ref="VALDMARK 2; VALDMARK 3", tags="PGOV")
    import_paths([csv_file(tmp_path / "one.csv", {"05VALDMARK1": citing})])
    with_one = queries()
    more = {f"05VALDMARK{number}": body(ref="VALDMARK 1", tags="PGOV, ECON, CVIS") for number in (2, 3)}
    import_paths([csv_file(tmp_path / "more.csv", more)])

    # Four read all entries into memory: a transaction that has written does so each time, no other. Three of a search
    # look for what may have been meant: only where little was found.
    # What is known of a reference is asked only where it is not held: with one cable.
    assert queries() <= with_one <= 13 + 4 + 3 * address.startswith("/search/?")


def test_same_address_same_answer_is_not_sent_twice(archive, client):
    first = client.get("/cable/05VALDMARK538/")
    again = client.get("/cable/05VALDMARK538/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_page_is_sent_compressed_and_not_again_while_it_is_the_same(archive, client):
    plain = client.get("/cable/05VALDMARK538/").content
    first = client.get("/cable/05VALDMARK538/", headers={"Accept-Encoding": "gzip"})
    assert (gzip.decompress(first.content), first["Vary"]) == (plain, "Accept-Encoding")
    again = client.get("/cable/05VALDMARK538/", headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_robots_walk_cables_and_lists_and_no_search(archive, client):
    first, *rules = client.get("/robots.txt").content.decode().splitlines()
    assert first == "User-agent: *"
    beginnings = tuple(rule.removeprefix("Disallow: ") for rule in rules)
    for address in ("/", "/search/", "/cable/05VALDMARK538/", "/tags/PGOV/"):
        assert not address.startswith(beginnings), address
    for address in ("/search/?q=ferry", "/search/trend/?q=ferry", "/search/facet/tag/", "/admin/"):
        assert address.startswith(beginnings), address
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in client.get("/search/?q=ferry").content.decode()
    assert noindex not in client.get("/search/").content.decode()


def test_health_tells_the_databases_state(db, client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok"})
