"""A real Chromium against a real server. Without a browser the tests say so and are skipped; in CI they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.pages import fill_with_invented_cables

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Playwright runs an event loop in the tests' thread; the tests themselves are not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium_path(playwright: Playwright) -> str | None:
    """Return a Chromium: the one named by CHROMIUM, Playwright's own, or one of the machine's."""
    if named := os.environ.get("CHROMIUM"):
        return named
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium_path(playwright)
        if path is None:
            message = "no Chromium found: install Debian's package chromium, or name one in CHROMIUM"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A page of its own whose console and network hold no error at the end."""
    with faultless_page(browser, live_server.url) as page:
        yield page


@contextmanager
def faultless_page(browser: Browser, url: str, *, but: str | None = None) -> Iterator[Page]:
    """A page of its own, its addresses below `url`; console and network hold no error at the end, `but` such a one."""
    context = browser.new_context(base_url=url)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"{request.url} failed") if is_fault(request) else None)
    yield page
    context.close()
    assert [fault for fault in faults if but is None or but not in fault] == []


def is_fault(request: Request) -> bool:
    """Return whether a request failed of itself: what is still on its way when a page is left is given up."""
    return request.failure != "net::ERR_ABORTED"


@pytest.fixture
def demo(transactional_db: None, tmp_path: Path) -> None:
    """The first two hundred invented cables."""
    fill_with_invented_cables(tmp_path / "corpus")


@pytest.fixture(scope="module")
def invented_site(invented: None) -> Iterator[str]:
    """The address of a server of the archive that all tests of a module only read."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()
