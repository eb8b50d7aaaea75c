"""Walking through results from cable to cable, and citing, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cables.models import Cable

pytestmark = pytest.mark.browser

QUERY = "/search/?q=minister"


@pytest.mark.parametrize("scripts", [True, False])
def test_reader_goes_through_results_past_the_end_of_a_page_and_back(
    demo, browser: Browser, live_server, scripts: bool
):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts)
    page = context.new_page()
    subjects = []
    for number in (1, 2):
        page.goto(f"{QUERY}&page={number}")
        subjects += page.locator("ol.cables h3").all_inner_texts()
    page.goto(QUERY)
    results = page.locator("ol.cables h3 a")
    last = results.count()
    assert len(subjects) > last  # there is a second page

    results.last.click()
    walk = page.get_by_role("navigation", name="Search results")
    for number in (last, last + 1):
        expect(walk).to_contain_text(re.compile(rf"^\s*Result {number} of \d+ for “minister”"))
        expect(page.get_by_role("heading", level=1)).to_have_text(subjects[number - 1])
        walk.get_by_role("link", name="Next result").click()
    walk.get_by_role("link", name="Previous result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subjects[last])

    walk.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(re.compile(r"\?q=minister&page=2$"))
    expect(page.locator("ol.cables h3").first).to_have_text(subjects[last])
    context.close()


def test_next_result_is_reached_by_keyboard_before_the_text(demo, page: Page):
    page.goto(QUERY)
    page.locator("ol.cables h3 a").first.click()
    second = page.locator("nav.came-from a[rel=next]").get_attribute("href")
    page.locator("#main").evaluate("main => { main.tabIndex = -1; main.focus(); }")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Back to the results")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(str(second)) + "$"))


def test_reader_cites_a_cable_with_a_click_and_takes_the_file(demo, page: Page):
    cable = Cable.objects.exclude(subject="").filter(paragraphs__number="2").latest("sent_at")
    page.goto(cable.get_absolute_url())
    cite = page.locator("details.cite")
    expect(cite.locator(".citation").first).to_be_hidden()
    cite.get_by_role("heading", name="Cite this cable").click()
    citation = cite.locator(".citation").first
    citation.click()
    assert page.evaluate("getSelection().toString().trim()") == citation.inner_text()
    expect(page.locator(".sheet-end")).to_be_hidden()

    cite.get_by_role("link", name="one paragraph").click()
    page.get_by_role("link", name="Paragraph 2", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Cite paragraph 2 of {cable.identifier}")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {cable.identifier}.bib").click()
    assert download.value.suggested_filename == f"{cable.identifier}.bib"
    assert f"{cable.get_absolute_url()}#par2" in Path(download.value.path()).read_text()


def test_printed_sheet_ends_with_citation_and_address(demo, page: Page):
    cable = Cable.objects.exclude(subject="").latest("sent_at")
    page.goto(f"{cable.get_absolute_url()}?search=")
    page.emulate_media(media="print")

    expect(page.locator(".sheet-end")).to_be_visible()
    expect(page.locator(".sheet-end")).to_contain_text(f"{page.url.split('?')[0]}.")
    expect(page.locator("details.cite")).to_be_hidden()
    expect(page.locator("nav:visible")).to_have_count(0)
