"""Forms of the admin, sent as a browser sends them."""

from __future__ import annotations

from typing import Any

import lxml.html


def sent(client, address: str, **changes: Any):
    """Open the form at an address, change these of its fields, send it, and return the answer."""
    return client.post(address, fields(client, address) | changes)


def fields(client, address: str) -> dict[str, Any]:
    """Return what a browser would send of the form at an address if nobody touched it."""
    page = lxml.html.fromstring(client.get(address).content.decode())
    return fields_of(page)


def fields_of(page) -> dict[str, Any]:
    """Return the same of the form in a page."""
    (form,) = (form for form in page.forms if form.get("id", "").endswith("_form"))
    values = {name: value for name, value in form.form_values() if name != "_save"}
    # Django begins a text with a line end, which browsers drop.
    texts = {area.name for area in form.xpath(".//textarea")}
    kept = {name: value.removeprefix("\n") if name in texts else value for name, value in values.items()}
    return {name: value.replace("\n", "\r\n") for name, value in kept.items()}


def errors(response) -> list[str]:
    """Return what the page says is wrong, in order."""
    page = lxml.html.fromstring(response.content.decode())
    return [" ".join(item.text_content().split()) for item in page.xpath("//ul[contains(@class, 'errorlist')]/li")]


def told(response) -> list[str]:
    """Return the messages above the page."""
    page = lxml.html.fromstring(response.content.decode())
    return [" ".join(item.text_content().split()) for item in page.xpath("//ul[@class='messagelist']/li")]
