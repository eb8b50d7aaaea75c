"""Pages with labelled lines (Identifier:, Origin:, Created: …) above the text, as HTML or copied as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from cables.parsing.records import Problem, RawCable
from cables.sources.decoding import decode
from cables.sources.documents import Document
from cables.sources.html_page import page_text
from cables.sources.notices import split_notice

TEXT_FORM, HTML_FORM = "seed-text", "seed-html"
_FIELDS = {
    "identifier": "identifier",
    "origin": "origin",
    "created": "created",
    "released": "released",
    "classification": "classification",
    "tags": "tags",
    "redacted": "redaction",
}
_LABEL = re.compile(rf"({'|'.join(_FIELDS)}|wikileaks)[ \t]*:(.*)", re.IGNORECASE)
_IDENTIFIER = re.compile(r"^[ \t]*Identifier[ \t]*:", re.IGNORECASE | re.MULTILINE)
_OTHER_LABELS = re.compile(r"^[ \t]*(?:Origin|Created|Classification)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_NO_SUBJECT = ("US embassy cable", "Disclaimer:")
_SOURCE = "Latest source of this page is "
_RELEASED = ", released "


def is_seed_text(text: str) -> bool:
    """Return whether the text has the labels of such a page, each at the beginning of a line."""
    labels = {match[0].strip().casefold() for match in _OTHER_LABELS.finditer(text)}
    return _IDENTIFIER.search(text) is not None and len(labels) >= 2


def read_page(root: etree._Element, file: str, problems: tuple[Problem, ...]) -> RawCable | None:
    """Return the cable of an HTML page with such labels, or None when the page has none."""
    text = page_text(root)
    return _read(text, HTML_FORM, file, problems) if is_seed_text(text) else None


def read_seed_text(document: Document) -> Iterator[RawCable]:
    """Return the cable of such a page that was copied or saved as text."""
    text, problems = decode(document.whole())
    yield _read(text, TEXT_FORM, document.name, problems)


def _read(text: str, form: str, file: str, problems: tuple[Problem, ...]) -> RawCable:
    """Return the cable: what stands between the labels and the line on the page's source is the body."""
    lines = text.splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if _IDENTIFIER.match(line))
    found, after = _labels(lines, first)
    notice, rest = split_notice("".join(lines[after:]))
    body, release_name, release_date = _split_release(rest)
    return RawCable(
        form,
        file,
        1,
        subject=_subject(lines[:first]),
        body=body.strip("\r\n"),
        notice=notice,
        release_name=release_name,
        release_date=release_date,
        attributes={label: value for label, value in found.items() if label not in _FIELDS},
        problems=problems,
        **{_FIELDS[label]: value for label, value in found.items() if label in _FIELDS},
    )


def _labels(lines: list[str], first: int) -> tuple[dict[str, str], int]:
    """Return the values by label (in lower case), and the number of the line after the last of them."""
    found: dict[str, str] = {}
    stacked = False  # some pages set each value on the line below its label
    waiting = ""
    after = first
    for number in range(first, len(lines)):
        line = lines[number].strip()
        match = _LABEL.match(line)
        if match and (label := match[1].casefold()) not in found:
            found[label] = match[2].strip()
            stacked = stacked or (label == "identifier" and not found[label])
            waiting = label if stacked and not found[label] else ""
        elif line and waiting:
            found[waiting], waiting = line, ""
        elif line:
            break
        else:
            continue
        after = number + 1
    return found, after


def _subject(lines: list[str]) -> str:
    """Return the line above the labels, unless it is the page's title or its disclaimer."""
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return "" if last.startswith(_NO_SUBJECT) else last


def _split_release(text: str) -> tuple[str, str, str]:
    """Return the text before the line on the page's source, the name of that release, and its date."""
    at = text.rfind(_SOURCE)
    if at < 0 or text[:at].rstrip(" \t")[-1:] not in ("", "\n", "\r"):
        return text, "", ""
    line = text[at + len(_SOURCE) :].partition("\n")[0]
    name, _, date = line.strip().partition(_RELEASED)
    return text[:at], name, date
