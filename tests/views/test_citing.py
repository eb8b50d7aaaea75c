"""A cable's citations, what programs read of it, and the cables beside it: of its post and in a search."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.citing import CENTRAL_FILES
from cables.ingest.run import import_paths
from cables.models import Alias, Cable
from cables.search.engine import HITS_A_PAGE
from cables.search.neighbours import beside
from tests.invented import body, csv_file, seed_page
from tests.patience import no_time_to_find

ADDRESS = "http://testserver/cable/05VALDMARK538/"
NARA = (
    "Telegram 05VALDMARK538 from Embassy Valdmark, “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” "
    "February 10, 2005; invented-2, released October 4, 2011; Cable Archive [online version at {}]."
)


def html(client, address: str) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


def meta(page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in page.xpath("//head/meta[starts-with(@name, 'DC.') or starts-with(@name, 'citation_')]"):
        found.setdefault(element.get("name"), []).append(element.get("content"))
    return found


@pytest.mark.parametrize(
    ("ending", "content_type", "disposition", "beginning"),
    [
        ("bib", "application/x-bibtex; charset=utf-8", "attachment", "@misc{05VALDMARK538,"),
        (
            "ris",
            "application/x-research-info-systems; charset=utf-8",
            "attachment",
            "TY  - RPRT\r\nID  - 05VALDMARK538",
        ),
        ("csl.json", "application/vnd.citationstyles.csl+json", "attachment", '[\n  {\n    "id": "05VALDMARK538"'),
        ("jsonld", "application/ld+json", "inline", '{\n  "@context": "https://schema.org"'),
    ],
)
def test_citation_is_a_file_with_its_name(archive, client, ending, content_type, disposition, beginning):
    response = client.get(f"/cable/05VALDMARK538.{ending}")

    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'{disposition}; filename="05VALDMARK538.{ending}"'
    assert response.content.decode().startswith(beginning)
    assert ADDRESS in response.content.decode()


def test_file_cites_a_paragraph_that_there_is_and_else_the_cable(archive, client):
    def address(query: str) -> str:
        return json.loads(client.get(f"/cable/05VALDMARK538.csl.json{query}").content)[0]["URL"]

    assert address("?paragraph=2") == f"{ADDRESS}#par2"
    assert address("?paragraph=9") == ADDRESS
    assert address("") == ADDRESS


@pytest.mark.parametrize("ending", [".bib", ".ris", ".csl.json", ".jsonld", "/cite/"])
def test_other_names_lead_to_the_citation_and_unknown_ones_are_told(archive, client, ending):
    Alias.objects.create(identifier="05ECTION01OF02VALDMARK538", target="05VALDMARK538")
    for name in ["05VALDMARK000538", "05ECTION01OF02VALDMARK538"]:
        response = client.get(f"/cable/{name}{ending}")
        assert (response.status_code, response["Location"]) == (301, f"/cable/05VALDMARK538{ending}")
    for name in ["05VALDMARK342", "%00", "x" * 3000]:
        assert client.get(f"/cable/{name}{ending}").status_code == 404


def test_cable_folds_its_citations_and_ends_its_printed_sheet_with_one(archive, client):
    page = html(client, "/cable/05VALDMARK538/")
    (cite,) = page.xpath("//details[@class='cite']")

    assert words(cite.xpath("summary")[0]) == "Cite this cable"
    assert [words(label) for label in cite.xpath(".//dt")] == ["National Archives", "Chicago, note", "MLA, works cited"]
    assert words(cite.xpath(".//dd")[0]) == NARA.format(ADDRESS)
    assert cite.xpath(".//a/@href") == [
        "/cable/05VALDMARK538.bib",
        "/cable/05VALDMARK538.ris",
        "/cable/05VALDMARK538.csl.json",
        "/cable/05VALDMARK538/cite/",
    ]
    assert words(page.xpath("//footer[@class='sheet-end']")[0]) == words(cite.xpath(".//dd")[1])


def test_page_of_citations_has_every_form_of_cable_and_paragraph(archive, client):
    whole = html(client, "/cable/05VALDMARK538/cite/")
    assert words(whole.xpath("//h1")[0]) == "Cite 05VALDMARK538"
    assert [words(form) for form in whole.xpath("//h3")] == ["BibTeX", "RIS", "CSL-JSON"]
    assert words(whole.xpath("//dd")[0]) == NARA.format(ADDRESS)
    assert whole.xpath("//ul[@class='paragraphs']//@href") == [
        "/cable/05VALDMARK538/cite/",
        "?paragraph=1",
        "?paragraph=2",
        "?paragraph=3",
    ]

    one = html(client, "/cable/05VALDMARK538/cite/?paragraph=3")
    assert words(one.xpath("//h1")[0]) == "Cite paragraph 3 of 05VALDMARK538"
    assert words(one.xpath("//dd")[0]) == NARA.replace("2005;", "2005, paragraph 3;").format(f"{ADDRESS}#par3")
    for written, link in zip(one.xpath("//pre"), one.xpath("//a[@download]/@href"), strict=True):
        sent = client.get(link).content.decode().replace("\r\n", "\n")
        assert written.text_content() == sent
        assert f"{ADDRESS}#par3" in sent


@pytest.mark.parametrize("paragraph", ["9", "<b>", "\x00", "-1", "x" * 500])
def test_paragraph_that_there_is_not_is_told(archive, client, paragraph):
    page = html(client, f"/cable/05VALDMARK538/cite/?{urlencode({'paragraph': paragraph})}")

    assert "has no paragraph" in words(page.xpath("//p[@role='alert']")[0])
    assert words(page.xpath("//dd")[0]) == NARA.format(ADDRESS)


def test_empty_paragraph_is_the_whole_cable(archive, client):
    page = html(client, "/cable/05VALDMARK538/cite/?paragraph=")
    assert page.xpath("//p[@role='alert']") == []
    assert words(page.xpath("//dd")[0]) == NARA.format(ADDRESS)


def test_head_tells_programs_what_the_page_tells_readers(archive, client):
    page = html(client, "/cable/05VALDMARK538/")

    assert meta(page) == {
        "DC.title": ["ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"],
        "DC.creator": ["Embassy Valdmark"],
        "DC.date": ["2005-02-10"],
        "DC.type": ["Diplomatic cable"],
        "DC.identifier": ["05VALDMARK538"],
        "DC.publisher": ["Cable Archive"],
        "DC.source": ["invented-2"],
        "DC.language": ["en"],
        "DC.subject": ["PGOV", "PREL", "ECON"],
        "citation_title": ["ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"],
        "citation_author": ["Embassy Valdmark,"],
        "citation_publication_date": ["2005/02/10"],
        "citation_technical_report_institution": ["Embassy Valdmark"],
        "citation_technical_report_number": ["05VALDMARK538"],
        "citation_abstract": ["The harbour authority has given the concession to the ferrymen's guild."],
        "citation_language": ["en"],
        "citation_public_url": [ADDRESS],
    }
    assert page.xpath("//link[@rel='canonical']/@href") == [ADDRESS]
    alternates = page.xpath("//link[@rel='alternate']")
    assert {link.get("type"): client.get(link.get("href"))["Content-Type"].split(";")[0] for link in alternates} == {
        form: form
        for form in [
            "text/plain",
            "application/json",
            "application/ld+json",
            "application/x-bibtex",
            "application/x-research-info-systems",
            "application/vnd.citationstyles.csl+json",
        ]
    }


def test_cable_of_which_little_is_known_is_cited_as_such(db, client, tmp_path: Path):
    import_paths([csv_file(tmp_path / "c.csv", {"05VALDMARK1": body()})])
    Cable.objects.update(subject="", origin=None, sent_at=None, summary="", release_name="")

    page = html(client, "/cable/05VALDMARK1/")

    assert meta(page) == {
        "DC.title": ["Cable 05VALDMARK1 (no subject)"],
        "DC.type": ["Diplomatic cable"],
        "DC.identifier": ["05VALDMARK1"],
        "DC.publisher": ["Cable Archive"],
        "DC.language": ["en"],
        "DC.subject": ["PGOV"],
        "citation_title": ["Cable 05VALDMARK1 (no subject)"],
        "citation_technical_report_institution": ["Cable Archive"],
        "citation_technical_report_number": ["05VALDMARK1"],
        "citation_language": ["en"],
        "citation_public_url": ["http://testserver/cable/05VALDMARK1/"],
    }
    assert words(page.xpath("//dd[@class='citation']")[0]) == (
        "Telegram 05VALDMARK1, origin not stated, no subject, undated; "
        "Cable Archive [online version at http://testserver/cable/05VALDMARK1/]."
    )
    assert page.xpath("//nav[@class='neighbours']") == []


@pytest.mark.parametrize(
    ("release", "series"), [("nara-1975", f"film number D750012-0345, {CENTRAL_FILES}"), ("Invented demo corpus", "")]
)
def test_original_at_the_national_archives_is_cited_unless_it_is_invented(archive, client, release, series):
    Cable.objects.update(form="nara-text", release_name=release, attributes={"Film Number": "D750012-0345"})

    cited = words(html(client, "/cable/05VALDMARK538/").xpath("//dd[@class='citation']")[0])
    assert cited.split("; ", 1)[1] == f"{series}; {release}".strip("; ") + (
        f", released October 4, 2011; Cable Archive [online version at {ADDRESS}]."
    )


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
    assert page.xpath("//link[@rel='canonical']/@href") == [ADDRESS]
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


def test_hostile_text_stays_text_in_the_head_and_in_citations(db, client, tmp_path: Path):
    hostile = '"><script>alert(1)</script>'
    (tmp_path / "page.txt").write_text(seed_page(subject=f"FERRY {hostile}", origin=f"Embassy {hostile}"))
    import_paths([tmp_path / "page.txt"])

    for address in ["/cable/05VALDMARK538/", "/cable/05VALDMARK538/cite/"]:
        page = html(client, address)
        assert page.xpath("//script[not(@src)]") == []
        assert hostile.replace('"', "'") in words(page.xpath("//dd[@class='citation']")[0])
    assert meta(html(client, "/cable/05VALDMARK538/"))["DC.title"] == [f"FERRY {hostile}"]
