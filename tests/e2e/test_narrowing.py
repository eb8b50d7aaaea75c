"""Narrowing a search by its picture over time and by its facets, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cables.models import Cable

pytestmark = pytest.mark.browser

FOUND = "#found strong"


@pytest.fixture
def plain_page(browser: Browser, live_server) -> Iterator[Page]:
    """A page that runs no script."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def told(**chosen: object) -> str:
    count = Cable.objects.filter(**chosen).count()
    return f"{count} cable{'' if count == 1 else 's'}"


def narrow(page: Page) -> None:
    """Choose a year by its column, leave a TAG out by its facet, and widen the time again."""
    page.goto("/search/?sort=oldest")
    expect(page.locator(FOUND)).to_have_text(told())
    year = Cable.objects.exclude(sent_at=None).latest("sent_at").sent_at.year
    page.get_by_role("link", name=re.compile(rf"^{year}: ")).click()
    expect(page.locator(FOUND)).to_have_text(told(sent_at__year=year))
    expect(page.locator("figcaption strong")).to_have_text(str(year))
    expect(page).to_have_url(re.compile(rf"/search/\?sort=oldest&since={year}-01-01&until={year}-12-31$"))

    first = page.locator(".facet", has_text="TAGS").locator("li").first
    code = first.locator(".identifier").first.inner_text()
    first.get_by_role("link", name="not").click()
    without = told(pk__in=Cable.objects.filter(sent_at__year=year).exclude(tags__code=code).values("pk"))
    expect(page.locator(FOUND)).to_have_text(without)
    expect(page.locator(".ask input[name=not_tag]")).to_have_value(code)

    page.locator("figcaption").get_by_role("link", name="all years").click()
    expect(page.locator(FOUND)).to_have_text(told(pk__in=Cable.objects.exclude(tags__code=code).values("pk")))

    for step, shown in [
        (page.go_back, without),
        (page.go_back, told(sent_at__year=year)),
        (page.go_back, told()),
        (page.go_forward, told(sent_at__year=year)),
    ]:
        step()
        expect(page.locator(FOUND)).to_have_text(shown)
        page.wait_for_load_state()  # steps are followed once the script is there


def test_search_is_narrowed_by_picture_and_facets_and_the_way_back_works(demo, page: Page):
    narrow(page)


def test_search_is_narrowed_without_javascript(demo, plain_page: Page):
    narrow(plain_page)


def test_answer_comes_into_the_open_page_with_the_focus_at_its_sentence(demo, page: Page):
    page.goto("/search/?q=minister")
    page.evaluate("window.open_still = true")
    columns = page.locator(".histogram li a")
    columns.last.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"&since="))
    expect(page.locator("#found")).to_be_focused()
    expect(page.locator("#since")).not_to_have_value("")

    page.get_by_role("link", name="Oldest first").click()
    expect(page).to_have_url(re.compile(r"sort=oldest"))
    expect(page.get_by_role("link", name="Oldest first")).to_have_attribute("aria-current", "true")
    expect(page.locator("#found")).to_be_focused()
    assert page.evaluate("window.open_still")

    page.get_by_role("combobox").first.fill("PGO")  # the form came anew, and suggests still
    expect(page.locator("datalist#suggestions option[value='tag:PGOV']")).to_have_count(1)


def test_picture_can_be_passed_by_the_keyboard(demo, page: Page):
    page.goto("/search/?q=minister")
    page.locator(".sorting a:visible").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip the picture")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('ol.cables a')")


def test_every_column_can_be_hit_by_a_finger(demo, page: Page):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/search/")
    boxes = [column.bounding_box() for column in page.locator(".histogram li a").all()]
    assert len(boxes) > 5
    assert all(box and box["height"] >= 24 and 24 <= box["width"] < 48 for box in boxes)


def test_facets_fold_in_a_narrow_window_only(demo, page: Page):
    page.goto("/search/?q=minister")
    value = page.locator(".facet", has_text="Classification").locator("li a").first
    expect(value).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 700})
    expect(value).to_be_hidden()
    page.get_by_role("link", name="Narrow").click()
    page.locator(".facet summary", has_text="Classification").click()
    value.click()
    expect(page.locator(".chips a")).to_have_count(3)  # the words, the classification, and the way to clear both


@pytest.mark.parametrize("script", [True, False])
def test_values_of_a_facet_are_narrowed_by_typing(demo, page: Page, plain_page: Page, script: bool):
    reader = page if script else plain_page
    reader.goto("/search/?q=minister")
    reader.locator("a", has_text=re.compile(r"^All \d+ TAGS")).click()
    reader.get_by_label("Only TAGS with").press_sequentially("PGOV")
    if not script:
        reader.get_by_role("button", name="Show").click()
    expect(reader.locator("#values li")).to_have_count(1)
    expect(reader.get_by_role("status")).to_contain_text("with “PGOV”")
    expect(reader).to_have_url(re.compile(r"/search/facet/tag/\?find=PGOV&q=minister$"))
    count = reader.locator("#values .count").inner_text()
    reader.locator("#values a").first.click()
    expect(reader.locator(FOUND)).to_have_text(f"{count} cables")


def test_search_given_up_says_so_in_the_open_page(demo, browser: Browser, live_server):
    page = browser.new_page(base_url=live_server.url)
    page.goto("/search/?q=minister")
    given_up = '<title>Given up</title><main><div id="search"><p role="alert">It was given up.</p></div></main>'
    page.route(
        "**/search/?*sort=oldest", lambda route: route.fulfill(status=503, content_type="text/html", body=given_up)
    )
    page.get_by_role("link", name="Oldest first").click()
    expect(page.get_by_role("alert")).to_have_text("It was given up.")
    page.close()
