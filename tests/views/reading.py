"""Pages as tests read them."""

from __future__ import annotations

import lxml.html


def page_of(client, address: str) -> lxml.html.HtmlElement:
    """Return the page at an address, which must be there."""
    response = client.get(address)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


def words(element: lxml.html.HtmlElement) -> str:
    """Return the words of an element with one space between them."""
    return " ".join(element.text_content().split())


def found(client, query_string: str) -> set[str]:
    """Return the identifiers on the page of a search."""
    page = page_of(client, f"/search/{query_string}")
    return {href.strip("/").split("/")[1] for href in page.xpath("//ol[@class='cables']//h3/a/@href")}
