"""What a browser finds of every kind of page of the administrators' side, as of the public ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.admin_pages import ADMIN_KINDS, admin_address, administered_archive
from tests.e2e.conftest import faultless_page
from tests.e2e.test_every_page import assert_no_barrier

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def administered(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The session of an administrator of the archive that all tests of this module only read."""
    with django_db_blocker.unblock(), administered_archive(tmp_path_factory.mktemp("administered")):
        client = Client()
        client.force_login(User.objects.get(username="administrator"))
        yield client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def visitor(browser: Browser, administered: str) -> Iterator[Page]:
    """One page, signed in, in which all kinds are opened; console and network hold no error at the end."""
    server = LiveServer("localhost")
    with faultless_page(browser, server.url) as page:
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": administered, "url": server.url}])
        yield page
    server.stop()


@pytest.mark.parametrize("kind", ADMIN_KINDS)
def test_axe_finds_no_barrier(visitor: Page, kind: str):
    visitor.goto(admin_address(kind))
    assert visitor.locator("#logout-form").count() == 1, "this is the sign-in page"
    assert_no_barrier(visitor)


@pytest.mark.parametrize("kind", ADMIN_KINDS)
def test_page_fits_a_narrow_window(visitor: Page, kind: str):
    visitor.set_viewport_size({"width": 320, "height": 700})
    visitor.goto(admin_address(kind))
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 320


def test_button_can_be_read_while_it_has_the_focus(visitor: Page):
    visitor.goto(admin_address("upload"))
    for name in ("Import", "Discard"):
        visitor.get_by_role("button", name=name, exact=True).focus()
        assert_no_barrier(visitor)
