"""The cables that one item of a REF line cites, by station and number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cables.parsing.stations import compact, known_station, likely_station

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+")
_BETWEEN_WORDS = re.compile(r"[\s.\-]{1,12}\Z")
_BEFORE_NUMBER = re.compile(r"[\s#.:\-]{0,12}\Z")
_YEAR_BETWEEN = re.compile(r"\s{0,4}\((?P<year>\d\d)\)\s{0,4}\Z")
_NO_NUMBER_AFTER = re.compile(r"[A-Za-z]|\.\d")
_YEAR_BEFORE = re.compile(r"(?<![\w/])[('’]{0,2}(?P<year>(?:19|20)\d\d|0?\d\d)\)?[\s.\-]{0,12}\Z")
_YEAR_AFTER = re.compile(
    r"\s{0,4}\(['’]?(?P<bracketed>(?:19|20)\d\d|\d\d)\)|\s{0,2}['’](?P<apostrophe>\d\d)\b"
    r"|[ ]?[/\-](?P<joined>\d\d)(?![\d/])"
)
_NEXT_NUMBER = re.compile(
    r"\s{0,4}(?:[,;&+/]|\band\b)\s{0,4}(?:and\s{1,4})?#?(?P<number>\d{2,7})\b(?!/\d{1,2}\b|\.\d)(?!\s{0,4}(?!and\b)[a-z])",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s{0,2}(?:-|–|thru|through)\s{0,2}(?P<last>\d{3,7})\b(?!\s{0,4}[a-z])", re.IGNORECASE)
_REMARK = re.compile(
    r"(?<=\d)\s{0,4}\((?=[^()]{0,8}[A-Za-z]{3})[^()]{3,300}\)|\bNOTAL\b|\bAND PREVIOUS\b", re.IGNORECASE
)
_EDGES = " \t\r\n.,:¶"
_MOST_WORDS = 4
_MOST_DIGITS = 8
_LONGEST_RANGE = 30
_SHORTEST_UNKNOWN = 3
_LONGEST_UNKNOWN = 60
_YEAR_REACH = 24

# A zero that was meant for the letter O, and the letter for the zero of a year.
_ZERO_IN_WORD = re.compile(r"(?<=[A-Za-z])0(?=[A-Za-z])|\b0(?=[A-Za-z]{3})|(?<=[A-Za-z]{4})0(?=\s)")
_LETTER_IN_YEAR = re.compile(r"\bO(?=\d\s)")

# Words before a number that make it something else than the serial of a cable.
_NO_STATIONS = frozenset(
    """
    JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER
    OCTOBER NOVEMBER DECEMBER IIR TD TDX CIR UNSCR UNSC UNGA RES RESOLUTION DTG FAM FAH FAX MEMO PARA PARAS EO
    SECTION ARTICLE CA NO OSC FBIS NOTE DIPNOTE TELCON EMAIL MAIL PHONE REPORT LETTER USC CFR PL HR MSG MESSAGE
    CIRCULAR AIRGRAM PAGE ROOM TAB PART ITEM LAW BILL ACT ON OF FROM AND THE
    """.split()  # noqa: SIM905 - a list of eighty words reads better so
)


class CitedCable(NamedTuple):
    """A cable as an item cites it: the year as printed, in two or four digits or empty; station; serial; words."""

    year: str
    station: str
    serial: int
    text: str


class _Named(NamedTuple):
    """The words before a number: where the station starts, the station, and a year between it and the number."""

    start: int
    station: str
    year: str


def cited_cables(item: str) -> list[CitedCable]:
    """The cables that an item cites, in printed order.

    A station must be known, or likely to be a slip or a cut of a known one; an unknown name counts only where the item
    holds nothing but it and a number. A number after another belongs to the same station. Remarks in parentheses
    (titles of cables, "NOTAL") are read over.
    """
    plain = _REMARK.sub(lambda remark: " " * len(remark[0]), item)
    plain = _LETTER_IN_YEAR.sub("0", _ZERO_IN_WORD.sub("O", plain))
    tokens = list(_TOKEN.finditer(plain))
    found: list[CitedCable] = []
    done = 0
    for index, number in enumerate(tokens):
        named = _named_before(plain, tokens, index, done) if _is_serial(plain, number) else None
        if named is None:
            continue
        before = _YEAR_BEFORE.search(plain, max(done, named.start - _YEAR_REACH), named.start)
        after = _YEAR_AFTER.match(plain, number.end())
        if after and after["joined"] and len(number[0]) < 3:
            after = None
        year = (before and before["year"]) or named.year or (after and after[str(after.lastgroup)]) or ""
        start = before.start() if before else named.start
        done = after.end() if after else number.end()
        found.append(CitedCable(year, named.station, int(number[0]), item[start:done].strip()))
        for serial, end in _numbers_after(plain, int(number[0]), done):
            found.append(CitedCable(year, named.station, serial, item[start:end].strip()))
            done = end
    return found or _turned_round(plain, tokens) or _unknown(plain)


def _is_serial(text: str, token: re.Match[str]) -> bool:
    """Whether a token is a number that can be a serial: no date-time group, no decimal."""
    return token[0][0].isdigit() and len(token[0]) <= _MOST_DIGITS and not _NO_NUMBER_AFTER.match(text, token.end())


def _named_before(text: str, tokens: list[re.Match[str]], index: int, done: int) -> _Named | None:
    """The station that the last words before a number name, None if they name none.

    The longest run of words that is surely a station wins, then the longest that is likely one.
    """
    place, end, year = index - 1, tokens[index].start(), ""
    if place > 0 and (between := _YEAR_BETWEEN.match(text[tokens[place - 1].end() : end][:20])):
        place, end, year = place - 1, tokens[place - 1].end(), between["year"]
    starts: list[int] = []
    gap = _BEFORE_NUMBER
    after = end
    while place >= 0 and len(starts) < _MOST_WORDS:
        word = tokens[place]
        if not word[0][0].isalpha() or word.start() < done or not gap.match(text[word.end() : after]):
            break
        starts.insert(0, word.start())
        gap, after, place = _BETWEEN_WORDS, word.start(), place - 1
    runs = [(start, text[start:end].strip(" \t\r\n#.:-")) for start in starts]
    for means in (known_station, likely_station):
        for start, run in runs:
            if run.upper() not in _NO_STATIONS and (name := means(run)):
                return _Named(start, name, year)
    return None


def _numbers_after(text: str, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Further serials of the same station after the first, each with the offset where it ends."""
    spread = _RANGE.match(text, end)
    if spread and 0 < int(spread["last"]) - first <= _LONGEST_RANGE:
        yield from ((serial, spread.end()) for serial in range(first + 1, int(spread["last"]) + 1))
        return
    while following := _NEXT_NUMBER.match(text, end):
        end = following.end()
        yield int(following["number"]), end


