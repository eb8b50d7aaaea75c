"""The picture of a thread, as a browser draws it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cables.models import Cable
from cables.search.thread import thread

pytestmark = pytest.mark.browser

# Of every row: how far its picture falls short of it above and below, and how far its dot is from the middle of the
# first line of its words.
MEASURE = """
rows => rows.map(row => {
  const [all, drawn, dot] = [row, row.querySelector("svg"), row.querySelector("circle")]
    .map(element => element.getBoundingClientRect());
  const line = row.querySelector("p > *").getClientRects()[0];
  return [drawn.top - all.top, all.bottom - drawn.bottom, (dot.top + dot.bottom) / 2 - (line.top + line.bottom) / 2];
})
"""


@pytest.mark.parametrize(("width", "size"), [(320, 16), (1280, 16), (1280, 26)])
def test_lines_run_on_from_row_to_row_and_dots_stand_beside_their_words(demo, page: Page, width: int, size: int):
    long = max(
        Cable.objects.only("pk", "identifier"), key=lambda cable: len(thread(cable.pk, steps=4, most=200).cables)
    )
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"/cable/{long.identifier}/thread/")
    page.evaluate(f"document.documentElement.style.fontSize = '{size}px'")

    rows = page.locator(".thread > li")
    expect(rows).to_have_count(len(thread(long.pk, steps=4, most=200).cables))
    measured = rows.evaluate_all(MEASURE)
    assert len(measured) > 3
    for above, below, beside in measured:
        assert abs(above) < 0.5
        assert abs(below) < 0.5
        assert abs(beside) < 4


def test_reader_follows_a_line_by_its_words(demo, page: Page):
    citing = next(
        cable for cable in Cable.objects.order_by("id") if thread(cable.pk, steps=4, most=200).cables[0].step < 0
    )
    page.goto(f"/cable/{citing.identifier}/thread/")
    page.locator(".thread .own .told a[href^='#thread-']").first.click()
    expect(page.locator(".thread > li:target")).to_be_in_viewport()
