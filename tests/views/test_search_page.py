"""Search: words, filters, order, and what the page says."""

from __future__ import annotations

import lxml.html
import pytest
from django.db import connection

from cables.ingest.run import import_paths
from tests.invented import body, csv_file


def found(client, query: str) -> list[str]:
    page = lxml.html.fromstring(client.get(f"/search/?{query}").content)
    return [href.strip("/").split("/")[1] for href in page.xpath("//ol[@class='cables']//h3/a/@href")]


@pytest.mark.parametrize(
    ("query", "identifiers"),
    [
        ("q=strike", {"05VALDMARK347"}),
        ("q=strikes", {"05VALDMARK347"}),
        ("q=harbour+concession", {"05VALDMARK538"}),
        ("q=%22harbour+authority%22", {"05VALDMARK538"}),
        ("q=%22authority+harbour%22", set()),
        ("q=harbour", {"05VALDMARK347", "05VALDMARK538"}),
        ("q=harbour+-concession", {"05VALDMARK347"}),
        ("q=strike+OR+visa", {"05VALDMARK347", "05VALDMARK600"}),
        ("q=h%C3%A1rbour+concession", {"05VALDMARK538"}),
        ("tag=PGOV", {"05VALDMARK347", "05VALDMARK538"}),
        ("tag=pgov&tag=ELAB", {"05VALDMARK347"}),
        ("tag=PGOV&tag=CVIS", set()),
        ("origin=embassy-valdmark", {"05VALDMARK347", "05VALDMARK538", "05VALDMARK600"}),
        ("classification=confidential&tag=CVIS", {"05VALDMARK600"}),
        ("classification=secret", set()),
        ("caption=sipdis", {"05VALDMARK538"}),
        ("caption=SIPDIS&caption=NOFORN", set()),
        ("since=2005-03-02", {"05VALDMARK600"}),
        ("until=2005-02", {"05VALDMARK538"}),
        ("since=2005&until=2005", {"05VALDMARK347", "05VALDMARK538", "05VALDMARK600"}),
        ("until=2004", set()),
        ("q=subject:strike", {"05VALDMARK347"}),
        ("q=subject:quiet", set()),
        ("q=body:quiet", {"05VALDMARK347"}),
        ("q=summary:guild", {"05VALDMARK538"}),
        ("q=concess*", {"05VALDMARK538"}),
        ("q=%22concession+authority%22~5", {"05VALDMARK538"}),
        ("q=%22concession+authority%22~1", set()),
        ("q=tag:pgov", {"05VALDMARK347", "05VALDMARK538"}),
        ("q=tag:%28PGOV+-ELAB%29", {"05VALDMARK538"}),
        ("q=tag:ELAB+OR+visas", {"05VALDMARK347", "05VALDMARK600"}),
        ("q=-tag:PGOV", {"05VALDMARK600"}),
        ("q=origin:valdmark+strike", {"05VALDMARK347"}),
        ("q=class:confidential+visas", {"05VALDMARK600"}),
        ("q=caption:sipdis", {"05VALDMARK538"}),
        ("q=mark:S/NF", {"05VALDMARK538"}),
        ("q=mark:S/NF+visas", set()),
        ("q=date:2005-02", {"05VALDMARK538"}),
        ("q=date:%3E2005-02", {"05VALDMARK347", "05VALDMARK600"}),
        ("q=id:05VALDMARK0347+OR+visas", {"05VALDMARK347", "05VALDMARK600"}),
        ("q=cites:05VALDMARK347", {"05VALDMARK538"}),
        ("q=citedby:05VALDMARK538", {"05VALDMARK347"}),
        ("q=para:%28bids+close%29", {"05VALDMARK538"}),
        ("q=para:%28bids+appeal%29", set()),
        ("q=bids+appeal", {"05VALDMARK538"}),
        ("q=held:no", set()),
        ("q=538+concession", {"05VALDMARK538"}),
        ("q=00538+concession", {"05VALDMARK538"}),
    ],
)
def test_search_finds(archive, client, query, identifiers):
    assert set(found(client, query)) == identifiers


def test_word_in_the_subject_counts_more_than_in_the_text(db, client, tmp_path):
    cables = {
        "05VALDMARK1": body(subject="WEATHER", text="1. (C) The lighthouse is closed."),
        "05VALDMARK2": body(subject="LIGHTHOUSE", text="1. (C) The weather is fine."),
    }
    import_paths([csv_file(tmp_path / "c.csv", cables)])

    assert found(client, "q=lighthouse") == ["05VALDMARK2", "05VALDMARK1"]
    assert found(client, "q=lighthouse&sort=newest") == ["05VALDMARK2", "05VALDMARK1"]
    assert found(client, "q=lighthouse&sort=oldest") == ["05VALDMARK1", "05VALDMARK2"]


