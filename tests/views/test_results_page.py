"""The page of results: its sentence, its picture, and what helps where little is found."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import lxml.html
import pytest
from django.core.paginator import Paginator
from django.http import QueryDict

from cables.filters import CableFilter
from cables.ingest.run import import_paths
from cables.models import Cable, SearchEntry
from cables.search.facets import Facet, FacetValue
from cables.templatetags.cable_text import near_pages
from cables.views.fewer import without_one
from cables.views.histogram import MOST_YEARS, histogram
from cables.views.time_asked import time_asked
from tests.invented import body, csv_file, csv_rows
from tests.views.reading import found, page_of, words


@pytest.fixture
def three_years(db: None, tmp_path: Path) -> None:
    """Cables of 2003, 2005 (two months) and 2005's lighthouse alone in July."""
    days = {"03VALDMARK1": "5/1/2003", "05VALDMARK1": "2/1/2005", "05VALDMARK2": "2/28/2005", "05VALDMARK3": "7/9/2005"}
    texts = dict.fromkeys(days, "1. (C) The harbour is quiet.")
    texts["05VALDMARK3"] = "1. (C) The harbour has a lighthouse."
    rows = [
        (f"{day} 9:30", identifier, "Embassy Valdmark", "CONFIDENTIAL", "", "R 010930Z", body(text=texts[identifier]))
        for identifier, day in days.items()
    ]
    (tmp_path / "cables.csv").write_text(csv_rows(rows))
    import_paths([tmp_path / "cables.csv"])


def columns(page: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """Return (name, address) of each column that leads anywhere."""
    links = page.xpath("//figure[@class='histogram']//li/a")
    return [(link.xpath("string(.//*[local-name()='title'])"), link.get("href")) for link in links]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "3 cables held here, newest first"),
        ("sort=oldest", "3 cables held here, oldest first"),
        ("q=harbour", "2 cables of 3 held here mention “harbour”, by relevance"),
        ("q=strike", "1 cable of 3 held here mentions “strike”"),
        ("q=strike+OR+visas&sort=newest", "2 cables of 3 held here match “strike OR visas”, newest first"),
        ("tag=PGOV", "2 cables of 3 held here, newest first"),
        ("q=zeppelin", "No cable found of 3 held here for “zeppelin”"),
        ("q=" + "zeppelin" * 12, f"No cable found of 3 held here for “{('zeppelin' * 12)[:79]}…”"),
    ],
)
def test_sentence_says_what_is_shown_and_over_what(archive, client, query, told):
    (sentence,) = page_of(client, f"/search/?{query}").xpath("//h2[@id='found']")
    assert words(sentence) == told


def test_sentence_of_an_empty_archive(db, client):
    (sentence,) = page_of(client, "/search/?q=harbour").xpath("//h2[@id='found']")
    assert words(sentence) == "No cable found: none is held here yet"


def test_picture_shows_months_of_few_years_and_each_column_leads_to_its_cables(three_years, client):
    page = page_of(client, "/search/?q=harbour")

    assert columns(page) == [
        ("May 2003: 1 cable", "?q=harbour&since=2003-05-01&until=2003-05-31"),
        ("February 2005: 2 cables", "?q=harbour&since=2005-02-01&until=2005-02-28"),
        ("July 2005: 1 cable", "?q=harbour&since=2005-07-01&until=2005-07-31"),
    ]
    assert len(page.xpath("//figure[@class='histogram']//li")) == 36  # from January of 2003 to December of 2005
    assert [len(found(client, href)) for _, href in columns(page)] == [1, 2, 1]
    rects = page.xpath("//figure[@class='histogram']//li//*[local-name()='rect']")
    assert [(rect.get("y"), rect.get("height")) for rect in rects] == [
        ("50.0%", "50.0%"), ("0.0%", "100.0%"), ("50.0%", "50.0%"),
    ]  # fmt: skip
    labels = page.xpath("//*[local-name()='text'][not(@class)]/text()")
    assert labels == ["2003", "Jul", "2004", "Jul", "2005", "Jul"]


