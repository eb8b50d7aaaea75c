"""The page of a search over time."""

from __future__ import annotations

import lxml.html
import pytest

from tests.patience import no_time_to_find


def test_table_tells_what_the_pictures_show_and_leads_to_the_cables(archive, client):
    page = lxml.html.fromstring(client.get("/search/trend/?q=harbour&tag=PGOV").content)

    assert [[cell.text_content() for cell in row] for row in page.xpath("//table/tbody/tr")] == [
        ["2005-02", "1", "1", "100.00 %"],
        ["2005-03", "1", "2", "50.00 %"],
    ]
    assert [picture.xpath(".//rect/@height") for picture in page.xpath("//svg")] == [["100", "100"], ["100", "50"]]
    assert page.xpath("//table//a/@href") == [
        "/search/?q=harbour&tag=PGOV&since=2005-02&until=2005-02",
        "/search/?q=harbour&tag=PGOV&since=2005-03&until=2005-03",
    ]
    for href, count in zip(page.xpath("//table//a/@href"), page.xpath("//table//td[1]/text()"), strict=True):
        found = lxml.html.fromstring(client.get(href).content)
        assert len(found.xpath("//ol[@class='cables']/li")) == int(count)


def test_nothing_found_has_no_picture(archive, client):
    page = lxml.html.fromstring(client.get("/search/trend/?q=zeppelin").content)
    assert page.xpath("//svg | //table") == []
    assert "No dated cable found." in page.text_content()


def test_every_cable_over_time_and_wrong_values_are_told(archive, client):
    page = lxml.html.fromstring(client.get("/search/trend/?since=yesterday").content)
    assert page.xpath("//table//td[1]/text()") == ["1", "2"]
    assert "“yesterday” is no date" in page.xpath("//p[@role='alert']")[0].text


@pytest.mark.parametrize("query", ["%22", "((", "%00", "'%20--", "%3Cscript%3E"])
def test_any_query_gives_a_page_with_nothing_inline(archive, client, query):
    page = lxml.html.fromstring(client.get(f"/search/trend/?q={query}").content)
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//@style | //style | //script[not(@src)]") == []


def test_trend_that_takes_too_long_is_given_up_and_says_so(archive, client):
    many = " OR ".join(f'"ferry{number} strike guild harbour"~20' for number in range(20))
    with no_time_to_find():
        response = client.get("/search/trend/", {"q": many})

    assert response.status_code == 503
    assert "The search took too long" in response.content.decode()
