"""The help: an annotated cable, a glossary that others can point into."""

from __future__ import annotations

from urllib.parse import urlsplit

import lxml.html
import pytest

from cables.models import Classification
from cables.reference_data import tables
from cables.search.specimens import Specimens, specimens
from cables.views.search_examples import examples


def page(client, address: str):
    return lxml.html.fromstring(client.get(address).content)


def test_empty_archive_has_examples_all_the_same(db, client):
    assert specimens() == Specimens()
    shown = [link.text_content() for link in page(client, "/help/search/").xpath("//table//a")]
    assert shown == [query for _, group in examples(Specimens()) for query, _ in group]


def test_annotated_cable_has_every_note_beside_its_lines(client, db):
    rows = page(client, "/help/reading/").xpath("//div[@class='row']")
    for row in rows:
        assert row.xpath("pre/sup/text()") == row.xpath("dl//span[@class='number']/text()")
    assert [row.xpath("string(dl/div/dt)") for row in rows][-2:] == ["33 Signature", "34 End of message"]


def test_links_of_the_annotated_cable_lead_into_the_glossary(client, db):
    places = set(page(client, "/help/glossary/").xpath("//@id"))
    links = page(client, "/help/reading/").xpath("//span[@class='see']/a")
    assert len(links) > 40
    assert [link.text_content() for link in links if link.get("href").partition("#")[2] not in places] == []


def test_glossary_has_every_caption_reason_and_word_at_its_place(client, db):
    glossary = page(client, "/help/glossary/")
    wanted = {
        **{caption.code: caption.anchor for caption in tables.captions()},
        **{section: tables.glossary_anchor(section) for section in tables.classification_reasons()},
        **{entry.term: entry.anchor for entry in tables.glossary()},
        **{level.label: level.slug for level in Classification},
    }
    shown = {div.xpath("string(dt)"): div.get("id") for div in glossary.xpath("//dl[@class='terms']/div[@id]")}
    assert shown == wanted
    assert (wanted["SIPDIS"], wanted["EYES ONLY"], wanted["1.4(b)"]) == ("sipdis", "eyes-only", "1-4-b")


def test_glossary_counts_the_cables_of_a_level_and_a_caption(archive, client):
    glossary = page(client, "/help/glossary/")
    links = {link.getparent().getprevious().text_content(): link for link in glossary.xpath("//a[@class='count']")}
    assert {term: link.text_content() for term, link in links.items()} == {
        "CONFIDENTIAL": "3 cables",
        "SIPDIS": "1 cable",
    }
    found = page(client, links["SIPDIS"].get("href")).xpath("//ol[@class='cables']//h3/a/@href")
    assert [urlsplit(address).path for address in found] == ["/cable/05VALDMARK538/"]


def test_words_of_the_glossary_stand_in_order_and_say_where_they_are_from():
    entries = tables.glossary()
    words = [entry.anchor for entry in entries if entry.kind == "word"]
    assert words == sorted(words)
    assert all(entry.meaning.endswith((".", "”", ")")) and entry.source for entry in entries)


@pytest.mark.parametrize("address", ["/", "/cable/05VALDMARK538/", "/nothing/"])
def test_help_is_one_step_away(archive, client, address):
    links = page(client, address).xpath("//header//a/@href | //footer//a/@href")
    assert links.count("/help/") == 2


def test_page_of_an_address_that_is_not_there_helps_on(archive, client):
    missing = page(client, "/nothing/")
    (form,) = missing.xpath("//main//form[@role='search']")
    assert (form.get("action"), form.xpath("input/@name")) == ("/search/", ["q"])
    assert "/help/" in missing.xpath("//main//a/@href")
