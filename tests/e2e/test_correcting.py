"""An administrator corrects a cable in a real browser, and takes it back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page, expect

from cables.ingest.run import import_paths
from cables.models import Cable
from tests.e2e.conftest import faultless_page
from tests.e2e.test_every_page import assert_no_barrier
from tests.invented import seed_page

pytestmark = pytest.mark.browser

PASSPHRASE = "a-long-invented-passphrase"  # noqa: S105


@pytest.fixture
def held(transactional_db: None, tmp_path: Path) -> Cable:
    """A cable, in an archive that has somebody who may correct it."""
    get_user_model().objects.create_superuser("archivist", "", PASSPHRASE)
    (tmp_path / "page.txt").write_text(seed_page())
    import_paths([tmp_path / "page.txt"])
    return Cable.objects.get()


def open_form(page: Page, cable: Cable) -> None:
    """Sign in, and open the form on which the cable is corrected."""
    page.goto(f"/admin/login/?next=/admin/cables/cable/{cable.pk}/change/")
    page.get_by_label("Username").fill("archivist")
    page.get_by_label("Password").fill(PASSPHRASE)
    page.get_by_role("button", name="Log in").click()


def test_subject_and_date_are_corrected_and_taken_back(held: Cable, page: Page):
    open_form(page, held)
    page.get_by_label("Subject").fill("THE FERRYMEN WIN")
    page.get_by_label("Day", exact=True).fill("2005-02-11")
    page.get_by_label("Why").fill("The film has this date.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")

    page.goto("/cable/05VALDMARK538/")
    expect(page.get_by_role("heading", level=1)).to_have_text("THE FERRYMEN WIN")
    expect(page.locator("dl.facts").first).to_contain_text("11 February 2005 07:16 UTC")
    page.get_by_role("link", name="corrected", exact=True).first.click()
    expect(page).to_have_url(re.compile("#corrected$"))
    told = page.get_by_role("region", name="Corrected by the archive").get_by_role("listitem")
    expect(told).to_have_text(
        [
            re.compile("^Subject, .*The file says: “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN”. The film has"),
            re.compile("^Date, .*The file says: “10 February 2005, 07:16 UTC”. The film has this date."),
        ]
    )

    page.goto("/admin/cables/correction/")
    page.get_by_role("link", name="05VALDMARK538: Subject").click()
    page.get_by_role("link", name="Take back").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_label("Subject")).to_have_value("ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN")
    page.goto("/cable/05VALDMARK538/")
    expect(told).to_have_count(1)


def test_form_has_no_barrier_and_fits_a_narrow_window(held: Cable, browser: Browser, live_server):
    # What looks for barriers would itself give boxes a style.
    with faultless_page(browser, live_server.url, but="Applying inline style") as page:
        open_form(page, held)
        page.get_by_label("Subject").fill("THE FERRYMEN WIN " * 20)
        page.get_by_role("button", name="Save and continue editing").click()
        expect(page.locator(".corrected")).to_have_count(1)
        assert_no_barrier(page, "#cable_form")
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
