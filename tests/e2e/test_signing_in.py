"""Signing in, done in a real browser: the second step set up and asked for, the lock, and pages that bar nobody."""

from __future__ import annotations

from base64 import b32decode

import pytest
from django.contrib.auth.models import User
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import faultless_page
from tests.e2e.test_every_page import assert_no_barrier

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-invented-passphrase"  # noqa: S105


@pytest.fixture(autouse=True)
def archivist(transactional_db: None) -> User:
    return User.objects.create_superuser("archivist", "", PASSWORD)


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("archivist")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def set_up(page: Page) -> tuple[bytes, str]:
    """Set up the second step on its open page; return the telephone's key and the first code from paper."""
    key = b32decode(page.locator("main code").inner_text().replace(" ", ""))
    page.get_by_label("Code of the telephone").fill(f"{totp(key):06}")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".paper-codes code")).to_have_count(10)
    return key, page.locator(".paper-codes code").first.inner_text()


def test_second_step_is_set_up_and_lets_in_next_time(page: Page):
    sign_in(page)
    page.get_by_role("link", name="Two-step sign-in").click()
    page.get_by_role("link", name="Set it up").click()
    assert page.locator("main img").evaluate("img => img.decode().then(() => img.naturalWidth)") > 100
    key, on_paper = set_up(page)
    page.get_by_role("link", name="I have them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Administration")

    page.get_by_role("button", name="Log out").click()
    sign_in(page)
    expect(page.get_by_label("Code")).to_be_focused()
    page.get_by_label("Code").fill(f"{totp(key, drift=1):06}")  # the next one: that of now is used up
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Administration")

    page.get_by_role("button", name="Log out").click()
    sign_in(page)
    page.get_by_label("Code").fill(on_paper)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Two-step sign-in").click()
    expect(page.locator("main p strong")).to_have_text("9")


def test_failures_lock_and_the_page_says_so(browser: Browser, live_server, settings):
    settings.AXES_FAILURE_LIMIT = 3
    with faultless_page(browser, live_server.url, but="status of 429") as page:
        for _ in range(3):
            sign_in(page, "wrong")
        expect(page.get_by_role("alert")).to_contain_text("Try again in 30 minutes.")
        sign_in(page)
        expect(page.get_by_role("alert")).to_contain_text("Try again in 30 minutes.")


def assert_fit_and_open(page: Page) -> None:
    """Fail where axe finds a barrier, or a narrow window does not hold the page."""
    page.emulate_media(reduced_motion="reduce")  # else colours are still on their way from day to night
    assert_no_barrier(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 800})


def test_pages_of_signing_in_bar_nobody(browser: Browser, live_server, settings):
    settings.AXES_FAILURE_LIMIT = 3
    context = browser.new_context(base_url=live_server.url)  # axe itself tries styles that the pages forbid
    page = context.new_page()
    sign_in(page)
    page.goto("/admin/two-step/")
    assert_fit_and_open(page)
    page.goto("/admin/two-step/set-up/")
    assert_fit_and_open(page)
    set_up(page)
    assert_fit_and_open(page)
    page.goto("/admin/two-step/")
    assert_fit_and_open(page)
    page.get_by_role("button", name="Log out").click()
    sign_in(page)
    assert_fit_and_open(page)
    for _ in range(3):
        sign_in(page, "wrong")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-in is locked")
    assert_fit_and_open(page)
    context.close()