def _turned_round(text: str, tokens: list[re.Match[str]]) -> list[CitedCable]:
    """The cable of an item that has the number before the station ("870 Ulaanbaatar")."""
    if not 2 <= len(tokens) <= _MOST_WORDS or not _is_serial(text, tokens[0]):
        return []
    name = known_station(text[tokens[1].start() : tokens[-1].end()])
    if not name or any(token[0][0].isdigit() for token in tokens[1:]):
        return []
    return [CitedCable("", name, int(tokens[0][0]), text.strip())]


def _unknown(text: str) -> list[CitedCable]:
    """The cable of an item that holds an unknown name and a number and nothing else."""
    bare = text.strip(_EDGES)
    tokens = list(_TOKEN.finditer(bare[:_LONGEST_UNKNOWN]))
    if len(bare) > _LONGEST_UNKNOWN or not tokens or tokens[-1].end() != len(bare) or not _is_serial(bare, tokens[-1]):
        return []
    words = [token for token in tokens[:-1] if token[0][0].isalpha()]
    if not 0 < len(words) < _MOST_WORDS or any(word[0].upper() in _NO_STATIONS for word in words):
        return []
    before = bare[: words[0].start()]
    year = _YEAR_BEFORE.match(before)
    gaps = (bare[left.end() : right.start()] for left, right in pairwise([*words, tokens[-1]]))
    whole = all(_BEFORE_NUMBER.match(gap) for gap in gaps)
    name = compact(bare[words[0].start() : words[-1].end()])
    if not whole or (before and not year) or len(name) < _SHORTEST_UNKNOWN:
        return []
    return [CitedCable(year["year"] if year else "", name, int(tokens[-1][0]), text.strip())]
