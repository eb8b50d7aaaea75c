"""A cable's citations, and what programs read of it."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest

from cables.citing import CENTRAL_FILES
from cables.ingest.run import import_paths
from cables.models import Alias, Cable
from tests.invented import body, csv_file, seed_page
from tests.views.reading import words

ADDRESS = "http://testserver/cable/05VALDMARK538/"
NARA = (
    "Telegram 05VALDMARK538 from Embassy Valdmark, “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” "
    "February 10, 2005; invented-2, released October 4, 2011; Cable Archive [online version at {}]."
)


def html(client, address: str) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


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


def test_hostile_text_stays_text_in_the_head_and_in_citations(db, client, tmp_path: Path):
    hostile = '"><script>alert(1)</script>'
    (tmp_path / "page.txt").write_text(seed_page(subject=f"FERRY {hostile}", origin=f"Embassy {hostile}"))
    import_paths([tmp_path / "page.txt"])

    for address in ["/cable/05VALDMARK538/", "/cable/05VALDMARK538/cite/"]:
        page = html(client, address)
        assert page.xpath("//script[not(@src)]") == []
        assert hostile.replace('"', "'") in words(page.xpath("//dd[@class='citation']")[0])
    assert meta(html(client, "/cable/05VALDMARK538/"))["DC.title"] == [f"FERRY {hostile}"]
