"""Search: words, filters, order, and what the page says."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import lxml.html
import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cables.filters import CableFilter
from cables.ingest.run import import_paths
from cables.models import Cable
from cables.search.language import read_query
from cables.search.specimens import specimens
from cables.views.search_examples import examples
from tests.invented import body, csv_file
from tests.patience import no_time_to_find


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
        ("q=%22VALDMARK+538%22", {"05VALDMARK538"}),
        ("q=05VALDMARK0538+concession", {"05VALDMARK538"}),
        ("not_tag=PGOV", {"05VALDMARK600"}),
        ("not_tag=ELAB&not_tag=CVIS", {"05VALDMARK538"}),
        ("not_origin=embassy-valdmark", set()),
        ("not_classification=confidential", set()),
        ("not_caption=SIPDIS", {"05VALDMARK347", "05VALDMARK600"}),
        ("not_date=2005", set()),
        ("not_date=2004&not_date=2005-02", {"05VALDMARK347", "05VALDMARK600"}),
        ("country=Orlania", {"05VALDMARK347", "05VALDMARK538", "05VALDMARK600"}),
        ("country=orlania&tag=ELAB", {"05VALDMARK347"}),
        ("not_country=Orlania", set()),
        ("q=country:Orlania+strike", {"05VALDMARK347"}),
        ("q=class:C+visas", {"05VALDMARK600"}),
        ("q=para:%28bids+-guild%29", {"05VALDMARK538"}),
        ("q=para:%28bids+-close%29", set()),
        ("q=para:%28bids+tag:ECON%29", {"05VALDMARK538"}),
        ("q=para:%28bids+subject:harbour%29", {"05VALDMARK538"}),
        ("q=the+strike", {"05VALDMARK347"}),
        ("q=the+tag:ELAB", {"05VALDMARK347"}),
    ],
)
def test_search_finds(archive, client, query, identifiers):
    assert set(found(client, query)) == identifiers


@pytest.mark.parametrize(
    ("query", "identifiers"),
    [
        ("to:secstate", {"05VALDMARK347", "05VALDMARK538"}),
        ('to:"amembassy quillport"', {"05VALDMARK538"}),
        ("to:RUEHQP", {"05VALDMARK538"}),
        ("to:secstate strike", {"05VALDMARK347"}),
        ("-to:secstate", {"05VALDMARK600"}),
        ("to:route", set()),
        ("to:100%", set()),
    ],
)
def test_addressees_are_searched_and_not_the_names_of_their_fields(archive, client, query, identifiers):
    state = {"route": "", "name": "SECSTATE WASHDC", "precedence": "ROUTINE", "number": "12"}
    quillport = {"route": "RUEHQP", "name": "AMEMBASSY QUILLPORT", "precedence": "", "number": ""}
    Cable.objects.filter(identifier="05VALDMARK347").update(recipients=[state])
    Cable.objects.filter(identifier="05VALDMARK538").update(recipients=[state], info_recipients=[quillport])

    assert set(found(client, urlencode({"q": query}))) == identifiers


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
    assert excerpt.xpath("a/@href") == ["/cable/05VALDMARK538/?search=q%3Dlunch%2Bbids#par2"]
    assert excerpt.xpath("span[@class='marking']/text()") == ["S/NF"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("since=yesterday", "From: “yesterday” is no date: write 2005, 2005-02 or 2005-02-10."),
        ("until=2005-02-31", "To: “2005-02-31” is no date: write 2005, 2005-02 or 2005-02-10."),
        ("tag=NOSUCH", "TAGS: “NOSUCH” is not in this archive."),
        ("origin=nowhere", "Origin: “nowhere” is not in this archive."),
        ("country=Atlantis", "Country: “Atlantis” is not in this archive."),
        ("not_tag=NOSUCH", "Not TAGS: “NOSUCH” is not in this archive."),
        ("not_date=05", "Not: “05” is no date: write 2005, 2005-02 or 2005-02-10."),
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
    (told,) = page.xpath("//section[@aria-label='Cables found']/h2/strong/text()")
    assert told in {"No cable found", "1 cable", "2 cables", "3 cables"}


syntax = st.text(alphabet="ab \"'()[]{}:*~?^-+/\\<>=!&|,.0XORANDT–“é漢\x00😀", max_size=60)
anything = st.one_of(st.text(max_size=80), syntax)
fields = st.sampled_from(
    ["tag", "origin", "country", "class", "caption", "id", "to", "cites", "citedby", "mark", "held"]
)
others = st.sampled_from(["date", "para", "subject", "body", "-tag", "-date", "-country", "-para"])
parameters = st.sampled_from(["tag", "not_tag", "origin", "country", "not_date", "caption", "since", "sort", "page"])


@given(
    st.one_of(anything, st.tuples(st.one_of(fields, others), anything).map(":".join)),
    st.dictionaries(parameters, anything, max_size=2),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_string_gives_an_answer(archive, client, query, more):
    response = client.get("/search/", {"q": query, **more})

    if response.status_code == 302:
        assert response["Location"].startswith("/cable/")
    else:
        assert response.status_code == 200
        page = lxml.html.fromstring(response.content)
        (told,) = page.xpath("//section[@aria-label='Cables found']/h2/strong/text()")
        assert told in {"No cable found", "1 cable", "2 cables", "3 cables"}


@pytest.mark.parametrize("query", ["漢" * 1000, "漢-" * 500, '"' + "漢漢 " * 300 + '"', "a" * 3000, "a.b/" * 250])
def test_longest_words_give_an_answer(archive, client, query):
    assert client.get("/search/", {"q": query}).status_code == 200


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

    assert len(values) == 5 + 1 + 1 + 1 + 1 + 3  # TAGS, origin, classification, caption, year, months
    for value in values:
        (href,) = value.xpath("a[not(@class)]/@href")
        (count,) = value.xpath("span[@class='count']/text()")
        assert len(found(client, href.lstrip("?"))) == int(count)
        for exclude in value.xpath("a[@class='exclude']/@href"):
            assert len(found(client, exclude.lstrip("?"))) == 3 - int(count)


def test_nothing_found_says_so_and_helps(archive, client):
    page = lxml.html.fromstring(client.get("/search/?q=zeppelin").content)
    assert page.xpath("//section/h2/strong/text()") == ["No cable found"]
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
        ("held:no", "A search finds only cables that are held, so “held:no” finds none."),
        ("held:yes", "Every cable that a search finds is held"),
        ("the strike", "“the” is not looked for: words so common stand in nearly every cable."),
        ("strike ²", "“²” is not looked for: only letters and digits are."),
        ("para:(tag:PGOV strike)", "Only words can be looked for in one paragraph"),
        ("country:Nowhere", "“country:Nowhere”: nothing of that name is in this archive."),
        ("date:[2006 TO 2005]", "The time asked for ends before it begins."),
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
    many = " OR ".join(f'"ferry{number} strike guild harbour"~20' for number in range(20))
    with no_time_to_find():
        response = client.get("/search/", {"q": many})

    assert response.status_code == 503
    assert "The search took too long" in response.content.decode()


def test_every_example_of_the_help_page_is_read_as_a_query(archive, client):
    page = lxml.html.fromstring(client.get("/help/search/").content)
    links = page.xpath("//table[@class='examples']//th/a")

    assert [link.text_content() for link in links] == [
        query for _, group in examples(specimens()) for query, _ in group
    ]
    for link in links:
        query = parse_qs(urlsplit(link.get("href")).query)["q"]
        assert query == [link.text_content()]
        assert read_query(query[0]).notes == ()
        assert client.get(link.get("href")).status_code == 200


@pytest.mark.parametrize(
    ("query", "facet", "value", "narrowed"),
    [
        ("", "year", "2005", "since=2005-01-01&until=2005-12-31"),
        ("since=2005-02-10", "year", "2005", "since=2005-02-10&until=2005-12-31"),
        ("since=2004&until=2005-03", "year", "2005", "since=2005-01-01&until=2005-03-31"),
        ("since=2005-02-10&until=2005", "month", "2005-02", "since=2005-02-10&until=2005-02-28"),
        ("q=date:2005", "month", "2005-03", "since=2005-03-01&until=2005-03-31"),
    ],
)
def test_year_or_month_narrows_the_time_in_force(db, query, facet, value, narrowed):
    assert CableFilter(QueryDict(query)).adding(facet, value) == narrowed

    after = CableFilter(QueryDict(narrowed))
    assert after.chosen(facet) == {value}
    assert after.removing(facet, value) == ""


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("strike visas", "?q=strike+OR+visas"),
        ("strike visas -harbour", "?q=%28strike+OR+visas%29+-harbour"),
        ('"strike vote" visas tag:CVIS', "?q=%22strike+vote%22+OR+visas&tag=CVIS"),
        ('"strike vote" visas tag:PGOV', ""),  # finds none either
        ("strike", ""),
        ("strike -visas", ""),
    ],
)
def test_any_word_is_offered_where_few_cables_have_all(archive, client, query, instead):
    page = lxml.html.fromstring(client.get("/search/", {"q": query}).content)
    links = page.xpath("//p[contains(., 'Few cables have all of these words')]/a/@href")
    assert links == ([instead] if instead else [])
