"""What people do here, done in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cables.models import Cable, Reference
from cables.search.similar import similar

pytestmark = pytest.mark.browser


def test_reader_searches_opens_a_cable_follows_a_reference_and_filters_by_a_tag(demo, page: Page):
    citing = Reference.objects.exclude(target=None).select_related("cable", "target").latest("cable__sent_at")
    code = citing.target.tags.earliest("cabletag__position").code

    page.goto("/")
    page.get_by_label("Search the cables").fill(f'"{citing.cable.subject}"')
    page.get_by_role("button", name="Search").click()
    page.locator(f'ol.cables h3 a[href^="{citing.cable.get_absolute_url()}?"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text(citing.cable.subject)

    page.locator(".references").get_by_role("link", name=citing.target.identifier, exact=True).click()
    expect(page.locator(".crumbs .identifier")).to_have_text(citing.target.identifier)
    expect(page.locator("section", has_text="Cables that cite this one")).to_contain_text(citing.cable.identifier)

    page.locator("dl.facts").get_by_role("link", name=code, exact=True).click()
    page.get_by_role("link", name="Search in these cables").click()
    expect(page.locator(".chips a")).to_have_count(1)
    expect(page.locator("#found strong")).to_have_text(told(Cable.objects.filter(tags__code=code).count()))

    post = citing.target.origin
    page.locator(".facet", has_text="Origin").get_by_role("link", name=post.name, exact=True).click()
    expect(page.locator(".chips a", has_text=code)).to_be_visible()
    both = Cable.objects.filter(tags__code=code, origin=post).count()
    expect(page.locator("#found strong")).to_have_text(told(both))


def told(count: int) -> str:
    return f"{count} cable{'' if count == 1 else 's'}"


def test_reader_finds_a_tag_while_typing_and_goes_from_year_to_day(demo, page: Page):
    page.goto("/tags/")
    page.evaluate("window.here = true")
    page.get_by_label("Find a TAG").press_sequentially("political relations")
    expect(page.locator("#found .identifier")).to_have_text(["PREL"])
    expect(page.get_by_role("status")).to_have_text(re.compile("^1 has “political relations” in its code or meaning"))
    assert page.evaluate("window.here")  # the page was not loaded anew
    page.get_by_label("Find a TAG").fill("zeppelin")
    expect(page.get_by_role("status")).to_contain_text("No TAG in use here has “zeppelin”")
    page.get_by_role("link", name="All TAGS").click()
    page.locator("#found").get_by_role("link", name=re.compile("^PREL")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("PREL: External Political Relations")

    day = Cable.objects.exclude(sent_at=None).latest("sent_at").sent_at
    page.get_by_role("link", name="Dates", exact=True).click()
    page.get_by_role("rowheader", name=f"{day:%Y}").get_by_role("link").click()
    page.get_by_role("heading", name=f"{day:%B}").get_by_role("link").click()
    page.get_by_role("table", name=f"{day:%B} day by day").get_by_role("link", name=re.compile(f"^{day.day} ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{day:%A}, {day.day} {day:%B %Y}")
    expect(page.locator(".cables > li")).to_have_count(Cable.objects.filter(sent_at__date=day.date()).count())


def test_paragraph_is_reached_by_its_anchor(demo, page: Page):
    cable = Cable.objects.filter(paragraphs__number="3").first()
    page.goto(f"{cable.get_absolute_url()}#par3")
    expect(page.locator("#par3")).to_be_in_viewport()


def test_paragraphs_number_shows_how_to_cite_it(demo, page: Page):
    cable = Cable.objects.filter(paragraphs__number="3").first()
    page.goto(cable.get_absolute_url())
    expect(page.locator(".citation:visible")).to_have_count(0)

    page.get_by_role("link", name="Paragraph 2", exact=True).click()

    address = page.url
    assert address.endswith(f"{cable.get_absolute_url()}#par2")
    expect(page.locator(".citation:visible span")).to_have_text(f"{cable.identifier}, paragraph 2, {address}")


def test_cables_like_a_cable_come_when_its_end_is_reached(demo, page: Page):
    cable = next(cable for cable in Cable.objects.order_by("pk") if similar(cable.pk, 5))
    page.goto(cable.get_absolute_url())
    page.get_by_role("heading", name="Cables like this one").scroll_into_view_if_needed()

    names = [other.title for other in similar(cable.pk, 5)]
    expect(page.locator("aside[aria-labelledby=similar] li a")).to_have_text(names)
