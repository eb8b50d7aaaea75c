"""Every value of a long facet, on a page of its own."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest

from cables.ingest.run import import_paths
from cables.models import Cable
from tests.invented import body, csv_file
from tests.views.reading import found, page_of, words

CODES = ["PGOV", "PREL", "ECON", "ELAB", "CVIS", "PHUM", "PTER", "SNAR", "EAIR", "EFIN", "ETRD", "EINV", "MARR", "PREF"]


@pytest.fixture
def many_tags(db: None, tmp_path: Path) -> None:
    """Cable n has the first n of CODES, and the first of them a subject of its own."""
    cables = {
        f"05VALDMARK{number}": body(subject="FERRY" if number == 1 else "HARBOUR", tags=", ".join(CODES[:number]))
        for number in range(1, len(CODES) + 1)
    }
    import_paths([csv_file(tmp_path / "cables.csv", cables)])


def values(page: lxml.html.HtmlElement) -> dict[str, int]:
    items = page.xpath("//section[contains(@class, 'facet')]//li[.//span[@class='identifier']]")
    return {
        item.xpath("string(.//span[@class='identifier'])"): int(item.xpath("string(span[@class='count'])"))
        for item in items
    }


def test_long_facet_leads_to_all_of_its_values(many_tags, client):
    page = page_of(client, "/search/?q=harbour+OR+quiet&sort=oldest")
    counts = {code: len(CODES) - place for place, code in enumerate(CODES)}

    assert values(page) == dict(list(counts.items())[:12])
    (link,) = page.xpath("//a[starts-with(., 'All ')]")
    assert (words(link), link.get("href")) == (
        "All 14 TAGS",
        "/search/facet/tag/?q=harbour+OR+quiet&sort=oldest",
    )
    whole = page_of(client, link.get("href"))
    assert values(whole) == counts
    assert words(whole.xpath("//p[@id='told']")[0]) == "14 TAGS, the most frequent first, of 14 cables"
    for item in whole.xpath("//section[@id='values']//li"):
        (href,) = item.xpath("a[not(@class)]/@href")
        assert len(found(client, href.removeprefix("/search/"))) == int(item.xpath("string(span[@class='count'])"))
        for exclude in item.xpath("a[@class='exclude']/@href"):
            having = int(item.xpath("string(span[@class='count'])"))
            assert len(found(client, exclude.removeprefix("/search/"))) == 14 - having


def test_short_facet_leads_nowhere_else(archive, client):
    page = page_of(client, "/search/")
    assert len(values(page)) == 5
    assert page.xpath("//a[starts-with(., 'All ')]") == []


@pytest.mark.parametrize(
    ("find", "codes", "told"),
    [
        ("refug", ["PREF"], "1 of 14 TAGS with “refug”, the most frequent first, of 14 cables"),
        ("PE", ["PTER"], None),
        ("political external", ["PREL"], None),
        ("zeppelin", [], "0 of 14 TAGS with “zeppelin”, the most frequent first, of 14 cables"),
        ("\x00", CODES, "14 TAGS, the most frequent first, of 14 cables"),
        ("<b>", [], "0 of 14 TAGS with “<b>”, the most frequent first, of 14 cables"),
    ],
)
def test_values_are_narrowed_by_what_they_hold(many_tags, client, find, codes, told):
    Tag = Cable.tags.rel.model  # noqa: N806
    for code, title in [("PREF", "Refugees"), ("PREL", "External Political Relations"), ("PTER", "Terrorists (pe)")]:
        Tag.objects.filter(code=code).update(title=title)
    page = page_of(client, f"/search/facet/tag/?{urlencode({'q': 'quiet', 'find': find})}")

    assert list(values(page)) == codes
    if told:
        assert words(page.xpath("//p[@id='told']")[0]) == told


def test_filters_stay_while_values_are_narrowed(many_tags, client):
    page = page_of(client, "/search/facet/tag/?q=harbour&tag=PREL&not_tag=PREF&since=2005&sort=oldest")
    hidden = {
        field.get("name"): field.get("value") for field in page.xpath("//form[@class='ask']//input[@type='hidden']")
    }
    assert hidden == {"q": "harbour", "tag": "PREL", "not_tag": "PREF", "since": "2005-01-01", "sort": "oldest"}
    assert page.xpath("//section[@id='values']//a[@aria-current]/@href") == [
        "/search/?q=harbour&since=2005-01-01&not_tag=PREF&sort=oldest"
    ]


@pytest.mark.parametrize("name", ["year", "q", "nosuch", "not_tag"])
def test_what_is_no_long_facet_is_not_found(archive, client, name):
    assert client.get(f"/search/facet/{name}/").status_code == 404
