"""Texts of the National Archives' Central Foreign Policy Files, 1973 to 1979, each with its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cables.parsing.records import Problem, RawCable
from cables.sources.decoding import decode
from cables.sources.documents import Document
from cables.sources.fields import raw_cable

FORM = "nara-text"
TEXT, ATTRIBUTES = "Message Text", "Message Attributes"
_HEADING = re.compile(rf"^[ \t]*({TEXT}|{ATTRIBUTES})[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(
    "(Automatic Decaptioning|Capture Date|Channel Indicators|Concepts|Control Number|Copy"
    "|Decaption (?:Date|Note)|Disposition (?:Action|Approved on Date|Authority|Case Number|Comment|Date|Event|History)"
    "|Disposition (?:Reason|Remarks)|Document (?:Number|Source|Unique ID)|Draft Date|Drafter|Enclosure|Errors"
    "|Executive Order|Film Number|From|ISecure|Image Path|Legacy Key|Line Count|Locator|Markings|Office"
    "|(?:Current |Original )?(?:Previous )?(?:Classification|Handling Restrictions)|Page Count"
    "|Previous Channel Indicators|Reference|Review (?:Action|Authority|Comment|Content Flags|Date|Event)"
    "|Review (?:Exemptions|History|Markings|Media Identifier|Referrals|Release Date|Release Event)"
    "|Review (?:Transfer Date|Withdrawn Fields)|SAS ID|Secure|Sent Date|Status|Subject|TAGS|To|Type)"
    r"[ \t]*:(?:[ \t]+(.*)|$)"
)
_WRAPPED = ("Subject", "TAGS", "Reference", "From", "To", "Concepts", "Markings")


def is_nara_text(text: str) -> bool:
    """Return whether one of the two headings stands on a line of its own."""
    return _HEADING.search(text) is not None


def read_nara_text(document: Document) -> Iterator[RawCable]:
    """Return the cables: as a rule one; where files were put together, one for each pair of headings."""
    text, problems = decode(document.whole())
    headings = list(_HEADING.finditer(text))
    starts = [
        number
        for number, heading in enumerate(headings)
        if number == 0 or (heading[1] == TEXT and headings[number - 1][1] == ATTRIBUTES)
    ]
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(headings)], strict=True):
        # What stands before the first heading belongs to the first cable: no text is lost.
        first = headings[start].start() if start else 0
        last = headings[end].start() if end < len(headings) else len(text)
        line, counted = line + text.count("\n", counted, first), first
        yield _record(text, headings[start:end], (first, last), document.name, line, problems)


def _record(
    text: str,
    headings: list[re.Match[str]],
    bounds: tuple[int, int],
    file: str,
    line: int,
    problems: tuple[Problem, ...],
) -> RawCable:
    names = [heading[1] for heading in headings]
    for name in (TEXT, ATTRIBUTES):
        if (count := names.count(name)) != 1:
            reason = f'the heading "{name}" occurs {count} times instead of once'
            problems = (*problems, Problem("body", reason, name, line))
    first, last = bounds
    # A heading that is repeated inside the text is part of it: attributes come last.
    end = next((heading for heading in reversed(headings) if heading[1] == ATTRIBUTES), None)
    begin = headings[0] if headings[0][1] == TEXT else None
    before = text[first : begin.start()] if begin else ""
    body = text[begin.end() if begin else first : end.start() if end else last]
    attributes = _attributes(text[end.end() : last].splitlines()) if end else {}
    body = f"{before}{body}".strip("\r\n")
    return raw_cable(attributes, form=FORM, file=file, line=line, body=body, problems=problems)


def _attributes(lines: Iterable[str]) -> dict[str, str]:
    """Return the values by key; lines that begin with no known key go on with the value above them.

    A value may be quoted or set as a block as in YAML; the lines of a wrapped value are joined by a space.
    """
    values: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        match = _KEY.match(line)
        if match and match[1] not in values:
            key = match[1]
            values[key] = [match[2] or ""]
        elif key:
            values[key].append(line)
    return {key: _value(key, lines) for key, lines in values.items()}


def _value(key: str, lines: list[str]) -> str:
    if lines[0].strip() in ("|-", "|", ">-", ">"):
        lines = lines[1:]
    separator = " " if key in _WRAPPED else "\n"
    value = separator.join(line.strip() for line in lines).strip()
    quoted = len(value) >= 2 and value[0] == value[-1] == "'"
    return value[1:-1].replace("''", "'") if quoted else value
