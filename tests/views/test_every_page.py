"""What holds of the HTML of every kind of page."""

from __future__ import annotations

from collections import Counter

import html5lib
import lxml.html
import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from tests.pages import KINDS, OURS, address

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(invented: None) -> dict[str, bytes]:
    """The body of each kind of page, and of the page that tells of a fault."""
    fault = server_error(RequestFactory().get("/"))
    return {kind: Client().get(address(kind)).content for kind in KINDS} | {"fault": fault.content}


@pytest.mark.parametrize("kind", [*KINDS, "fault"])
def test_page_is_html_without_a_fault(answers, kind):
    parser = html5lib.HTMLParser()
    parser.parse(answers[kind], transport_encoding="utf-8")
    assert [(line, column, error, found) for (line, column), error, found in parser.errors] == []


@pytest.mark.parametrize("kind", [*KINDS, "fault"])
def test_page_has_one_title_one_heading_one_main_and_a_language(answers, kind):
    page = lxml.html.fromstring(answers[kind])
    assert page.get("lang") == "en"
    assert len(page.xpath("/html/head/title")) == len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    assert page.xpath("//h1")[0].text_content().strip()


@pytest.mark.parametrize("kind", OURS)
def test_page_has_its_landmarks_each_with_a_name_where_there_are_several(answers, kind):
    page = lxml.html.fromstring(answers[kind])
    assert [len(page.xpath(f"/html/body/{landmark}")) for landmark in ("header", "main", "footer")] == [1, 1, 1]
    assert page.xpath("//header//nav/@aria-label") == ["Main"]
    assert len(page.xpath("//form[@role='search']")) == 1
    for landmark in ("nav", "aside"):
        names = page.xpath(f"//{landmark}/@aria-label | //{landmark}/@aria-labelledby")
        assert len(names) == len(set(names)) == len(page.xpath(f"//{landmark}"))


@pytest.mark.parametrize("kind", [*KINDS, "fault"])
def test_each_id_is_there_once_and_what_names_one_finds_it(answers, kind):
    page = lxml.html.fromstring(answers[kind])
    ids = Counter(page.xpath("//@id"))
    assert [name for name, times in ids.items() if times > 1 or not name or " " in name] == []
    named = {
        name
        for names in page.xpath("//@for | //@list | //@aria-labelledby | //@aria-describedby | //@aria-controls")
        for name in names.split()
    }
    within = {target[1:] for target in page.xpath("//a/@href") if target.startswith("#")}
    assert (named | within) - ids.keys() == set()


@pytest.mark.parametrize("kind", [*KINDS, "fault"])
def test_nothing_is_styled_or_scripted_in_the_page(answers, kind):
    page = lxml.html.fromstring(answers[kind])
    scripts = "//script[not(@src)][not(@type='application/ld+json')][not(@type='application/json')]"
    assert page.xpath(f"//@style | //style | {scripts} | //@*[starts-with(name(), 'on')]") == []


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_kept_to_its_own_host_and_sets_no_cookie(invented, client, kind):
    response = client.get(address(kind))
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not (response.cookies and kind in OURS)


def test_titles_differ(answers):
    same = {"cable in a search"}  # the page of a cable, with ways onward in the search
    titles = Counter(lxml.html.fromstring(answers[kind]).findtext("head/title") for kind in answers.keys() - same)
    assert [title for title, times in titles.items() if times > 1] == []
