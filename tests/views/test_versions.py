"""The versions of a cable, and what differs between them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import lxml.html
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from cables.comparing.differences import CHARACTERS, REMOVED, SAME, Allowance, Stretch, differences
from cables.ingest.run import import_paths
from cables.models import Cable
from tests.invented import BODY, seed_page
from tests.views.reading import words

WORDS = st.lists(st.sampled_from(["the", "ferry", "sails\n", "a", "b", "c\n\n", "d"]), max_size=40).map(" ".join)


@pytest.fixture
def versions(archive, client, tmp_path: Path):
    other = BODY.replace("bids had\nbeen close", "bids had\nbeen very close").replace("TAGS: PGOV, PREL", "TAGS: PREL")
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "page.txt").write_text(
        seed_page(body=other, tags="PREL ECON", release="invented-3", released="2012-10-04")
    )
    import_paths([tmp_path / "second"])
    return lxml.html.fromstring(client.get("/cable/05VALDMARK538/versions/").content)


def test_versions_page_tells_the_fields_and_the_words_that_differ(versions):
    assert [words(heading) for heading in versions.xpath("//h2")] == ["invented-2, released 2011-10-04"]
    assert [[words(cell) for cell in row] for row in versions.xpath("//tbody/tr")] == [
        ["Released", "2012-10-04", "2011-10-04"],
        ["TAGS", "PREL; ECON", "PGOV; PREL; ECON"],
        ["Release", "invented-3", "invented-2"],
    ]
    (text,) = versions.xpath("//div[@class='difference']")
    assert [words(change) for change in text.xpath("./ins")] == ["very"]
    assert [words(change) for change in text.xpath("./del")] == ["PGOV,"]


def test_cable_page_leads_to_its_versions_and_one_without_any_does_not(versions, client):
    page = lxml.html.fromstring(client.get("/cable/05VALDMARK538/").content)
    assert page.xpath("//section[h2/@id='source']//a/@href") == ["/cable/05VALDMARK538/versions/"]
    other = lxml.html.fromstring(client.get("/cable/05VALDMARK347/").content)
    assert other.xpath("//section[h2/@id='source']//a/@href") == []


def test_cable_with_one_form_says_so(archive, client):
    page = lxml.html.fromstring(client.get("/cable/05VALDMARK347/versions/").content)
    assert "Only one form of this cable has been imported" in words(page.xpath("//p[@class='lead']")[0])
    assert page.xpath("//section[@class='version']") == []


def test_former_reading_is_compared_by_its_fields(archive, client):
    Cable.objects.filter(identifier="05VALDMARK538").update(subject="AN OLDER READING")
    call_command("reparse", "05VALDMARK538", "--workers", "1", stdout=StringIO())

    page = lxml.html.fromstring(client.get("/cable/05VALDMARK538/versions/").content)

    assert [[words(cell) for cell in row] for row in page.xpath("//tbody/tr")] == [
        ["Subject", "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN", "AN OLDER READING"]
    ]
    assert page.xpath("//div[@class='difference']") == []


@pytest.mark.parametrize("spelling", ["05VALDMARK000538", "05valdmark538"])
def test_other_spelling_leads_to_the_versions(archive, client, spelling):
    response = client.get(f"/cable/{spelling}/versions/")
    assert (response.status_code, response["Location"]) == (301, "/cable/05VALDMARK538/versions/")


def test_versions_of_a_cable_not_held_are_not_found(archive, client):
    assert client.get("/cable/05VALDMARK342/versions/").status_code == 404


def test_difference_of_two_sentences():
    assert differences("the ferry sails today at noon", "the ferry sails on Monday at noon", Allowance()) == [
        Stretch("same", "the ferry sails "),
        Stretch("removed", "today", after=" "),
        Stretch("added", "on Monday", after=" "),
        Stretch("same", "at noon"),
    ]


def test_long_stretch_of_the_same_is_folded_in_whole_lines():
    lines = "".join(f"line {number} of the text\n" for number in range(100))
    (_, _, same) = differences("old\n" + lines, "new\n" + lines, Allowance())
    assert same.kind == SAME
    assert (same.text + same.folded + same.after) == lines
    assert same.text == "line 0 of the text\nline 1 of the text\nline 2 of the text\n"
    assert (same.words, same.after) == (97 * 5, "")


@given(WORDS, WORDS)
def test_stretches_are_both_texts(old, new):
    found = differences(old, new, Allowance())
    assert "".join(s.text + s.folded + s.after for s in found if s.kind != REMOVED) == new
    of_old = [s for s in found if s.kind in (REMOVED, SAME)]
    assert " ".join(s.text + s.folded + s.after for s in of_old).split() == old.split()


def test_difference_of_hostile_texts_is_coarse_and_soon_done():
    allowance = Allowance()
    old, new = "a b " * 100_000, "b b a " * 80_000
    found = differences(old, new, allowance)
    assert allowance.spent
    assert "".join(s.text + s.folded + s.after for s in found if s.kind != REMOVED) == new


def test_texts_beyond_the_allowance_are_cut_and_told():
    allowance = Allowance()
    differences("a" * CHARACTERS, "b", allowance)
    assert not allowance.spent
    assert differences("more", "text", allowance) == []
    assert allowance.spent
