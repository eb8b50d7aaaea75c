"""The public pages' style sheet: one file, of all its parts, in order."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from archive_site.stylesheet import NAME, PARTS


def test_sheet_holds_every_part_in_order():
    sheet = Path(finders.find(NAME)).read_text("utf-8")
    assert sheet == "\n".join((settings.BASE_DIR / f"static/css/{part}.css").read_text("utf-8") for part in PARTS)


def test_every_file_of_rules_is_a_part():
    files = {file.stem for file in (settings.BASE_DIR / "static/css").glob("*.css")}
    assert {file for file in files if not file.startswith("admin")} == set(PARTS)


def test_sheet_that_is_out_of_date_is_put_together_anew():
    made = Path(finders.find(NAME))
    good = made.read_text("utf-8")
    made.write_text("old")
    assert Path(finders.find(NAME)).read_text("utf-8") == good


def test_page_asks_for_one_style_sheet(client, db):
    page = client.get("/about/").content.decode()
    assert page.count('rel="stylesheet"') == 1
    assert f"/static/{NAME}" in page
