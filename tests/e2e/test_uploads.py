"""Cables brought in through the browser: uploaded with progress, looked through, imported."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from cables.ingest import at_work
from cables.ingest.run import import_paths
from cables.models import Cable, ImportRun, Upload
from tests.admin.uploading import upload
from tests.e2e.conftest import faultless_page
from tests.e2e.test_every_page import assert_no_barrier
from tests.ingest.files import many_cables
from tests.invented import BODY, seed_page

SUBJECT = "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return settings.UPLOAD_DIR


@pytest.fixture
def importer(client) -> str:
    """The session of somebody who may import."""
    client.force_login(User.objects.create_superuser("importer"))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def page(browser: Browser, live_server, importer: str) -> Iterator[Page]:
    with signed_in(browser, live_server.url, importer) as page:
        yield page


@contextmanager
def signed_in(browser: Browser, url: str, session: str, but: str | None = None) -> Iterator[Page]:
    """A page of its own without faults, `but` such a one, of whom the session is."""
    with faultless_page(browser, url, but=but) as page:
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
        yield page


@contextmanager
def a_worker(work_off) -> Iterator[None]:
    """Work meanwhile, in another thread, as `manage.py work` does in another process."""
    stop = threading.Event()

    def work() -> None:
        at_work.sign_on(connection)
        while not stop.wait(0.2):
            work_off()
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


def slow_down(page: Page) -> None:
    """Let the browser send a megabyte a second, so that an upload has a middle."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_000_000}
    session.send("Network.emulateNetworkConditions", limits)


def test_upload_shows_progress_then_a_preview_and_comes_in_when_told(page: Page, tmp_path: Path, work_off):
    file = many_cables(tmp_path / "cables.csv", 300, text="1. (C) The harbour is quiet. " * 200)
    page.goto("/admin/")
    page.get_by_role("link", name="Import cables").click()
    slow_down(page)
    page.get_by_label("Files or archives").set_input_files([file])
    page.get_by_role("button", name="Upload and look through").click()

    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("#told")).to_have_text(re.compile(r"^\d+\.\d MB of \d+\.\d MB\.$"))
    expect(page.locator(".state")).to_contain_text("Waiting to be looked through", timeout=20_000)
    assert (Upload.objects.get().size, Cable.objects.count()) == (file.stat().st_size, 0)
    expect(page.get_by_text("No worker is running")).to_be_visible()

    with a_worker(work_off):
        expect(page.locator(".state")).to_have_text("Looked through. Nothing has been written yet.", timeout=30_000)
        expect(page.locator(".counts")).to_contain_text("New")
        assert Cable.objects.count() == 0
        page.get_by_role("link", name="05VALDMARK1").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("HARBOUR")
        page.go_back()
        page.get_by_role("button", name="Import").click()
        page.wait_for_url("**/admin/cables/importrun/*/change/", timeout=30_000)

    run = ImportRun.objects.get()
    assert page.url.endswith(f"/admin/cables/importrun/{run.pk}/change/")
    assert (run.created, Cable.objects.count()) == (300, 300)


def test_upload_can_be_stopped_and_leaves_nothing(page: Page, tmp_path: Path, folder: Path):
    file = many_cables(tmp_path / "cables.csv", 2000, text="1. (C) The harbour is quiet. " * 200)
    page.goto("/admin/cables/upload/add/")
    slow_down(page)
    page.get_by_label("Files or archives").set_input_files([file])
    page.get_by_role("button", name="Upload and look through").click()
    page.wait_for_function("() => document.getElementById('sent').value > 0")

    page.get_by_role("button", name="Stop").click()

    expect(page.get_by_role("alert")).to_have_text("Stopped. Nothing was kept.")
    page.wait_for_timeout(500)
    assert (Upload.objects.count(), list(folder.iterdir())) == (0, [])


def test_files_over_the_limit_are_refused_before_they_are_sent(page: Page, tmp_path: Path, settings):
    settings.UPLOAD_LIMIT = 1000
    page.goto("/admin/cables/upload/add/")
    page.get_by_label("Files or archives").set_input_files([many_cables(tmp_path / "cables.csv", 10)])
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Upload and look through").click()

    expect(page.get_by_role("alert")).to_contain_text("and an upload may have 0.0 MB.")
    assert sent == []


def test_what_the_server_refuses_is_told_on_the_page(browser: Browser, live_server, importer: str, tmp_path: Path):
    (tmp_path / "page.txt").write_text(seed_page())
    with signed_in(browser, live_server.url, importer, but="status of 400") as page:
        page.goto("/admin/cables/upload/add/")
        page.get_by_label("Files or archives").set_input_files([tmp_path / "page.txt"])
        page.evaluate("document.querySelector('[name=end]').value = ''")
        page.get_by_role("button", name="Upload and look through").click()

        expect(page.get_by_role("alert")).to_contain_text("The upload broke off before its end")
        expect(page.get_by_role("button", name="Upload and look through")).to_be_visible()


def test_upload_needs_no_script(browser: Browser, live_server, importer: str, tmp_path: Path, work_off):
    (tmp_path / "page.txt").write_text(seed_page())
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": importer, "url": live_server.url}])
    page = context.new_page()
    page.goto("/admin/cables/upload/add/")
    page.get_by_label("Files or archives").set_input_files([tmp_path / "page.txt"])
    page.get_by_role("button", name="Upload and look through").click()
    expect(page.locator(".state")).to_contain_text("Waiting to be looked through")
    work_off()
    page.get_by_role("link", name="Show how far it is now").click()
    page.get_by_role("button", name="Import").click()
    work_off()
    page.get_by_role("link", name="Show how far it is now").click()
    page.locator("#content").get_by_role("link", name="Run ").click()

    assert Cable.objects.get().identifier == "05VALDMARK538"
    context.close()


def test_pages_of_an_upload_bar_nobody_and_fit_a_narrow_window(
    browser: Browser, live_server, importer: str, client, tmp_path: Path, work_off
):
    (tmp_path / "held.txt").write_text(seed_page())
    import_paths([tmp_path / "held.txt"])
    changed = seed_page(body=BODY.replace("close", "very close"), released="2012-10-04")
    upload(client, ("page.txt", changed.encode()), ("more.txt", seed_page("05VALDMARK9").encode()), ("empty.txt", b""))
    number = Upload.objects.get().pk
    with signed_in(browser, live_server.url, importer) as page:
        examine(page, "/admin/cables/upload/add/", "Import cables")
        examine(page, f"/admin/cables/upload/{number}/change/", f"Upload {number}")
        work_off()
        examine(page, f"/admin/cables/upload/{number}/change/", f"Upload {number}")
        examine(page, f"/admin/cables/upload/{number}/cables/1/", SUBJECT, "main")
        Upload.objects.update(state=Upload.State.BROKEN_OFF, message="The disk is full.")
        examine(page, f"/admin/cables/upload/{number}/change/", f"Upload {number}")


def examine(page: Page, address: str, heading: str, part: str = "#content") -> None:
    """Fail where the part of a page that is its own bars somebody, or the page is wider than a narrow window."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_no_barrier(page, part)
