"""TAGS: the list with its filter, and the page of one."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from cables.ingest.run import import_paths
from cables.models import Cable, SearchEntry, Tag
from tests.invented import body, csv_file
from tests.views.reading import words

HOSTILE = "<script>alert(1)</script>"


def page_at(client, address: str, **query: str) -> lxml.html.HtmlElement:
    response = client.get(address, query)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


def found(page: lxml.html.HtmlElement) -> list[str]:
    return [words(code) for code in page.xpath("//div[@id='found']//span[@class='identifier']")]


def told(page: lxml.html.HtmlElement) -> str:
    return words(page.xpath("//*[@id='told']")[0])


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("", ["CVIS", "ECON", "ELAB", "PGOV", "PREL"]),
        ("   ", ["CVIS", "ECON", "ELAB", "PGOV", "PREL"]),
        ("pgov", ["PGOV"]),
        ("GOV", ["PGOV"]),
        ("affairs", ["ELAB", "PGOV"]),
        ("affairs labor", ["ELAB"]),
        ("affairs visas", []),
        ("human rights", []),  # PHUM is in the handbooks, and no cable has it
        ("\x00", []),
        (HOSTILE, []),
    ],
)
def test_filter_finds_by_code_and_meaning_among_those_in_use(archive, client, asked, codes):
    assert Tag.objects.filter(title="Human Rights").exists()
    assert found(page_at(client, "/tags/", q=asked)) == codes


def test_filter_says_what_it_found_and_nothing_as_well(archive, client):
    assert told(page_at(client, "/tags/")) == ""
    assert told(page_at(client, "/tags/", q="affairs")) == "2 have “affairs” in their code or meaning. All TAGS"
    nothing = page_at(client, "/tags/", q=HOSTILE)
    assert told(nothing).startswith(f"No TAG in use here has “{HOSTILE}” in its code or meaning.")
    assert nothing.xpath("//input[@id='find']/@value") == [HOSTILE]
    assert nothing.xpath("//script[not(@src)] | //div[@id='found']/*") == []


def test_filter_knows_the_earlier_meaning(archive, client):
    Tag.objects.filter(code="CVIS").update(earlier_title="Passage of Sailors")
    assert found(page_at(client, "/tags/", q="sailors")) == ["CVIS"]


def test_each_kind_in_use_is_explained(archive, client):
    page = page_at(client, "/tags/")
    explained = {section.get("id"): words(section.xpath("p")[0]) for section in page.xpath("//section[@id]")}
    assert list(explained) == ["subject"]
    assert explained["subject"].startswith("What the cable is about. The first letter tells the field:")


def test_tag_tells_which_others_and_which_posts_it_is_used_with(archive, client, tmp_path: Path):
    more = {"05ORHAVEN1": body("ORHAVEN 1", tags="PGOV, ECON"), "05ORHAVEN2": body("ORHAVEN 2", tags="CVIS")}
    import_paths([csv_file(tmp_path / "orhaven.csv", more, origin="Consulate Orhaven")])

    page = page_at(client, "/tags/PGOV/")
    beside, posts = ([words(row) for row in part] for part in page.xpath("//ul[contains(@class, 'counted')]"))
    assert beside == [
        "ECON Economic Conditions 2 with both PGOV and ECON",
        "ELAB Labor Sector Affairs 1 with both PGOV and ELAB",
        "PREL External Political Relations 1 with both PGOV and PREL",
    ]
    assert posts == [
        "Embassy Valdmark 2 with PGOV from Embassy Valdmark",
        "Consulate Orhaven 1 with PGOV from Consulate Orhaven",
    ]
    counts = page.xpath("//ul[contains(@class, 'counted')]//a[@class='count']")
    assert len(counts) == 5
    for link in counts:
        results = page_at(client, link.get("href"))
        assert len(results.xpath("//ol[@class='cables']/li")) == int(link.text), link.get("href")


def test_bars_lead_to_the_search_of_their_year(archive, client):
    Cable.objects.filter(identifier="05VALDMARK347").update(sent_at="2003-07-01T00:00Z")
    SearchEntry.objects.refresh(list(Cable.objects.values_list("pk", flat=True)))

    page = page_at(client, "/tags/PGOV/")
    bars = page.xpath("//svg//a")
    assert [(bar.get("href"), bar.get("aria-label")) for bar in bars] == [
        ("/search/?tag=PGOV&since=2003&until=2003", "2003: 1"),
        ("/search/?tag=PGOV&since=2005&until=2005", "2005: 1"),
    ]
    found = [page_at(client, bar.get("href")).xpath("//ol/li//h3/a/@href") for bar in bars]
    assert [[address.split("?")[0] for address in addresses] for addresses in found] == [
        ["/cable/05VALDMARK347/"],
        ["/cable/05VALDMARK538/"],
    ]
    assert page.xpath("//svg/@viewbox | //svg/@viewBox") == ["0 0 3 100"]


@pytest.mark.parametrize(
    ("title", "earlier", "lead"),
    [
        ("Visas", "", "Consular Affairs. 1 cable."),
        ("Visas", "Passage", "Consular Affairs. Until 1979 it stood for Passage. 1 cable."),
        ("", "Passage", "Consular Affairs. This is its meaning in the first TAGS book, of 1973 to 1979. 1 cable."),
        ("", "", "Consular Affairs. No handbook that this archive knows gives its meaning. 1 cable."),
    ],
)
def test_meanings_of_both_times_are_told(archive, client, title, earlier, lead):
    Tag.objects.filter(code="CVIS").update(title=title, earlier_title=earlier)
    page = page_at(client, "/tags/CVIS/")
    assert words(page.xpath("//p[@class='lead']")[0]) == lead
    assert words(page.xpath("//h1")[0]) == ": ".join(filter(None, ["CVIS", title or earlier]))


def test_tag_that_no_cable_has_any_more_has_an_empty_page(archive, client):
    page = page_at(client, "/tags/PHUM/")
    assert "0 cables." in words(page.xpath("//p[@class='lead']")[0])
    assert page.xpath("//ul[contains(@class, 'counted')] | //svg | //ul[@class='cables']") == []


def test_code_with_an_unknown_sign_is_not_found(archive, client):
    assert client.get("/tags/PG%00OV/").status_code == 404