@pytest.mark.parametrize("name", ["05VALDMARK538", "05valdmark000538", "05 Valdmark 538", "05VALDMARK0538"])
def test_identifier_leads_to_its_cable(archive, client, name):
    response = client.get("/search/", {"q": name})
    assert (response.status_code, response["Location"]) == (302, "/cable/05VALDMARK538/")


def test_snippet_marks_the_words_in_their_paragraph(archive, client):
    page = lxml.html.fromstring(client.get("/search/?q=lunch+bids").content)
    (excerpt,) = page.xpath("//p[@class='excerpt']")

    assert [mark.text for mark in excerpt.xpath("mark")] == ["lunch", "bids"]
    assert excerpt.xpath("a/@href") == ["/cable/05VALDMARK538/#par2"]
    assert excerpt.xpath("span[@class='marking']/text()") == ["S/NF"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("since=yesterday", "From: “yesterday” is no date: write 2005, 2005-02 or 2005-02-10."),
        ("until=2005-02-31", "To: “2005-02-31” is no date: write 2005, 2005-02 or 2005-02-10."),
        ("tag=NOSUCH", "TAGS: “NOSUCH” is not in this archive."),
        ("origin=nowhere", "Origin: “nowhere” is not in this archive."),
        ("sort=size", "Sort by: Select a valid choice. size is not one of the available choices."),
    ],
)
def test_wrong_value_gives_a_message_and_the_rest_of_the_search(archive, client, query, message):
    response = client.get(f"/search/?q=strike&{query}")

    assert response.status_code == 200
    page = lxml.html.fromstring(response.content)
    assert [notice.text for notice in page.xpath("//p[@class='notice']")] == [message]
    assert found(client, f"q=strike&{query}") == ["05VALDMARK347"]


@pytest.mark.parametrize("query", ['"', "((", "a & b | !", "\\", "-", "OR OR", "' --", "%00", "é" * 5000, "<->", ":*"])
def test_any_query_gives_an_answer(archive, client, query):
    page = lxml.html.fromstring(client.get("/search/", {"q": query, "page": "x"}).content)
    (told,) = page.xpath("//section[@aria-label='Cables found']/h2/text()")
    assert told in {"No cable found", "1 cable", "2 cables", "3 cables"}


def test_chips_take_one_filter_away(archive, client):
    page = lxml.html.fromstring(client.get("/search/?q=harbour&tag=PGOV&since=2005-02").content)

    chips = {chip.text.strip(): chip.get("href") for chip in page.xpath("//ul[@class='chips']//a[span]")}
    assert chips == {
        "“harbour”": "?tag=PGOV&since=2005-02-01",
        "PGOV · Internal Governmental Affairs": "?q=harbour&since=2005-02-01",
        "from 1 February 2005": "?q=harbour&tag=PGOV",
    }


def test_facet_counts_are_the_hits_one_gets_by_choosing(archive, client):
    page = lxml.html.fromstring(client.get("/search/?q=harbour+OR+visa").content)
    values = page.xpath("//section[@class='facet']//li")

    assert len(values) == 5 + 1 + 1 + 1 + 1  # TAGS, origin, classification, caption, year
    for value in values:
        (href,) = value.xpath("a/@href")
        (count,) = value.xpath("span[@class='count']/text()")
        assert len(found(client, href.lstrip("?"))) == int(count)


def test_nothing_found_says_so_and_helps(archive, client):
    page = lxml.html.fromstring(client.get("/search/?q=zeppelin").content)
    assert page.xpath("//section/h2/text()") == ["No cable found"]
    assert page.xpath("//main//a[@href='/help/search/']")


def test_pages_hold_every_hit_once(db, client, tmp_path):
    cables = {f"05VALDMARK{number}": body() for number in range(1, 31)}
    import_paths([csv_file(tmp_path / "c.csv", cables)])

    both = found(client, "q=harbour") + found(client, "q=harbour&page=2")
    assert (len(both), set(both)) == (30, set(cables))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("tag:PGOV strike", "Read as: TAG PGOV and strike."),
        ("strike OR visas", "Read as: strike or visas."),
        ("tag:NOSUCH", "“tag:NOSUCH”: nothing of that name is in this archive."),
        ('"strike', "It could not be read as a query, so its words were looked for."),
        ("held:no", "Only cables that are held have a text to search."),
        ("((", "There is no word in “((” to look for."),
        ("tag:x<b>", "“tag:x&lt;b&gt;”: nothing of that name is in this archive."),
    ],
)
def test_page_tells_how_a_query_was_read(archive, client, query, told):
    page = client.get("/search/", {"q": query}).content.decode()
    assert told in page


def test_plain_words_are_not_explained(archive, client):
    assert "Read as" not in client.get("/search/", {"q": "harbour -strike"}).content.decode()


def test_search_that_takes_too_long_is_given_up_and_says_so(archive, client):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '1ms'")
        many = " OR ".join(f'"ferry{number} strike guild harbour"~20' for number in range(20))
        response = client.get("/search/", {"q": many})

    assert response.status_code == 503
    assert "The search took too long" in response.content.decode()
