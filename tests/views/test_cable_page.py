"""A cable's page and the addresses that lead to it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import lxml.html
import pytest
from django.core.management import call_command

from cables.ingest.run import import_paths
from cables.models import Alias, Cable
from tests.invented import PARTIAL_NOTICE, body, csv_file, seed_page


def words(element) -> str:
    return " ".join(element.text_content().split())


def facts(html: bytes) -> dict[str, str]:
    page = lxml.html.fromstring(html)
    (listing,) = page.xpath("//dl[@class='facts']")
    return {words(term): words(term.getnext()) for term in listing.xpath("dt")}


@pytest.fixture
def page(archive, client):
    return client.get("/cable/05VALDMARK538/").content


def test_page_has_every_field_of_the_original_sites_page(page):
    shown = facts(page)

    assert words(lxml.html.fromstring(page).xpath("//h1")[0]) == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"
    assert shown["Identifier"] == "05VALDMARK538"
    assert shown["WikiLeaks"] == "View 05VALDMARK538 at WikiLeaks.org"
    assert shown["Origin"] == "Embassy Valdmark"
    assert shown["Created"] == "2005-02-10 07:16:00 UTC"
    assert shown["Classification"].startswith("CONFIDENTIAL")
    assert shown["TAGS"] == (
        "PGOV Internal Governmental Affairs PREL External Political Relations ECON Economic Conditions"
    )
    assert shown["Redacted"] == "This cable was not redacted."
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
    assert words(held) == "A. 05VALDMARK347 FERRYMEN THREATEN A STRIKE"
    assert other.xpath(".//a") == []
    assert words(other) == "B. 05VALDMARK342 not held here"


def test_cited_cable_lists_the_cables_that_cite_it(archive, client):
    page = lxml.html.fromstring(client.get("/cable/05VALDMARK347/").content)
    assert page.xpath("//section[h2/@id='cited-by']//h3/a/@href") == ["/cable/05VALDMARK538/"]


def test_paragraphs_have_the_mirrors_anchors_headings_and_marks_apart(page):
    text = lxml.html.fromstring(page).xpath("//div[@class='text']")[0]

    assert text.xpath(".//p/@id") == ["par1", "par2", "par3"]
    assert [words(heading) for heading in text.xpath(".//h3")] == ["The guild wins"]
    assert [words(mark) for mark in text.xpath(".//span[@class='marking']")] == ["C", "S/NF", "SBU"]
    second = text.xpath(".//p[@id='par2']")[0]
    assert words(second) == "2.S/NF Minister Tavo Rehn said over lunch that the bids had been close."


def test_text_as_received_holds_the_body_to_the_letter(archive, client):
    page = lxml.html.fromstring(client.get("/cable/05VALDMARK538/received/").content)
    (text,) = page.xpath("//pre[@class='received']")

    assert Cable.objects.get(identifier="05VALDMARK538").body in text.text_content()
    assert text.xpath(".//span/@id") == ["par1", "par2", "par3"]


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


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)"


def test_hostile_text_is_shown_as_text_everywhere(db, client, tmp_path: Path):
    tags = "PGOV, <SCRIPT>ALERT(3)</SCRIPT>"
    cables = {
        "05VALDMARK1": body(subject=f"FERRY {HOSTILE}", tags=tags, text=f"1. (C) The ferry {HOSTILE} sails."),
    }
    import_paths([csv_file(tmp_path / "c.csv", cables, origin=f"Embassy {HOSTILE}")])
    (post,) = Cable.objects.values_list("origin__slug", flat=True)
    addresses = [
        "/",
        "/cable/05VALDMARK1/",
        "/cable/05VALDMARK1/received/",
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
