"""The same without a mouse: every step by Tab and Enter, and the focus always to be seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cables.models import Cable, Reference

pytestmark = pytest.mark.browser

MOST_STOPS = 200
_WHERE = """
selector => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    const ring = element.querySelector("circle.reach");  // a post on the map has a ring of its own shape
    const ringed = ring && parseFloat(getComputedStyle(ring).strokeWidth) >= 3;
    const outlined = ringed || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return {reached: element.matches(selector), left: element === document.body, seen: outlined && inside,
            html: element.outerHTML.slice(0, 200)};
}
"""


def test_first_stop_leads_to_the_content(demo, page: Page):
    page.goto("/tags/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#main$"))
    tab_to(page, "main a")


def test_reader_searches_reads_follows_a_reference_and_goes_back(demo, page: Page):
    citing = (
        Reference.objects.exclude(target=None).select_related("cable", "target").latest("cable__sent_at", "cable_id")
    )
    cable, cited = citing.cable, citing.target
    words = f'"{cable.subject}"'

    page.goto("/")
    tab_to(page, "input[type=search]")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")

    open_by_keyboard(page, cable)
    open_by_keyboard(page, cited)

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(cable.title)
    page.go_back()
    expect(page.locator("input[type=search]")).to_have_value(words)
    expect(page.locator(f'ol.cables h3 a[href^="{cable.get_absolute_url()}"]')).to_be_visible()


def test_reader_opens_a_post_from_the_map(demo, page: Page):
    page.goto("/origins/")
    tab_to(page, ".map a")
    name = page.locator(".map a:focus title").text_content().partition(":")[0]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def open_by_keyboard(page: Page, cable: Cable) -> None:
    """Go to the first link to the cable in the content, and follow it."""
    tab_to(page, f'main a[href^="{cable.get_absolute_url()}"]')
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(cable.get_absolute_url())))
    expect(page.get_by_role("heading", level=1)).to_have_text(cable.title)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector means; it is seen at every stop on the way."""
    page.wait_for_load_state()  # the style sheet is there, and draws the focus
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        where = page.evaluate(_WHERE, selector)
        assert where["seen"] or where["left"], f"the focus is not to be seen on {where['html']}"
        if where["reached"]:
            return
    pytest.fail(f"Tab never reached {selector}")
