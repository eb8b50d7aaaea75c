"""Dates: years, months and days as calendars, each with its neighbours."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from cables.ingest.run import import_paths
from cables.models import Cable, SearchEntry
from tests.invented import csv_rows
from tests.views.reading import words

DAYS = {  # identifier -> created, as M/D/YYYY
    "79VALDMARK1": "12/31/1979",
    "05VALDMARK1": "2/10/2005",
    "05VALDMARK2": "2/10/2005",
    "05VALDMARK3": "2/28/2005",
    "05VALDMARK4": "4/1/2005",
    "06VALDMARK1": "1/1/2006",
}


@pytest.fixture(autouse=True)
def archive(db: None, tmp_path: Path) -> None:
    """The cables of DAYS, and one without a day."""
    rows = [
        (f"{created} 9:30", identifier, "Embassy Valdmark", "SECRET", "", "", "1. Text.")
        for identifier, created in {**DAYS, "05VALDMARK99": "6/6/2005"}.items()
    ]
    (tmp_path / "days.csv").write_text(csv_rows(rows))
    import_paths([tmp_path / "days.csv"])
    undated = Cable.objects.get(identifier="05VALDMARK99")
    Cable.objects.filter(pk=undated.pk).update(sent_at=None)
    SearchEntry.objects.refresh([undated.pk])


def page_at(client, address: str, status: int = 200) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == status
    return lxml.html.fromstring(response.content)


def cells(page: lxml.html.HtmlElement) -> dict[str, str]:
    """Return what each linked cell of the calendars says, by its address."""
    return {link.get("href"): words(link) for link in page.xpath("//table//td//a")}


def neighbours(page: lxml.html.HtmlElement) -> dict[str, tuple[str, str]]:
    return {link.get("rel"): (link.get("href"), words(link)) for link in page.xpath("//nav[@class='turn']/a")}


def listed(page: lxml.html.HtmlElement) -> list[str]:
    return [words(row) for row in page.xpath("//ul[@class='cables']//span[@class='identifier']")]


def test_years_show_every_month_with_its_count(client):
    page = page_at(client, "/dates/")

    assert [[words(cell) for cell in row] for row in page.xpath("//tbody/tr")] == [
        ["1979", *[""] * 11, "1", "1"],
        ["2005", "", "3", "", "1", *[""] * 8, "4"],
        ["2006", "1", *[""] * 11, "1"],
    ]
    assert page.xpath("//tbody//td/a/@href") == [
        "/dates/1979/12/",
        "/dates/2005/02/",
        "/dates/2005/04/",
        "/dates/2006/01/",
    ]
    assert page.xpath("//tbody//td/a/@aria-label")[1] == "February 2005: 3"
    assert page.xpath("//tbody//td/a/@class") == ["heat-3", "heat-5", "heat-3", "heat-3"]
    assert [words(key) for key in page.xpath("//p[@class='key']/span")] == ["Cables a month:", "1", "2–3"]
    assert [words(note) for note in page.xpath("//main//p[@class='soft']")] == ["1 cable without a date."]


def test_year_shows_its_days_and_leads_to_the_years_beside_it(client):
    page = page_at(client, "/dates/2005/")

    assert [words(lead) for lead in page.xpath("//p[@class='lead']")] == ["4 cables."]
    assert [words(heading) for heading in page.xpath("//section[@class='sheet']/h2")] == [
        "January", "February 3", "March", "April 1", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]  # fmt: skip
    assert cells(page) == {
        "/dates/2005/02/10/": "10 February 2005: 2 cables",
        "/dates/2005/02/28/": "28 February 2005: 1 cable",
        "/dates/2005/04/01/": "1 April 2005: 1 cable",
    }
    days = page.xpath("//table//span[@class='day']/text()")
    assert len(days) == 365
    assert neighbours(page) == {"prev": ("/dates/1979/", "← 1979"), "next": ("/dates/2006/", "2006 →")}
    assert neighbours(page_at(client, "/dates/1979/")) == {"next": ("/dates/2005/", "2005 →")}
    assert "/search/?since=2005-01-01&until=2005-12-31" in page.xpath("//main//a/@href")


def test_month_shows_its_days_and_its_cables(client):
    page = page_at(client, "/dates/2005/02/")

    assert cells(page) == {
        "/dates/2005/02/10/": "10 February 2005: 2 cables",
        "/dates/2005/02/28/": "28 February 2005: 1 cable",
    }
    assert page.xpath("//table//span[@class='number']/text()") == ["2", "1"]
    assert [header.get("aria-label") for header in page.xpath("//table//th[@scope='col']")] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]  # fmt: skip
    assert listed(page) == ["05VALDMARK3", "05VALDMARK2", "05VALDMARK1"]
    assert neighbours(page) == {
        "prev": ("/dates/1979/12/", "← December 1979"),
        "next": ("/dates/2005/04/", "April 2005 →"),
    }


def test_day_shows_its_cables_and_leads_to_the_days_beside_it(client):
    page = page_at(client, "/dates/2005/02/10/")

    assert words(page.xpath("//h1")[0]) == "Thursday, 10 February 2005"
    assert listed(page) == ["05VALDMARK2", "05VALDMARK1"]
    assert page.xpath("//p[@class='crumbs']/a/@href") == ["/dates/", "/dates/2005/", "/dates/2005/02/"]
    assert neighbours(page) == {
        "prev": ("/dates/1979/12/31/", "← 31 December 1979"),
        "next": ("/dates/2005/02/28/", "28 February 2005 →"),
    }
    assert page.xpath("//table | //meta[@name='robots']") == []


@pytest.mark.parametrize(
    ("address", "name", "around"),
    [
        ("/dates/1990/", "1990", ["/dates/1979/", "/dates/2005/"]),
        ("/dates/2005/03/", "March 2005", ["/dates/2005/02/", "/dates/2005/04/"]),
        ("/dates/2005/02/11/", "11 February 2005", ["/dates/2005/02/10/", "/dates/2005/02/28/"]),
    ],
)
def test_time_without_cables_between_others_says_so_and_leads_on(client, address, name, around):
    page = page_at(client, address)
    assert [words(lead) for lead in page.xpath("//p[@class='lead']")] == [f"No cable of {name} is held."]
    assert page.xpath("//nav[@class='turn']/a/@href") == around
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//table | //ul[@class='cables']") == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/dates/1801/", "No cable of 1801 is held. The cables held are of 31 December 1979 to 1 January 2006."),
        ("/dates/2006/01/02/", "No cable of 2 January 2006 is held. The cables held are of"),
        ("/dates/1979/11/", "No cable of November 1979 is held. The cables held are of"),
        ("/dates/2005/13/", "There is no 2005-13 in the calendar."),
        ("/dates/2005/02/30/", "There is no 2005-2-30 in the calendar."),
        ("/dates/0/", "There is no 0000 in the calendar."),
        ("/dates/12345/", "There is no 12345 in the calendar."),
    ],
)
def test_time_outside_the_archive_or_the_calendar_is_not_found(client, address, why):
    page = page_at(client, address, 404)
    assert words(page.xpath("//p[@class='lead']")[0]).startswith(why)


def test_archive_without_cables_has_no_days(client):
    Cable.objects.all().delete()
    assert page_at(client, "/dates/2005/", 404).xpath("//h1/text()") == ["There is no such page"]
    assert words(page_at(client, "/dates/").xpath("//p[@class='lead']")[0]) == "No dated cable is held yet."


def test_month_in_one_digit_is_the_same_page_and_names_its_own_address(client):
    page = page_at(client, "/dates/2005/2/")
    assert listed(page) == ["05VALDMARK3", "05VALDMARK2", "05VALDMARK1"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["/dates/2005/02/"]


def test_cable_leads_to_its_day(client):
    assert "/dates/2005/02/28/" in page_at(client, "/cable/05VALDMARK3/").xpath("//main//a/@href")
