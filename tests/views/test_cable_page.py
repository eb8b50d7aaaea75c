"""A cable's page and the addresses that lead to it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import lxml.html
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.ingest.run import import_paths
from cables.models import Alias, Cable, Version
from tests.invented import PARTIAL_NOTICE, body, csv_file, seed_page
from tests.views.made import imported
from tests.views.reading import words


def facts(html: bytes) -> dict[str, str]:
    page = lxml.html.fromstring(html)
    return {words(term): words(term.getnext()) for term in page.xpath("//dl[@class='facts']/dt")}


@pytest.fixture
def page(archive, client):
    return client.get("/cable/05VALDMARK538/").content


def test_page_has_every_field_of_the_original_sites_page(page):
    shown = facts(page)

    assert words(lxml.html.fromstring(page).xpath("//h1")[0]) == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"
    assert shown == {
        "From": "Embassy Valdmark",
        "Date": "10 February 2005 07:16 UTC",
        "Classification": "CONFIDENTIAL",
        "Captions": "SIPDIS SIPRNet Distribution: may be distributed on the Secret Internet Protocol Router Network"
        " beyond State",
        "TAGS": "PGOV Internal Governmental Affairs PREL External Political Relations ECON Economic Conditions",
        "Identifier": "05VALDMARK538, the same at WikiLeaks.org",
        "Classified by": "Ilse Brandvik",
        "Reasons": "1.4(b) foreign government information 1.4(d) foreign relations or foreign activities of the United"
        " States, including confidential sources",
        "Declassification": "due on 10 February 2015; the cable was released before that day",
        "Released": "4 October 2011",
        "Redacted": "This cable was not redacted.",
    }
    source = words(lxml.html.fromstring(page).xpath("//section[h2/@id='source']/p")[0])
    assert source == "The latest source of this page is invented-2, released 2011-10-04."


def test_wikileaks_link_is_the_plusd_address(page):
    (link,) = lxml.html.fromstring(page).xpath("//a[@rel='external']/@href")
    assert link == "https://wikileaks.org/plusd/cables/05VALDMARK538_a.html"


def test_partial_extract_is_told_and_full_text_is_not(archive, client, tmp_path):
    (tmp_path / "part.txt").write_text(seed_page("05VALDMARK901", partial=True))
    import_paths([tmp_path / "part.txt"])

    assert PARTIAL_NOTICE in client.get("/cable/05VALDMARK901/").content.decode()
    assert PARTIAL_NOTICE not in client.get("/cable/05VALDMARK538/").content.decode()


def test_held_reference_is_a_link_and_the_other_is_told_as_not_held(page):
    held, other = lxml.html.fromstring(page).xpath("//ol[@class='references']/li")

    assert held.xpath(".//a/@href") == ["/cable/05VALDMARK347/"]
    assert words(held) == "A. 05VALDMARK347 FERRYMEN THREATEN A STRIKE 1 Mar 2005"
    assert other.xpath(".//a/@href") == ["/cable/05VALDMARK342/"]
    assert words(other) == "B. 05VALDMARK342 not held here"


def test_cited_cable_lists_the_cables_that_cite_it(archive, client):
    page = lxml.html.fromstring(client.get("/cable/05VALDMARK347/").content)
    assert page.xpath("//section[h2/@id='cited-by']//li/a/@href") == ["/cable/05VALDMARK538/"]


def test_paragraphs_have_the_mirrors_anchors_headings_and_marks_apart(page):
    text = lxml.html.fromstring(page).xpath("//div[@class='text']")[0]

    assert text.xpath("./*/@id") == ["par1", "section1", "par2", "par3"]
    assert [words(heading) for heading in text.xpath(".//h3")] == ["The guild wins"]
    assert [(words(mark), mark.get("title")) for mark in text.xpath(".//span[@class='marking']")] == [
        ("(C)Confidential.", "Confidential"),
        ("(S/NF)Secret, not for foreign nationals.", "Secret, not for foreign nationals"),
        ("(SBU)Sensitive but unclassified.", "Sensitive but unclassified"),
    ]
    (second,) = text.xpath(".//div[@id='par2']/p[1]/text()")
    assert second.strip() == "Minister Tavo Rehn said over lunch that the bids had been close."
    (citation,) = text.xpath(".//div[@id='par2']/p[@class='citation']/span")
    assert words(citation) == "05VALDMARK538, paragraph 2, http://testserver/cable/05VALDMARK538/#par2"


def test_text_as_received_holds_the_body_to_the_letter(archive, client):
    page = lxml.html.fromstring(client.get("/cable/05VALDMARK538/received/").content)
    (text,) = page.xpath("//pre[@class='received']")

    assert Cable.objects.get(identifier="05VALDMARK538").body in text.text_content()
    assert text.xpath(".//span/@id") == ["par1", "section1", "par2", "par3"]


@pytest.mark.parametrize("address", ["/cable/05VALDMARK000538/", "/cable/05valdmark538/", "/cable/05 VALDMARK 538/"])
def test_other_spelling_leads_to_the_canonical_address(archive, client, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, "/cable/05VALDMARK538/")


def test_mirror_address_leads_to_the_cable(archive, client):
    response = client.get("/cable/2005/02/05VALDMARK538.html")
    assert (response.status_code, response["Location"]) == (301, "/cable/05VALDMARK538/")


def test_alias_leads_to_its_cable(archive, client):
    Alias.objects.create(identifier="05ECTION01OF02VALDMARK538", target="05VALDMARK538")
    response = client.get("/cable/05ECTION01OF02VALDMARK538/")
    assert (response.status_code, response["Location"]) == (301, "/cable/05VALDMARK538/")


def test_cable_not_held_tells_who_cites_it(archive, client):
    response = client.get("/cable/05VALDMARK342/")

    assert response.status_code == 404
    assert lxml.html.fromstring(response.content).xpath("//main//h3/a/@href") == ["/cable/05VALDMARK538/"]


@pytest.mark.parametrize("name", ["%00", "x" * 3000, "05VALDMARK", "..", "%FF", "5%20OR%201=1"])
def test_nonsense_identifier_is_not_found_and_no_error(archive, client, name):
    assert client.get(f"/cable/{name}/").status_code == 404


def test_plain_text_is_header_and_body(archive, client):
    response = client.get("/cable/05VALDMARK347.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    cable = Cable.objects.get(identifier="05VALDMARK347")
    assert response.content.decode() == f"{cable.header}\n\n{cable.body}"


def test_json_has_the_fields(archive, client):
    record = json.loads(client.get("/cable/05VALDMARK538.json").content)

    assert record["identifier"] == "05VALDMARK538"
    assert record["sent_at"] == "2005-02-10T07:16:00+00:00"
    assert record["tags"] == ["PGOV", "PREL", "ECON"]
    assert record["summary"] == "The harbour authority has given the concession to the ferrymen's guild."
    assert record["comment"] == "We expect an appeal."
    assert [(r["target"], r["held"]) for r in record["references"]] == [
        ("05VALDMARK347", True),
        ("05VALDMARK342", False),
    ]
    assert "".join(paragraph["raw"] for paragraph in record["paragraphs"]) == record["body"]


def test_every_fact_leads_into_the_archive(page):
    links = lxml.html.fromstring(page).xpath("//dl[@class='facts']//a[not(@rel)]/@href")
    assert links == [
        "/origins/embassy-valdmark/",
        "/dates/2005/02/10/",
        "/search/?classification=confidential",
        "/search/?caption=SIPDIS",
        "/tags/PGOV/",
        "/tags/PREL/",
        "/tags/ECON/",
    ]


def test_title_of_a_caption_leads_to_the_glossary(page, client):
    (address,) = lxml.html.fromstring(page).xpath("//dl[@class='facts']//a[@rel='help']/@href")
    path, _, anchor = address.partition("#")
    assert lxml.html.fromstring(client.get(path).content).xpath("//@id[.=$anchor]", anchor=anchor) == [anchor]


def test_facts_links_of_the_archive_find_the_cable(page, archive, client):
    for address in lxml.html.fromstring(page).xpath("//dl[@class='facts']//a[not(@rel)]/@href"):
        assert "/cable/05VALDMARK538/" in client.get(address).content.decode(), address


def test_long_list_of_addressees_is_folded_and_action_is_told_from_information(archive, client, tmp_path):
    info = "\n".join(f"RUEHAA/AMEMBASSY NORHAVN {number}00" for number in range(1, 7))
    header = f"P 010930Z MAR 05\nFM AMEMBASSY VALDMARK\nTO RUEHC/SECSTATE WASHDC PRIORITY 1234\nINFO {info}\nBT"
    page = imported(tmp_path, client, header=header)

    shown = {words(term): term.getnext() for term in page.xpath("//dl[@class='facts']/dt")}
    assert words(shown["To"]) == "SECSTATE WASHDC priority"
    assert len(shown["For information"].xpath("./ul/li")) == 3
    assert words(shown["For information"].xpath("./details/summary")[0]) == "and 3 more"
    assert len(shown["For information"].xpath("./details/ul/li")) == 3


def test_what_is_no_cable_is_told_as_what_it_is(archive, client, tmp_path):
    page = imported(tmp_path, client, ref="A. VALDMARK 347\n     B. BRANDVIK-REHN E-MAIL OF 02/01/2005")
    assert words(page.xpath("//ol[@class='references']/li")[1]) == "B. BRANDVIK-REHN E-MAIL OF 02/01/2005 an e-mail"


def test_long_list_of_citing_cables_ends_with_the_search_that_finds_all(archive, client, tmp_path):
    citing = {f"05VALDMARK{number}": body(ref="VALDMARK 600") for number in range(700, 712)}
    import_paths([csv_file(tmp_path / "citing.csv", citing)])

    section = lxml.html.fromstring(client.get("/cable/05VALDMARK600/").content).xpath("//section[h2/@id='cited-by']")[0]

    assert section.xpath(".//li/a/@href") == [f"/cable/05VALDMARK{number}/" for number in range(700, 710)]
    (all_of_them,) = section.xpath("./p/a")
    assert words(all_of_them) == "All 12 cables that cite it"
    found = lxml.html.fromstring(client.get(all_of_them.get("href")).content)
    assert [href.split("?")[0] for href in found.xpath("//ol[@class='cables']//h3/a/@href")] == [
        f"/cable/05VALDMARK{number}/" for number in range(700, 712)
    ]


def test_page_asks_eight_queries_at_most(archive, client):
    client.get("/cable/05VALDMARK538/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/cable/05VALDMARK538/")
    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SET "))]
    assert len(asked) == 8


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)"


def test_hostile_text_is_shown_as_text_everywhere(db, client, tmp_path: Path):
    tags = "PGOV, <SCRIPT>ALERT(3)</SCRIPT>"
    text = (
        f"{HOSTILE[:17]}\n-----------------\n\n1. (C) The ferry {HOSTILE} sails to REF A{HOSTILE}:\n"
        f"-- {HOSTILE};\n-- {HOSTILE}.\n\n"
        f"PORT{HOSTILE[:17]}    SHIPS\nNorhavn                     12\nSudhavn                      4"
    )
    cables = {
        "05VALDMARK1": body(
            subject=f"FERRY {HOSTILE}", tags=tags, ref=f"A. VALDMARK 2\n     B. {HOSTILE} EMAIL", text=text
        ),
        "05VALDMARK2": body(subject=f"FERRY {HOSTILE}"),
    }
    import_paths([csv_file(tmp_path / "c.csv", cables, origin=f"Embassy {HOSTILE}")])
    other = {
        "05VALDMARK1": body(subject=f"OTHER {HOSTILE}", tags=tags, text=f"1. (C) Another {HOSTILE}{HOSTILE} text.")
    }
    import_paths([csv_file(tmp_path / "d.csv", other, origin=f"Embassy {HOSTILE}")])
    assert Version.objects.count() == 1
    (post,) = set(Cable.objects.values_list("origin__slug", flat=True))
    addresses = [
        "/",
        "/cable/05VALDMARK1/",
        "/cable/05VALDMARK1/received/",
        "/cable/05VALDMARK1/versions/",
        "/cable/05VALDMARK2/",
        "/search/?q=ferry",
        f"/search/?q={HOSTILE}&tag={HOSTILE}&since={HOSTILE}",
        "/tags/",
        "/origins/",
        f"/origins/{post}/",
        "/dates/2005/",
        f"/cable/{HOSTILE.replace('/', '')}/",
    ]
    for address in addresses:
        html = client.get(address).content.decode().lower()
        assert "<script>alert" not in html, address
        assert "<img" not in html, address
    assert "alert" in client.get("/search/?q=ferry").content.decode()


def test_former_reading_is_told_apart_from_other_forms(archive, client):
    Cable.objects.filter(identifier="05VALDMARK538").update(subject="AN OLDER READING")
    call_command("reparse", "05VALDMARK538", "--workers", "1", stdout=StringIO())

    page = client.get("/cable/05VALDMARK538/").content.decode()

    assert "1 earlier reading of it by a former parser is kept" in page
    assert "other form" not in page