def test_picture_shows_the_time_asked_for_and_widens(three_years, client):
    page = page_of(client, "/search/?q=harbour&since=2005-02-15&until=2005")

    assert [name for name, _ in columns(page)] == ["February 2005: 1 cable", "July 2005: 1 cable"]
    (asked,) = page.xpath("//*[@class='asked']")
    assert (asked.get("x"), asked.get("width")) == ("12.1%", "87.9%")
    (caption,) = page.xpath("//figcaption")
    assert words(caption) == "Cables by month · 15 February 2005 to 31 December 2005 · all of 2005 · all years"
    assert [len(found(client, href)) for href in caption.xpath("a/@href")] == [3, 4]


def test_cables_without_a_date_are_told_beside_the_picture(three_years, client):
    undated = Cable.objects.get(identifier="05VALDMARK3")
    SearchEntry.objects.filter(cable=undated).update(day=None, year=None)
    (caption,) = page_of(client, "/search/?q=harbour").xpath("//figcaption")
    assert words(caption) == "Cables by month · 1 without a date"


def test_one_column_is_no_picture(three_years, client):
    assert columns(page_of(client, "/search/?q=lighthouse")) == []
    assert found(client, "?q=lighthouse") == {"05VALDMARK3"}


def drawn(years: dict[int, int], query: str = ""):
    facet = Facet(FacetValue(f"{year:04}", f"{year:04}", count) for year, count in years.items())
    results = SimpleNamespace(facets={"year": facet, "month": Facet(())}, total=sum(years.values()))
    return histogram(CableFilter(QueryDict(query)), results)


def test_mistaken_years_do_not_press_the_others_together():
    picture = drawn({205: 1, **dict.fromkeys(range(1973, 2011), 10), 9999: 2})
    assert [column.name for column in picture.columns] == [str(year) for year in range(1973, 2011)]
    assert (picture.far, picture.undated) == (3, 0)

    picture = drawn(dict.fromkeys(range(1000, 3000), 1))
    assert (len(picture.columns), picture.far) == (MOST_YEARS, 2000 - MOST_YEARS)
    assert len(picture.labels) <= 6


@pytest.mark.parametrize(
    ("most", "counts"),
    [
        (1, [1]),
        (4, [1, 2, 3, 4]),
        (5, [2, 4]),
        (9, [2, 4, 6, 8]),
        (23, [5, 10, 15, 20]),
        (1999, [500, 1000, 1500]),
        (252_287, [100_000, 200_000]),
    ],
)
def test_scale_has_a_few_round_counts(most, counts):
    picture = drawn({1990: 1, 1991: 0, 1992: 0, 1993: most})
    assert [count for count, _ in picture.lines] == counts
    assert [top for _, top in picture.lines] == [round(100 - 100 * count / most, 2) for count in counts]


@pytest.mark.parametrize(
    ("query", "asked", "x", "width"),
    [
        ("since=1990&until=1999", True, 0, 0),
        ("since=1992&until=1993", False, 20, 20),
        ("until=1994", False, 0, 50),
        ("since=1995", False, 50, 50),
        ("since=0001&until=9999", True, 0, 0),
    ],
)
def test_time_asked_for_is_marked_where_it_is_not_all(query, asked, x, width):
    picture = drawn(dict.fromkeys(range(1990, 2000), 1), query)
    assert picture.asked == (None if asked else (x, width))


@pytest.mark.parametrize(
    ("query", "told", "wider"),
    [
        ("since=2005&until=2005", "2005", [("all years", "q=x")]),
        (
            "since=2005-02&until=2005-02",
            "February 2005",
            [("all of 2005", "q=x&since=2005-01-01&until=2005-12-31"), ("all years", "q=x")],
        ),
        (
            "since=2005-02-03&until=2005-02-03",
            "3 February 2005",
            [("all of 2005", "q=x&since=2005-01-01&until=2005-12-31"), ("all years", "q=x")],
        ),
        ("since=2004-12&until=2005-02", "1 December 2004 to 28 February 2005", [("all years", "q=x")]),
        ("since=2004-12", "from 1 December 2004", [("all years", "q=x")]),
        ("until=9999", "until 31 December 9999", [("all years", "q=x")]),
    ],
)
def test_time_asked_for_is_told_with_wider_times(query, told, wider):
    time = time_asked(CableFilter(QueryDict(f"q=x&{query}")))
    assert time is not None
    assert (time.told, time.wider) == (told, wider)


