"""A page of HTML to its cable, by whichever of the page forms it is."""

from __future__ import annotations

from collections.abc import Iterator

from cables.parsing.records import RawCable, Unreadable
from cables.sources import mirror_html, plusd_html, seed_page
from cables.sources.documents import Document
from cables.sources.html_page import NotAPageError, parse_page

_FORMS = (mirror_html.read_page, plusd_html.read_page, seed_page.read_page)
_NO_CABLE = (
    'an HTML page, but of no cable: it has no table of class "cable" (WikiLeaks mirror),'
    ' no table "synopsis" (PlusD) and no line "Identifier:"'
)


def read_html(document: Document) -> Iterator[RawCable | Unreadable]:
    """Return the cable of a page, or why there is none."""
    try:
        root, problems = parse_page(mirror_html.content(document.whole()))
    except NotAPageError as error:
        yield Unreadable(document.name, f"an HTML page that cannot be read: {error}")
        return
    cables = (read_page(root, document.name, problems) for read_page in _FORMS)
    yield next((cable for cable in cables if cable), Unreadable(document.name, _NO_CABLE))
