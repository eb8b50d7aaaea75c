"""References: the cables and other papers that a cable's REF line names, each with its label, kind and words.

5 FAH-2 has them as "REF: A. STATE 12345 B. 09 ROME 678". Writers did it in many ways; the list is cut into items by
its labels and semicolons, and each item is read by itself (reference_items.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cables.parsing.identifiers import canonical_identifier, join_identifier, split_identifier
from cables.parsing.located import Located, in_capitals
from cables.parsing.page_breaks import MASK
from cables.parsing.preamble import PREAMBLE_LIMIT, read_preamble
from cables.parsing.records import ParsedReference
from cables.parsing.reference_items import CitedCable, cited_cables
from cables.parsing.reference_kinds import kind_of

_LABEL = re.compile(
    r"""(?:(?<=[\s;,.:)\]¶/])|(?<![\s\S]))
    (?: (?:REF(?:TEL)?[ \t]{1,4})? (?P<open>[(\[])? (?P<label>[A-Za-z]|\d) [ ]?(?P<close>\.\)|[.):\]])
      | (?:REF(?:TEL)?[ \t]{1,4})? (?P<bare>[A-Z]) (?=[ \t]{1,4}['(]?[A-Z\d]) )""",
    re.VERBOSE | re.IGNORECASE,
)
_STOP = re.compile(
    r"""[ \t]{0,40}(?:
        [-=_*~]{3} | ¶?\d{1,2}\.[ \t]{0,4}\( | (?:BEGIN[ \t])?SUMMARY\b | DERIVED[ \t]FROM\b | REASONS?[ \t]{0,2}:
        | (?:U[ ]N[ ]C[ ]L[ ]A|C[ ]O[ ]N[ ]F[ ]I|S[ ]E[ ]C[ ]R[ ]E|T[ ]O[ ]P[ ]{1,3}S)
        | (?:UNCLAS|CONFIDENTIAL|SECRET|LIMITED[ \t]OFFICIAL)\S{0,12}[ \t]{0,40}$
        | (?-i:(?:This|The|Please)[ \t][a-z]+[ \t][a-z]) )""",
    re.VERBOSE | re.IGNORECASE,
)
_STOP_AMID = re.compile(r"S(?<=\bS)ENSITIVE[ \t]BUT[ \t]UNCLAS|N(?<=\bN)OT[ \t]FOR[ \t]INTERNET")  # of capitals
_LABELLED_LINE = re.compile(r"[ \t¶]{0,60}(?:REF[ \t])?[(\[]?[A-Za-z\d](?:\.\)|[.):\]])")
_NOTHING_CITED = re.compile(r"(?:and|see|also|previous|notal|et al|none|n/a|nil|\W|\d)*", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"(?:19|20)\d\d[A-Z]")
_ARCHIVES_YEARS = range(1973, 1980)
_OLDEST = 1960
_BEFORE = 40

# A January cable may cite December: its own post cannot have sent ten times as many since.
_FAR_ABOVE = 10


class _Citing(NamedTuple):
    """The cable whose references are read: its year and, where known, its identifier in parts."""

    year: int
    identifier: str
    four_digits: bool
    station: str
    serial: int

    @classmethod
    def of(cls, year: int, identifier: str | None) -> _Citing:
        canonical = canonical_identifier(identifier or "")
        _, station, serial = split_identifier(canonical) or ("", "", 0)
        return cls(year, canonical, bool(_FOUR_DIGITS.match(canonical)), station, serial)

    def identifier_of(self, cited: CitedCable) -> str:
        """The canonical identifier that a citation means, its year being this cable's where it has none."""
        year = self._printed_year(cited.year) or self._year_of(cited)
        in_full = self.four_digits and year in _ARCHIVES_YEARS
        return join_identifier(str(year) if in_full else f"{year % 100:02}", cited.station, str(cited.serial))

    def _printed_year(self, digits: str) -> int:
        """The year that is printed with a citation; 0 where it has none, or two digits that would lie ahead."""
        if not digits:
            return 0
        short = int(digits[-2:])
        year = int(digits) if len(digits) == 4 else 1900 + short if short >= _OLDEST % 100 else 2000 + short
        return year if year <= self.year or len(digits) == 4 else 0

    def _year_of(self, cited: CitedCable) -> int:
        far_above = cited.station == self.station and cited.serial >= _FAR_ABOVE * self.serial
        return self.year - 1 if far_above else self.year


def locate_references(text: str, *, year: int, identifier: str | None = None) -> Located[list[ParsedReference]]:
    """The items of the REF line in printed order, and where the line stands.

    `year` (four digits) is the citing cable's, taken where an item prints none; `identifier` is its own, so that
    references to itself (from repeated headers) are left out. A cable that is cited twice is given once.
    """
    preamble = read_preamble(text)
    field = preamble.first("ref")
    if field is None:
        return Located([])
    end = _list_end(preamble.text, field.value, field.end)
    found = list(_read(preamble.text[field.value : end], _Citing.of(year, identifier)))
    return Located(found, field.start, end) if found else Located([])


def parse_references(text: str, *, year: int, identifier: str | None = None) -> list[ParsedReference]:
    """The items of the REF line in printed order."""
    return locate_references(text, year=year, identifier=identifier).value


def list_references(value: str, *, year: int, identifier: str | None = None) -> list[ParsedReference]:
    """The items of a list of references without label, as a source's own field gives it."""
    return list(_read(value[:PREAMBLE_LIMIT], _Citing.of(year, identifier)))


def _list_end(text: str, value: int, limit: int) -> int:
    """The offset after the last line of the list that begins at `value`."""
    end = start = value
    blank = False
    for line in text[value:limit].splitlines(keepends=True):
        words = line.replace(MASK, " ").strip()
        stop = _STOP.match(line) or _STOP_AMID.search(in_capitals(line))
        if words:
            reads_on = not blank or _LABELLED_LINE.match(line) is not None or bool(cited_cables(words))
            if (stop and not line[: stop.start()].strip()) or not reads_on:
                break
            end = start + (stop.start() if stop else len(line.rstrip()))
            blank = False
        elif text[value:end].strip() and MASK not in line:
            blank = True
        if stop:
            break
        start += len(line)
    return end


def _read(block: str, citing: _Citing) -> Iterator[ParsedReference]:
    seen = {citing.identifier}
    for label, item in _items(block.replace(MASK, " ").replace("¶", " ")):
        for part in item.split(";"):
            cables = cited_cables(part)
            for cited in cables:
                target = citing.identifier_of(cited)
                if target not in seen:
                    seen.add(target)
                    yield ParsedReference(label, "cable", target, " ".join(cited.text.split()))
            if not cables and not _NOTHING_CITED.fullmatch(part):
                words = " ".join(part.split()).strip(" ,.:")
                yield ParsedReference(label, kind_of(words), "", words)


def _items(block: str) -> Iterator[tuple[str, str]]:
    """Label and words of each item; what stands before the first label has none."""
    label, begin = "", 0
    for found in _LABEL.finditer(block):
        letter = (found["label"] or found["bare"]).upper()
        words = block[begin : found.start()].strip(" \t\r\n,;.:-")
        if not _is_label(found, letter, label, block[max(0, found.start() - _BEFORE) : found.start()].rstrip()):
            continue
        if words or label != letter:
            if words:
                yield label, words
            label = letter
        begin = found.end()
    if rest := block[begin:].strip():
        yield label, rest


def _is_label(found: re.Match[str], letter: str, current: str, before: str) -> bool:
    """Whether a letter or digit is the next label of the list, and no initial, year or abbreviation.

    Labels follow one another; one that repeats or skips needs a bracket of its own, or must follow a number.
    """
    expected = chr(ord(current) + 1) if current else ("1" if letter.isdigit() else "A")
    if found["bare"]:
        after_number = not before or before[-1] in "0123456789).;,:"
        return after_number and letter in {expected, current}
    if letter == expected:
        return True
    if letter.isdigit() or (current and current.isdigit()):
        return False
    bracketed = ")" in found["close"] or "]" in found["close"]
    after_number = bool(before) and before[-1].isdigit()
    return letter >= (current or "A") and (bracketed or after_number or letter == current)
