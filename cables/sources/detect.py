"""The form of a file, told by what it begins with, never by its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from cables.parsing.records import RawCable, Unreadable
from cables.sources import (
    cables_csv,
    header_csv,
    historylab_json,
    joined_text,
    mirror_html,
    nara_text,
    plusd_html,
    seed_page,
    telegram,
)
from cables.sources.documents import Document
from cables.sources.html_forms import read_html

FORMS = {
    mirror_html.FORM: "WikiLeaks mirror page",
    plusd_html.FORM: "PlusD page",
    seed_page.HTML_FORM: "cable page with labelled lines (HTML)",
    seed_page.TEXT_FORM: "cable page with labelled lines (text)",
    cables_csv.FORM: "cables.csv of eight columns",
    header_csv.FORM: "CSV with a header row",
    historylab_json.FORM: "History Lab JSON",
    nara_text.FORM: "National Archives text with attributes",
    joined_text.FORM: "text under five lines (identifier, title, date, classification, origin)",
    telegram.FORM: "telegram text",
}

Reader = Callable[[Document], Iterator[RawCable | Unreadable]]

_LIST = re.compile(r"(?:\s*date\s*,\s*origin\s*,\s*tags?\s*\n)?\s*\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z?,[^,\n]{1,200},")
_MARKUP = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
_LATE_MARKUP = re.compile(r"[^<]{0,1000}<(?:\?xml|!doctype html|html|body|table|pre|h3)\b", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.02
_KNOWN_OTHERS = {
    b"%PDF-": "a PDF: save its text as a text file",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive: unpack it first",
    b"Rar!": "a RAR archive: unpack it first",
    b"\x28\xb5\x2f\xfd": "compressed with Zstandard: unpack it first",
    b"-----BEGIN PGP MESSAGE": "encrypted with PGP: decrypt it first",
    b"version https://git-lfs": "a Git LFS pointer: fetch the file that it stands for",
}
_LIST_REASON = "a list of dates, origins and TAGS without identifiers or text"

# In this order: a page may hold any other form in its text, a telegram is told by the least.
_TESTS: tuple[tuple[Callable[[str], object], Reader | str], ...] = (
    (_MARKUP.match, read_html),
    (historylab_json.is_json, historylab_json.read_json),
    (cables_csv.is_cables_csv, cables_csv.read_cables_csv),
    (_LIST.match, _LIST_REASON),
    (joined_text.is_joined_text, joined_text.read_joined_text),
    (nara_text.is_nara_text, nara_text.read_nara_text),
    (seed_page.is_seed_text, seed_page.read_seed_text),
    (header_csv.is_header_csv, header_csv.read_header_csv),
    (telegram.is_telegram, telegram.read_telegram),
    (_LATE_MARKUP.match, read_html),
)


def find_reader(head: bytes) -> Reader | str:
    """Return what reads a file that begins so, or the reason why nothing does."""
    text = head.removeprefix(codecs.BOM_UTF8).decode(errors="replace")
    if not text.strip():
        return "the file is empty"
    reason = next((reason for magic, reason in _KNOWN_OTHERS.items() if head.startswith(magic)), "")
    if not reason and len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        reason = "a binary file, or text in an encoding other than UTF-8 or UTF-16"
    if reason:
        return reason
    unknown = f"no known form; looked for: {', '.join(FORMS.values())}"
    return next((found for is_form, found in _TESTS if is_form(text)), unknown)
