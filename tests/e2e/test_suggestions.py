"""Suggestions in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_search_box_suggests_while_typing(demo, page: Page):
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the cables")
    box.press_sequentially("embassy")
    options = page.locator("datalist#suggestions option")
    expect(options).not_to_have_count(0)
    assert (options.first.get_attribute("value") or "").startswith('origin:"Embassy ')

    box.fill("PGO")
    expect(page.locator("datalist#suggestions option[value='tag:PGOV']")).to_have_count(1)


def test_typing_leads_to_results_without_a_suggestion(demo, page: Page):
    page.goto("/")
    page.get_by_role("combobox", name="Search the cables").press_sequentially("harbour")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
