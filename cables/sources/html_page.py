"""HTML, as damaged as it comes, to a tree and to text; nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from cables.parsing.records import Problem
from cables.sources.decoding import decode, make_storable

_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)
_STRAY = re.compile(
    r"<(?!/?(?:a|b|body|br|code|div|em|font|html|i|img|mark|p|pre|span|strong|sub|sup|tt|u)[\s/>]|!--)",
    re.IGNORECASE,
)
_CELLS = frozenset({"td", "th", "dd"})
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dir|div|dl|fieldset|footer|form|h[1-6]|header|hr|html"
    "|legend|li|main|menu|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_UNSEEN = frozenset({"head", "script", "style", "noscript", "template"})
_SPACE = re.compile(r"[ \t\r\n\f]+")


class NotAPageError(Exception):
    """There is nothing in the bytes that an HTML parser can make a page of."""


def parse_page(data: bytes) -> tuple[etree._Element, tuple[Problem, ...]]:
    """Return the root of an HTML page, and the problems: characters replaced, or a page not read to its end.

    Raises NotAPageError.
    """
    text, problems = decode(data)
    # As bytes: lxml refuses a str that declares its own encoding, as all pages of the mirrors do.
    source = _keep_brackets(text).encode()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise NotAPageError(str(error)) from error
    if root is None:
        raise NotAPageError("no element in it")
    for fault in parser.error_log.filter_from_fatals():
        problems = (*problems, Problem("body", f"the page could not be read to its end: {fault.message}"))
    return root, problems


def _keep_brackets(source: str) -> str:
    """Return the source with "<" as an entity where it opens no element that stands in cable texts.

    Else an address in angle brackets (<name@example.org>) in a <pre> would be taken for an element and be lost.
    """
    pieces: list[str] = []
    done, inside = 0, False
    for edge in _PRE.finditer(source):
        piece = source[done : edge.start()]
        pieces.append(_STRAY.sub("&lt;", piece) if inside else piece)
        done, inside = edge.start(), not edge[1]
    rest = source[done:]
    return "".join((*pieces, _STRAY.sub("&lt;", rest) if inside else rest))


def exact_text(element: etree._Element) -> str:
    """Return all text inside an element, character for character, as for a <pre>."""
    return make_storable("".join(str(text) for text in element.itertext()))[0]


def one_line(element: etree._Element) -> str:
    """Return the text inside an element as a reader sees it on one line."""
    return _SPACE.sub(" ", exact_text(element)).strip(" ")


def page_text(root: etree._Element) -> str:
    """Return the text of a page as a reader sees it: a line for each block, <pre> character for character.

    The cells of a table's row, and a term and its definition, stand on one line.
    """
    return make_storable("".join(_pieces(root)))[0].strip("\n")


def _pieces(root: etree._Element) -> Iterator[str]:
    at_line_start = True
    preformatted = unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag, started = element.tag, event == "start"
        step = 1 if started else -1
        preformatted += step * (tag == "pre")
        unseen += step * (tag in _UNSEEN)
        edge = _edge(str(tag), started)
        if edge and (tag == "br" or not at_line_start):
            yield edge
            at_line_start = edge == "\n"
        text = (element.text if started else element.tail) or ""
        if unseen or (element is root and not started):
            continue
        if not preformatted:
            text = _SPACE.sub(" ", text)
            text = text.lstrip(" ") if at_line_start else text
        if text:
            yield text
            at_line_start = text.endswith("\n")


def _edge(tag: str, started: bool) -> str:
    """Return what parts an element from the text before its start, or from the text after its end."""
    if tag in _CELLS:
        return " " if started else ""
    if tag == "br":
        return "\n" if started else ""
    if _BLOCK.fullmatch(tag) or (tag == "dt" and started) or (tag == "dd" and not started):
        return "\n"
    return ""
