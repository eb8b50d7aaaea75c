"""The cables beside a cable: of its post, and in the search that a reader came from."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.ingest.run import import_paths
from cables.models import Cable
from cables.search.engine import HITS_A_PAGE
from cables.search.neighbours import beside
from tests.invented import body, csv_file
from tests.patience import no_time_to_find
from tests.views.reading import words


def html(client, address: str) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


@pytest.fixture
def series(db: None, tmp_path: Path) -> dict[str, Cable]:
    """Cables of one post, two of them of one moment, one undated; one of another post between them."""
    names = ["05VALDMARK9", "05VALDMARK11", "05VALDMARK10", "05VALDMARK30", "05VALDMARK40"]
    import_paths([csv_file(tmp_path / "one.csv", {name: body(subject=f"NOTE {name}") for name in names})])
    (tmp_path / "other").mkdir()
    other = {"05QUILLPORT1": body(), "05QUILLPORT2": body()}
    import_paths([csv_file(tmp_path / "other" / "two.csv", other, origin="Embassy Quillport")])
    cables = {cable.identifier: cable for cable in Cable.objects.all()}
    moment = cables["05VALDMARK11"].sent_at
    Cable.objects.filter(identifier__in=["05VALDMARK9", "05VALDMARK10"]).update(sent_at=moment)
    Cable.objects.filter(identifier="05VALDMARK40").update(sent_at=None)
    return {cable.identifier: cable for cable in Cable.objects.all()}


@pytest.mark.parametrize(
    ("name", "neighbours"),
    [
        ("05VALDMARK9", (None, "05VALDMARK10")),
        ("05VALDMARK10", ("05VALDMARK9", "05VALDMARK11")),
        ("05VALDMARK11", ("05VALDMARK10", "05VALDMARK30")),
        ("05VALDMARK30", ("05VALDMARK11", None)),
        ("05VALDMARK40", (None, None)),
        ("05QUILLPORT1", (None, "05QUILLPORT2")),
    ],
)
def test_neighbours_are_of_the_post_by_date_then_number(series, django_assert_max_num_queries, name, neighbours):
    with django_assert_max_num_queries(1):
        assert tuple(other.identifier if other else None for other in beside(series[name])) == neighbours


def test_page_leads_to_the_cables_before_and_after_of_its_post(series, client):
    (nav,) = html(client, "/cable/05VALDMARK11/").xpath("//nav[@class='neighbours']")

    assert nav.get("aria-label") == "Before and after from Embassy Valdmark"
    assert [(link.get("rel"), link.get("href"), words(link)) for link in nav.xpath(".//a")] == [
        ("prev", "/cable/05VALDMARK10/", "← 2 March 2005 NOTE 05VALDMARK10"),
        ("next", "/cable/05VALDMARK30/", "4 March 2005 → NOTE 05VALDMARK30"),
    ]


@pytest.fixture
def many(db: None, tmp_path: Path) -> int:
    """More hits of "ferry" than a page of results holds, not equally good ones, and other cables."""
    cables = {
        f"05VALDMARK{number}": body(
            subject=f"FERRY {number}" if number % 3 else f"NOTE {number}",
            text=f"1. (C) The {'ferry ' * (number % 5 + 1)}sails{' on and on' * (number % 7)}.",
        )
        for number in range(1, 28)
    }
    cables["05VALDMARK99"] = body(subject="VISAS", tags="CVIS", text="1. (C) Nothing.")
    import_paths([csv_file(tmp_path / "many.csv", cables)])
    return 27


def hits(client, query: str) -> list[str]:
    """Return the links of all hits, page after page, as the results have them."""
    links: list[str] = []
    for number in (1, 2):
        page = html(client, f"/search/?{query}&page={number}")
        links += page.xpath("//ol[@class='cables']//h3/a/@href")
    return links


@pytest.mark.parametrize("query", ["q=ferry", "q=ferry&sort=oldest", "tag=PGOV"])
def test_walk_through_results_is_in_their_order_and_back_leads_to_the_right_page(many, client, query):
    links = hits(client, query)
    assert len(set(links)) == many > HITS_A_PAGE

    walked, address = [links[0]], links[0]
    while True:
        page = html(client, address)
        (nav,) = page.xpath("//nav[@class='came-from']")
        assert words(nav.xpath("p")[0]).startswith(f"Result {len(walked)} of {many} for ")
        (back,) = [href for href in nav.xpath(".//a/@href") if href.startswith("/search/")]
        if len(walked) in {HITS_A_PAGE, HITS_A_PAGE + 1}:
            assert address in html(client, back).xpath("//ol[@class='cables']//h3/a/@href")
        assert [urlsplit(link).path for link in nav.xpath(".//a[@rel='prev']/@href")] == [
            urlsplit(link).path for link in walked[-2:-1]
        ]
        following = nav.xpath(".//a[@rel='next']/@href")
        if not following:
            break
        address = following[0]
        walked.append(address)
    assert walked == links


def test_search_is_told_in_words_and_carried_by_its_links(archive, client):
    search = "q=harbour&tag=PGOV&sort=oldest"
    page = html(client, f"/cable/05VALDMARK538/?{urlencode({'search': search})}")
    (nav,) = page.xpath("//nav[@class='came-from']")

    assert words(nav.xpath("p")[0]) == "Result 1 of 2 for “harbour”, PGOV · Internal Governmental Affairs"
    (following,) = nav.xpath(".//a[@rel='next']")
    assert words(following) == "Next result: FERRYMEN THREATEN A STRIKE →"
    assert urlsplit(following.get("href")).path == "/cable/05VALDMARK347/"
    assert parse_qs(urlsplit(following.get("href")).query) == {"search": [search]}
    assert nav.xpath(".//a[@rel='prev']") == []
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://testserver/cable/05VALDMARK538/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    (as_received,) = page.xpath("//a[.='As received']/@href")
    assert html(client, as_received).xpath("//nav[@class='came-from']//a/@href") == nav.xpath(".//a/@href")


def test_page_without_a_search_is_for_robots_and_tells_of_none(archive, client):
    page = html(client, "/cable/05VALDMARK538/")
    assert page.xpath("//meta[@name='robots'] | //nav[@class='came-from']") == []


def test_search_for_everything_is_walked_too(archive, client):
    (nav,) = html(client, "/cable/05VALDMARK347/?search=").xpath("//nav[@class='came-from']")
    assert words(nav.xpath("p")[0]) == "Result 2 of 3"
    assert [words(link) for link in nav.xpath(".//a")] == [
        "← Previous result: VISAS FOR SAILORS",
        "Back to the results",
        "Next result: ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN →",
    ]
    assert hits(client, "")[:3] == [f"/cable/05VALDMARK{number}/?search=" for number in (600, 347, 538)]


def test_cable_that_the_search_does_not_find_says_so_and_leads_back(archive, client):
    (nav,) = html(client, "/cable/05VALDMARK538/?search=q%3Dstrike").xpath("//nav[@class='came-from']")
    assert words(nav) == "This cable is not among the results for “strike” Back to the results"
    assert nav.xpath(".//a/@href") == ["/search/?q=strike"]


@pytest.mark.parametrize(
    "search",
    [
        "nonsense",
        "page=3",
        "%%%",
        "\x00",
        "since=yesterday",
        "tag=NOSUCH",
        "a=1&" * 2000,
        "=",
        "&&&",
        "q=",
        "q=\x00ferry",
    ],
)
def test_search_that_asks_for_nothing_is_ignored(archive, client, search):
    page = html(client, f"/cable/05VALDMARK538/?{urlencode({'search': search})}")
    assert page.xpath("//nav[@class='came-from']") == []
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize(
    "search", ["q=((", "q=<script>", "q=harbour&tag=NOSUCH", "q=%22harbour", "q=/re/", "sort=oldest"]
)
def test_search_with_something_wrong_in_it_is_no_error(archive, client, search):
    page = html(client, f"/cable/05VALDMARK538/?{urlencode({'search': search})}")
    (nav,) = page.xpath("//nav[@class='came-from']")
    assert words(nav).startswith(("Result ", "This cable is not among"))
    assert page.xpath("//script[not(@src)]") == []


def test_search_that_takes_too_long_leaves_the_cable_readable(archive, client):
    many = " OR ".join(f'"ferry{number} strike guild harbour"~20' for number in range(20))
    with no_time_to_find():
        page = html(client, f"/cable/05VALDMARK538/?{urlencode({'search': urlencode({'q': many})})}")

    (nav,) = page.xpath("//nav[@class='came-from']")
    assert "took too long" in words(nav)
    assert len(nav.xpath(".//a")) == 1
    assert words(page.xpath("//h1")[0]) == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"
    assert len(page.xpath("//nav[@class='neighbours']")) == 1


def queries(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [
        query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET "))
    ]


def test_page_asks_one_query_for_its_neighbours_and_none_for_its_citations(archive, client):
    asked = queries(client, "/cable/05VALDMARK538/")
    assert sum('UNION ALL (SELECT "cables_cable"' in sql for sql in asked) == 1
    assert sum("cables_cabletag" in sql for sql in asked) <= 2  # for the page, and for the cables like it


def test_place_in_a_search_takes_as_many_queries_wherever_it_is(many, client):
    search = urlencode({"search": "q=ferry&tag=PGOV"})
    plain = len(queries(client, "/cable/05VALDMARK1/"))
    with_search = {len(queries(client, f"/cable/05VALDMARK{number}/?{search}")) for number in (1, 9, 14, 26)}

    # What is new, four that read all entries into memory (in a transaction that has written), TAGS by their codes and
    # of the chips, hits, ranks, the two neighbours.
    assert with_search == {plain + 10}
