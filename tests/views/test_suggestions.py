"""Suggestions, offers and similar cables, as pages show them."""

from __future__ import annotations

import lxml.html
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from cables.filters import CableFilter
from cables.ingest.run import import_paths
from cables.views.suggestions import correction
from tests.invented import body, csv_file


def options(client, typed: str) -> list[tuple[str, str]]:
    content = client.get("/search/suggestions/", {"q": typed}).content.decode()
    fragment = lxml.html.fragment_fromstring(content, create_parent="datalist")
    return [(option.get("value"), option.text or "") for option in fragment.iter("option")]


def test_suggestions_are_options_of_a_list(archive, client):
    assert options(client, "ferr") == [("ferrymen", "")]
    assert options(client, "vis") == [("tag:CVIS", "Visas"), ("visas", "")]


def test_suggestion_holds_what_was_typed_so_that_browsers_show_it(archive, client):
    assert options(client, "05 valdmark 0347") == [("05VALDMARK347", "FERRYMEN THREATEN A STRIKE (05 valdmark 0347)")]
    assert options(client, "strike vis") == [("strike tag:CVIS", "Visas (strike vis)"), ("strike visas", "")]


def test_suggestions_are_escaped(db, client, tmp_path):
    import_paths([csv_file(tmp_path / "c.csv", {"05VALDMARK1": body(subject="<script>'&\"</script>")})])

    content = client.get("/search/suggestions/", {"q": '05"><img'}).content
    assert content == b""
    assert b"<script" not in client.get("/search/suggestions/", {"q": "05VALD"}).content
    assert options(client, "05VALD") == [("05VALDMARK1", "<script>'&\"</script>")]


def test_suggestions_may_be_kept_by_caches(archive, client):
    assert client.get("/search/suggestions/?q=vis")["Cache-Control"] == "public, max-age=300"


def test_nothing_typed_has_no_suggestions(archive, client):
    response = client.get("/search/suggestions/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", ["/", "/cable/05VALDMARK538/"])
def test_search_box_asks_for_suggestions_and_nothing_is_inline(archive, client, address):
    page = lxml.html.fromstring(client.get(address).content)
    (box,) = page.xpath("//input[@name='q']")

    assert box.get("hx-get") == "/search/suggestions/"
    assert page.xpath("//datalist/@id") == [box.get("list")] == [box.get("hx-target").lstrip("#")]
    assert page.xpath("//script[not(@src)] | //style | //@style") == []


def offer(query: str, total: int):
    return correction(CableFilter(QueryDict(query)), total)


def test_query_is_offered_where_few_cables_are_found_and_filters_stay(archive):
    offered = offer("q=harbor+authorty&tag=PGOV&sort=newest", 0)
    assert offered.query == "harbour authority"
    assert offered.query_string == "q=harbour+authority&tag=PGOV&sort=newest"


@pytest.mark.parametrize(
    ("query", "total"), [("q=strke", 5), ("tag=PGOV", 0), ("q=strke&tag=CVIS", 0), ("q=strke&until=2004", 0)]
)
def test_nothing_is_offered_where_it_would_not_help(archive, query, total):
    assert offer(query, total) is None


def test_offer_is_a_link(archive):
    html = render_to_string("cables/_did_you_mean.html", {"correction": offer("q=strke+OR+%3Cb%3E", 0)})
    assert lxml.html.fromstring(html).xpath("//a/@href") == ["?q=strike+OR+%3Cb%3E"]
    assert "strike OR &lt;b&gt;" in html
    assert render_to_string("cables/_did_you_mean.html", {"correction": None}).strip() == ""


@pytest.fixture
def zeppelins(archive, tmp_path):
    texts = {1: "A zeppelin left its hangar.", 2: "The hangar of the zeppelin is empty."}
    cables = {
        f"05VALDMARK{number}": body(subject="WEATHER", text=f"1. (C) Quiet. {texts.get(number, '')}")
        for number in range(1, 26)
    }
    import_paths([csv_file(tmp_path / "more.csv", cables)])


def test_cable_page_leads_to_cables_like_it_and_fetches_the_first(zeppelins, client):
    page = lxml.html.fromstring(client.get("/cable/05VALDMARK1/").content)
    (aside,) = page.xpath("//aside[@aria-labelledby='similar']")
    (address,) = aside.xpath(".//p/a/@href")
    assert aside.xpath("./div/@hx-get") == [address]

    response = client.get(address, headers={"HX-Request": "true"})
    few = lxml.html.fromstring(response.content)
    assert few.xpath("//li/a/@href") == ["/cable/05VALDMARK2/"]
    assert few.xpath("//li//time/text()") == ["2 Mar 2005"]
    assert few.xpath("//p/a/@href") == ["/cable/05VALDMARK1/similar/"]
    assert "HX-Request" in response["Vary"]


def test_first_cables_like_one_that_is_like_no_other(zeppelins, client):
    few = client.get("/cable/05VALDMARK20/similar/", headers={"HX-Request": "true"}).content.decode()
    assert few.split("<p>")[1:] == ["No other cable shares two of its rare words or TAGS.</p>\n\n"]


def test_page_of_similar_cables(zeppelins, client):
    page = lxml.html.fromstring(client.get("/cable/05VALDMARK1/similar/").content)
    assert page.xpath("//ul[@class='cables']//h3/a/@href") == ["/cable/05VALDMARK2/"]

    empty = client.get("/cable/05VALDMARK20/similar/").content.decode()
    assert "No other cable shares two of its rare words or TAGS." in empty


def test_page_of_similar_cables_by_another_spelling_and_of_none(zeppelins, client):
    response = client.get("/cable/05valdmark0001/similar/")
    assert (response.status_code, response["Location"]) == (301, "/cable/05VALDMARK1/similar/")
    assert client.get("/cable/05NOWHERE1/similar/").status_code == 404
    assert client.get("/cable/05VALDMARK1%00/similar/").status_code == 404
