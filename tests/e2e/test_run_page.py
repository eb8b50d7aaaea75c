"""A run seen to its end in a real browser: a refused cable corrected and tried again, and all of it undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from cables.ingest.run import import_paths
from cables.models import Cable
from tests.invented import seed_page

pytestmark = pytest.mark.browser


def test_refused_cable_is_corrected_and_tried_again_and_both_runs_are_undone(
    demo: None, page: Page, tmp_path: Path, work_off: Callable[[], None]
):
    get_user_model().objects.create_superuser("archivist", "", "a-long-invented-passphrase")
    held = Cable.objects.count()
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "good.txt").write_text(seed_page("05VALDMARK99001", subject="ZEPPELINS IN THE HARBOUR"))
    (folder / "refused.txt").write_text(seed_page(identifier="", body="1. (C) Nameless zeppelins.\n"))
    run = import_paths([folder]).run

    page.goto(f"/admin/cables/importrun/{run.pk}/change/")
    page.get_by_label("Username").fill("archivist")
    page.get_by_label("Password").fill("a-long-invented-passphrase")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".counts div", has_text="created").locator("dd")).to_have_text("1")
    page.locator("a", has_text="refused.txt").click()

    expect(page.get_by_label("Identifier")).to_have_accessible_description(re.compile("^Wrong: It has no identifier"))
    page.get_by_label("Identifier").fill("05VALDMARK99002")
    page.get_by_role("button", name="Save and try again").click()
    expect(page.locator(".messagelist")).to_contain_text("1 tried again, 1 settled.")
    assert found(page) == ["05VALDMARK99001", "05VALDMARK99002"]

    page.goto(f"/admin/cables/importrun/{run.pk}/change/")
    page.locator("a", has_text="refused.txt").click()
    page.locator("dd", has_text="settled by").get_by_role("link").click()
    undo(page, work_off)
    assert found(page) == ["05VALDMARK99001"]

    page.goto(f"/admin/cables/importrun/{run.pk}/change/")
    expect(page.get_by_text("1 open. For 1 of them no cable came in.")).to_be_visible()
    undo(page, work_off)
    assert found(page) == []
    assert [page.request.get(f"/cable/05VALDMARK9900{each}/").status for each in (1, 2)] == [404, 404]
    assert Cable.objects.count() == held


def undo(page: Page, work_off: Callable[[], None]) -> None:
    """Undo the run whose page is open, and let the worker do its part."""
    page.get_by_role("link", name="Undo this run").click()
    expect(page.get_by_text("Nothing stands against undoing this run.")).to_be_visible()
    page.get_by_role("button", name="Undo Run").click()
    expect(page.get_by_role("status")).to_contain_text("It waits for the worker")
    work_off()
    expect(page.locator(".messagelist")).to_contain_text("is undone.")  # the page looks again by itself


def found(page: Page) -> list[str]:
    """Return the identifiers that a search for zeppelins finds."""
    page.goto("/search/?q=zeppelins")
    return sorted(page.locator("ol.cables .identifier").all_inner_texts())
