"""Pages of the WikiLeaks mirrors of 2010 and 2011 (three generations), and of wikileaks.org after them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from cables.parsing.records import Problem, RawCable
from cables.sources.html_page import exact_text, one_line
from cables.sources.notices import split_notice

FORM = "mirror-html"
_CELLS = {
    "reference id": "identifier",
    "date": "created",
    "created": "created",
    "released": "released",
    "classification": "classification",
    "origin": "origin",
}
_CONTENT = re.compile(rb"<h3[^<>]{0,200}>\s{0,40}Viewing cable\b")
_TITLE = re.compile(r"Viewing cable\s+([^\s,]*)(?:\s*,\s*)?", re.IGNORECASE)
_ARTICLES = "Appears in these articles"


def content(data: bytes) -> bytes:
    """Return a mirror page from its title on, any other page as it is.

    What stands before it is navigation, in the last generation 185 KB a page: a cloud of all 3,875 tags.
    """
    title = _CONTENT.search(data)
    return data[title.start() :] if title else data


def read_page(root: etree._Element, file: str, problems: tuple[Problem, ...]) -> RawCable | None:
    """Return the cable of a mirror page, or None when the page is no such page.

    Its first <pre> is the header, the second the body; the notice of a partial extract stands in the first.
    """
    table = next((table for table in root.iter("table") if "cable" in table.get("class", "").split()), None)
    if table is None:
        return None
    values = _table_values(table)
    titles = (exact_text(heading).strip() for heading in root.iter("h3"))
    title = next((text for text in titles if _TITLE.match(text)), "")
    named = _TITLE.match(title)
    texts = list(_texts_after(root, table))
    notice, header = split_notice(texts[0]) if texts else ("", "")
    body = "\n".join(texts[1:])
    if len(texts) == 1 and not notice:
        header, body = "", header
    if not texts:
        problems = (
            *problems,
            Problem("body", "the page holds no text of the cable: it may have been cut off"),
        )
    articles = "\n".join(_articles(table))
    return RawCable(
        FORM,
        file,
        1,
        identifier=values.pop("identifier", "") or (named[1] if named else ""),
        subject=title[named.end() :] if named else "",
        header=header,
        body=body,
        notice=notice,
        attributes={"articles": articles} if articles else {},
        problems=problems,
        **values,
    )


def _table_values(table: etree._Element) -> dict[str, str]:
    """Return the row under the headings; of a link the text, for its title attribute is wrong."""
    names = [_CELLS.get(one_line(cell).casefold(), "") for cell in table.iter("th")]
    cells = [exact_text(cell).strip() for cell in table.iter("td")]
    return {name: value for name, value in zip(names, cells, strict=False) if name}


def _texts_after(root: etree._Element, table: etree._Element) -> Iterator[str]:
    """Return the text of each <pre> after the table: later pages have one before it, with the site's key."""
    after = False
    for element in root.iter("table", "pre"):
        if element is table:
            after = True
        elif after and element.tag == "pre" and next(element.iterancestors("pre"), None) is None:
            yield exact_text(element)


def _articles(table: etree._Element) -> Iterator[str]:
    """Return the addresses of articles that cite the cable: a link's text, since copiers rewrite the link."""
    for cell in table.iter("td"):
        if not one_line(cell).startswith(_ARTICLES):
            continue
        for link in cell.iter("a"):
            text = one_line(link)
            yield text if text.startswith(("http://", "https://")) else link.get("href", text)
