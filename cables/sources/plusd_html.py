"""Pages of WikiLeaks' Public Library of US Diplomacy (PlusD)."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from cables.parsing.records import Problem, RawCable
from cables.sources.fields import has_value, raw_cable
from cables.sources.html_page import one_line, page_text

FORM = "plusd-html"
_COLLECTION = re.compile(r"_[a-z]\Z")


def read_page(root: etree._Element, file: str, problems: tuple[Problem, ...]) -> RawCable | None:
    """Return the cable of a PlusD page, or None when the page is no such page.

    The table "synopsis" has the subject in its first row, then keys and values; the text is in "tagged-text".
    The letter of the collection after an identifier ("1976STATE181062_b") is no part of it.
    """
    table = _by_id(root, "synopsis")
    if table is None:
        return None
    pairs = _pairs(table)
    text = _by_id(root, "tagged-text")
    cable = raw_cable(
        pairs, form=FORM, file=file, line=1, body="" if text is None else page_text(text), problems=problems
    )
    subject = next((one_line(cell) for cell in table.iter("td") if cell.get("colspan")), "")
    return replace(
        cable,
        identifier=_COLLECTION.sub("", cable.identifier),
        subject=subject if has_value(subject) else "",
        tags=", ".join(_tag_codes(pairs.get("TAGS", ""))),
    )


def _by_id(root: etree._Element, identity: str) -> etree._Element | None:
    return next((element for element in root.iter() if element.get("id") == identity), None)


def _pairs(table: etree._Element) -> dict[str, str]:
    pairs: dict[str, str] = {}
    key = ""
    for element in table.iter("div"):
        classes = element.get("class", "").split()
        if "s_key" in classes:
            key = one_line(element).rstrip(": ")
        elif "s_val" in classes and key:
            pairs[key], key = one_line(element), ""
    return pairs


def _tag_codes(value: str) -> list[str]:
    """Return "PREL" of each "PREL - Political Affairs--External Political Relations" between bars."""
    codes = (item.partition(" - ")[0].strip() for item in value.split("|") if has_value(item))
    return [code for code in codes if code]
