"""What people do here, done in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from cables.models import Cable, Reference
from tests.invented import seed_page

pytestmark = pytest.mark.browser


def test_reader_searches_opens_a_cable_follows_a_reference_and_filters_by_a_tag(demo, page: Page):
    citing = Reference.objects.exclude(target=None).exclude(cable__subject="").select_related("cable", "target").first()
    word = max(re.findall(r"[A-Z]{5,}", citing.cable.subject), key=len)

    page.goto("/")
    page.get_by_role("searchbox").fill(f'{word.lower()} "{citing.cable.identifier[2:6].lower()}"')
    page.get_by_role("searchbox").fill(citing.cable.subject)
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    page.locator("ol.cables").get_by_role("link", name=citing.cable.subject).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(citing.cable.subject)
    page.goto(citing.cable.get_absolute_url())
    page.locator(".references").get_by_role("link", name=citing.target.identifier, exact=True).first.click()
    expect(page.locator("dl.facts dd").first).to_have_text(citing.target.identifier)
    expect(page.locator("#cited-by ~ ul")).to_contain_text(citing.cable.identifier)

    code = citing.target.tags.first().code
    page.goto(f"/search/?origin={citing.target.origin.slug}")
    before = page.locator(".results h2").first.inner_text()
    page.locator(".facet", has_text="TAGS").get_by_role("link").first.click()
    expect(page.locator(".chips li")).to_have_count(3)
    assert page.locator(".results h2").first.inner_text() != before or code


def test_administrator_uploads_a_file_and_sees_its_cables(demo, page: Page, tmp_path: Path):
    get_user_model().objects.create_superuser("archivist", "", "a-long-invented-passphrase")
    file = tmp_path / "new-cables.txt"
    file.write_text(seed_page("05VALDMARK99538", subject="NEW FERRY TIMETABLE"))

    page.goto("/admin/")
    page.get_by_label("Username").fill("archivist")
    page.get_by_label("Password").fill("a-long-invented-passphrase")
    page.get_by_role("button", name="Log in").click()
    page.locator("#content-main").get_by_role("link", name="Add").first.wait_for()
    page.goto("/admin/cables/importrun/add/")
    page.get_by_label("File or archive").set_input_files(file)
    page.get_by_role("button", name="Import").click()

    expect(page.locator(".messagelist")).to_contain_text("1 cables read: 1 created")
    page.get_by_role("link", name="05VALDMARK99538").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("NEW FERRY TIMETABLE")
    assert Cable.objects.get(identifier="05VALDMARK99538").source_file == "new-cables.txt"


@pytest.mark.parametrize(
    "address", ["/", "/search/?q=harbour", "/tags/", "/origins/", "/dates/", "/about/", "/help/search/"]
)
def test_page_fits_a_narrow_window(demo, page: Page, address: str):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_cable_fits_a_narrow_window_in_both_views(demo, page: Page):
    page.set_viewport_size({"width": 320, "height": 700})
    for cable in Cable.objects.order_by("-sections")[:5]:
        for address in (cable.get_absolute_url(), f"{cable.get_absolute_url()}received/"):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_paragraph_is_reached_by_its_anchor(demo, page: Page):
    cable = Cable.objects.filter(paragraphs__number="3").first()
    page.goto(f"{cable.get_absolute_url()}#par3")
    expect(page.locator("#par3")).to_be_in_viewport()


def test_keyboard_reaches_the_content_first(demo, page: Page):
    page.goto("/tags/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#main$"))