def test_open_time_is_not_told():
    assert time_asked(CableFilter(QueryDict("q=x&since=yesterday"))) is None


def test_nothing_found_is_offered_with_less_and_counted(archive, client):
    page = page_of(client, "/search/?q=strike&tag=CVIS&until=2005-03")
    offers = {words(item): item.xpath("string(a/@href)") for item in page.xpath("//ul[@class='without']/li")}

    assert offers == {
        "without “strike” 1 cable": "?tag=CVIS&until=2005-03-31",
        "without CVIS · Visas 1 cable": "?q=strike&until=2005-03-31",
    }
    assert [found(client, href) for href in offers.values()] == [{"05VALDMARK600"}, {"05VALDMARK347"}]


def test_nothing_is_asked_for_offers_where_something_was_found(archive, django_assert_num_queries):
    chosen = CableFilter(QueryDict("q=strike&tag=PGOV"))
    assert len(chosen.chips) == 2
    with django_assert_num_queries(0):
        assert without_one(chosen, SimpleNamespace(total=1)) == []


def test_offers_that_take_too_long_to_count_have_no_number(archive, client, monkeypatch):
    monkeypatch.setattr("cables.views.fewer.MILLISECONDS_AN_OFFER", 1)
    slow = " OR ".join(f'"ferry{number} strike guild harbour"~20' for number in range(20))
    page = page_of(client, f"/search/?{urlencode({'q': slow, 'tag': 'CVIS'})}")
    assert [words(item) for item in page.xpath("//ul[@class='without']/li")][1:] == ["without CVIS · Visas"]


def test_any_of_the_words_is_offered_with_its_number(archive, client):
    page = page_of(client, "/search/?q=strike+visas")
    (offer,) = page.xpath("//p[contains(., 'Few cables have all of these words')]")
    assert words(offer) == "Few cables have all of these words: find the 2 with any of them."


def test_answer_put_into_an_open_page_takes_the_focus_and_is_kept_apart(archive, client):
    whole = client.get("/search/?q=harbour")
    swapped = client.get("/search/?q=harbour", headers={"HX-Request": "true"})

    assert "HX-Request" in whole["Vary"]
    assert whole["Vary"] == swapped["Vary"]
    assert b"autofocus" not in whole.content
    assert swapped.content.replace(b'tabindex="-1" autofocus', b'tabindex="-1"', 1) == whole.content != swapped.content


def test_address_of_a_search_is_whole_and_canonical(archive, client):
    page = page_of(client, "/search/?q=tag:PGOV+harbour&sort=oldest&page=2")
    assert page.xpath("//input[@id='address']/@value") == ["http://testserver/search/?q=harbour&tag=PGOV&sort=oldest"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, [1, 2, 3, "…", 40]),
        (20, [1, "…", 18, 19, 20, 21, 22, "…", 40]),
        (40, [1, "…", 38, 39, 40]),
    ],
)
def test_pages_near_and_at_the_ends_are_offered(number, shown):
    assert near_pages(Paginator(range(400), 10).get_page(number)) == shown


def test_pages_lead_to_each_other(db, client, tmp_path):
    cables = {f"05VALDMARK{number}": body() for number in range(1, 31)}
    import_paths([csv_file(tmp_path / "c.csv", cables)])
    page = page_of(client, "/search/?q=harbour&page=2")
    (pages,) = page.xpath("//nav[@class='pages']")

    assert (
        words(page.xpath("//h2[@id='found']")[0]) == "30 cables held here mention “harbour”, by relevance, page 2 of 2"
    )
    assert page.findtext(".//title") == "harbour: search, page 2 · Cable Archive"
    assert words(pages) == "← Previous page Page 1 Page 2"
    assert pages.xpath("ol//@href") == ["?q=harbour&page=1"]
    assert pages.xpath("ol//*[@aria-current='page']")[0].text_content() == "Page 2"
