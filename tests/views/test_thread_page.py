"""The thread of a cable, on its page and on one of its own."""

from __future__ import annotations

import lxml.html
import pytest

from cables.ingest.run import import_paths
from cables.models import Alias, Cable
from tests.invented import body, csv_file

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)"
CITES = "cites 05ORHAVEN1, 04ORHAVEN77 cited by 1"


@pytest.fixture
def threaded(archive, tmp_path):
    """A strike that one cable reports, a second follows, a third and a fourth answer; one cable cites nothing."""
    cables = {
        "05ORHAVEN1": body("ORHAVEN 000001", subject="STRIKE BEGINS"),
        "05ORHAVEN2": body("ORHAVEN 000002", subject=f"STRIKE {HOSTILE}", ref="A. ORHAVEN 1\n     B. 04ORHAVEN77"),
        "05ORHAVEN3": body("ORHAVEN 000003", subject="STRIKE ENDS", ref="A. ORHAVEN 2\n     B. ORHAVEN 1"),
        "05ORHAVEN4": body("ORHAVEN 000004", subject="WEATHER"),
        "05ORHAVEN5": body("ORHAVEN 000005", subject="WEATHER AGAIN", ref="ORHAVEN 4"),
    }
    import_paths([csv_file(tmp_path / "threaded.csv", cables, origin="Consulate Orhaven")])


def rows(html: bytes) -> list[str]:
    return [
        " ".join(row.text_content().split()) for row in lxml.html.fromstring(html).xpath("//ol[@class='thread']/li")
    ]


def test_rows_say_in_words_what_the_lines_show(threaded, client):
    assert rows(client.get("/cable/05ORHAVEN2/thread/").content) == [
        "04ORHAVEN77 not held here 2004 cited by 1",
        "STRIKE BEGINS 1 March 2005 05ORHAVEN1 Consulate Orhaven cited by 2",
        f"STRIKE {HOSTILE} this cable 2 March 2005 05ORHAVEN2 Consulate Orhaven {CITES}",
        "STRIKE ENDS 3 March 2005 05ORHAVEN3 Consulate Orhaven cites 05ORHAVEN2, 05ORHAVEN1",
    ]


def test_links_lead_to_cables_to_rows_and_to_the_search(threaded, client):
    page = lxml.html.fromstring(client.get("/cable/05ORHAVEN3/thread/").content)
    unheld, first, second, own = page.xpath("//ol[@class='thread']/li")
    assert unheld.xpath(".//a/@href") == ["/search/?q=cites%3A04ORHAVEN77"]
    assert first.xpath(".//a/@href") == ["/cable/05ORHAVEN1/", "/search/?q=cites%3A05ORHAVEN1"]
    assert second.xpath(".//a/@href") == [
        "/cable/05ORHAVEN2/",
        "#thread-05ORHAVEN1",
        "#thread-04ORHAVEN77",
        "/search/?q=cites%3A05ORHAVEN2",
    ]
    assert own.xpath(".//a/@href") == ["#thread-05ORHAVEN2", "#thread-05ORHAVEN1"]
    assert [row.get("aria-current") for row in (unheld, first, second, own)] == [None, None, None, "true"]
    assert set(page.xpath("//ol[@class='thread']//a/@href[starts-with(., '#')]")) <= {
        f"#{name}" for name in page.xpath("//@id")
    }


def test_lines_of_the_own_cable_and_of_those_not_held_are_told_apart(threaded, client):
    page = lxml.html.fromstring(client.get("/cable/05ORHAVEN3/thread/").content)
    drawn = [[path.get("class") for path in row.iter("path")] for row in page.xpath("//ol[@class='thread']/li")]
    assert drawn == [["unheld"], [None, "unheld", "own"], [None, "unheld", "own"], ["own"]]
    assert page.xpath("//ol[@class='thread']//svg[not(@aria-hidden='true')]") == []


@pytest.mark.parametrize(
    ("identifier", "shown"),
    [
        ("05ORHAVEN1", 3),
        ("05ORHAVEN2", 4),
        ("05ORHAVEN3", 4),  # what it cites cites in its turn
        ("05ORHAVEN4", 2),
        ("05ORHAVEN5", 0),  # its references say it all
        ("05VALDMARK600", 0),  # neither cites nor is cited
    ],
)
def test_cables_page_has_the_thread_where_it_tells_more_than_the_references(threaded, client, identifier, shown):
    html = client.get(f"/cable/{identifier}/").content
    assert len(rows(html)) == shown
    links = lxml.html.fromstring(html).xpath(f"//a[@href='/cable/{identifier}/thread/']")
    assert len(links) == (1 if shown else 0)


def test_cable_without_thread_says_so(threaded, client):
    html = client.get("/cable/05VALDMARK600/thread/").content
    assert lxml.html.fromstring(html).xpath("//p[@class='lead']/text()") == [
        "It cites no cable, and no cable held here cites it."
    ]
    assert rows(html) == []


def test_hostile_subject_is_text_in_every_thread(threaded, client):
    for identifier in ("05ORHAVEN1", "05ORHAVEN2", "05ORHAVEN3"):
        for address in (f"/cable/{identifier}/", f"/cable/{identifier}/thread/"):
            html = client.get(address).content.decode().lower()
            assert "alert(1)" in html, address
            assert "<script>alert" not in html, address
            assert "<img" not in html, address


def test_other_names_lead_to_the_thread_of_the_cable(threaded, client):
    Alias.objects.create(identifier="05ECTION01OF02ORHAVEN2", target="05ORHAVEN2")
    for name in ("05ECTION01OF02ORHAVEN2", "05orhaven000002"):
        response = client.get(f"/cable/{name}/thread/")
        assert (response.status_code, response["Location"]) == (301, "/cable/05ORHAVEN2/thread/")
    assert client.get("/cable/04ORHAVEN77/thread/").status_code == 404
    assert client.get("/cable/%00/thread/").status_code == 404


def test_count_of_citing_cables_is_that_of_the_cables_page(threaded, client):
    cable = Cable.objects.get(identifier="05ORHAVEN1")
    page = lxml.html.fromstring(client.get(cable.get_absolute_url()).content)
    listed = page.xpath("//section[h2/@id='cited-by']//li/a/@href")
    (told,) = page.xpath("//li[@id='thread-05ORHAVEN1']//a[contains(@href, 'cites')]/text()")
    assert told == f"cited by {len(listed)}" == "cited by 2"
