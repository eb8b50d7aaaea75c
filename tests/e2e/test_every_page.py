"""What a browser finds of every kind of page: nothing that bars a reader, nothing wider than a narrow window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import faultless_page
from tests.pages import KINDS, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
# Style sheets are not loaded anew for a rule that is off: axe would look for what they import in the wrong folder.
AXE = "part => axe.run(part, {resultTypes: ['violations'], preload: false})"


@pytest.fixture(scope="module")
def visitor(browser: Browser, invented_site: str) -> Iterator[Page]:
    """One page in which all kinds are opened, one after the other."""
    with faultless_page(browser, invented_site, but="the server responded with a status of 4") as page:
        yield page


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_barrier(visitor: Page, kind: str):
    visitor.goto(address(kind))
    assert_no_barrier(visitor)


def test_axe_finds_no_barrier_in_the_page_of_a_fault(visitor: Page):
    visitor.set_content(render_to_string("500.html"))
    assert_no_barrier(visitor)


def assert_no_barrier(page: Page, part: str = "html") -> None:
    """Fail with what axe finds in that part of the open page, by day and by night, narrow and wide."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for violation in page.evaluate(AXE, part)["violations"]:
                found += [f"{scheme}, {width}: {violation['id']}: {told(node)}" for node in violation["nodes"]]
    assert not found, "\n".join(found)


def told(node: dict[str, Any]) -> str:
    """Return an element that axe objects to, and why."""
    return f"{node['html']}: {node['failureSummary']}"


@pytest.mark.parametrize("kind", KINDS)
def test_page_fits_a_narrow_window(visitor: Page, kind: str):
    visitor.set_viewport_size({"width": 320, "height": 700})
    visitor.goto(address(kind))
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 320
