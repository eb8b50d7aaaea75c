"""What one item of a REF line cites: cables, by station and number, or papers of other kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cables.parsing.stations import compact, known_station, likely_station

_WORD = r"[A-Za-z][A-Za-z'’]{0,30}"
_CITED = re.compile(
    rf"(?<![A-Za-z'’])(?P<words>{_WORD}(?:[ \t.\-]{{1,3}}{_WORD}|\s{{1,12}}{_WORD}){{0,5}})"
    r"[\s#.:\-]{0,12}(?:\((?P<middle>\d\d)\)\s{0,4})?(?P<number>\d{1,8})(?![\dA-Za-z]|\.\d)"
)
_YEAR_BEFORE = re.compile(r"(?<![\w/])[('’]{0,2}(?P<year>(?:19|20)\d\d|0?\d\d)\)?[\s.\-]{0,12}\Z")
_YEAR_AFTER = re.compile(
    r"\s{0,4}\(['’]?(?P<bracketed>(?:19|20)\d\d|\d\d)\)|\s{0,2}['’](?P<apostrophe>\d\d)\b"
    r"|[ ]?[/\-](?P<joined>\d\d)(?![\d/])"
)
_NEXT_NUMBER = re.compile(
    r"\s{0,4}(?:[,;&+/]|\band\b)\s{0,4}(?:and\s{1,4})?#?(?P<number>\d{2,7})\b(?![/.]\d)(?!\s{0,4}(?!and\b|notal\b)[a-z])",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s{0,2}(?:-|–|thru|through)\s{0,2}(?P<last>\d{3,7})\b(?!\s{0,4}[a-z])", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"\W{{0,4}}(?P<number>\d{{2,6}})\s{{1,4}}(?P<words>{_WORD}(?:\s{_WORD}){{0,2}})\W{{0,4}}\Z")
_NOTES = re.compile(r"\((?:NOTAL|C|S|U|SBU)\)|\bNOTAL\b|\bAND PREVIOUS\b|\([^()]{0,200}\)", re.IGNORECASE)
_MOST_WORDS = 4
_LONGEST_RANGE = 30
_LONGEST_UNKNOWN = 3

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

_KINDS = (
    ("web", re.compile(r"https?:|\bwww\.|\bweb ?(?:site|page)|\binternet\b|\b(?:sipr|intra)net site", re.IGNORECASE)),
    ("e-mail", re.compile(r"\be-?mails?\b", re.IGNORECASE)),
    ("telephone", re.compile(r"\btel(?:e?con|ephone)s?\b|\bphone|\bcalls?\b", re.IGNORECASE)),
    ("fax", re.compile(r"\b(?:tele)?fax(?:es)?\b", re.IGNORECASE)),
    ("book", re.compile(r"\bFA[MH](?:-\d)?\b|\b(?:hand|guide)book\b|\bmanual\b|\bCFR\b", re.IGNORECASE)),
    ("report", re.compile(r"\bIIR\b|\bTDX?\b|\bOSC\b|\bFBIS\b|\breports?\b|\breporting\b", re.IGNORECASE)),
    ("memo", re.compile(r"\bmemos?\b|\bmemorand|\bmemcons?\b|\bdiplomatic note\b|\bletters?\b", re.IGNORECASE)),
    ("meeting", re.compile(r"\bmeetings?\b|\bconversations?\b|\bdiscussions?\b|\btalks\b", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CitedCable:
    """A cable as an item cites it: the year as printed, in two or four digits or empty; station; serial; words."""

    year: str
    station: str
    serial: int
    text: str


def kind_of(text: str) -> str:
    """The kind of paper that an item without a cable names: "e-mail", "report", …, or "other"."""
    return next((kind for kind, words in _KINDS if words.search(text)), "other")


def cited_cables(item: str) -> list[CitedCable]:
    """The cables that an item cites, in printed order.

    A station must be known, or likely to be a slip or a cut of a known one; an unknown name counts only where the item
    holds nothing but it and a number. A number after another belongs to the same station.
    """
    plain = _LETTER_IN_YEAR.sub("0", _ZERO_IN_WORD.sub("O", item))
    found: list[CitedCable] = []
    done = 0
    for match in _CITED.finditer(plain):
        name, start = _station_before(plain, match)
        if not name or match.start("number") < done:
            continue
        end = match.end()
        before = _YEAR_BEFORE.search(plain, max(done, start - 24), start)
        after = _YEAR_AFTER.match(plain, end)
        if after and after["joined"] and len(match["number"]) < 3:
            after = None
        year = (before and before["year"]) or match["middle"] or (after and after[str(after.lastgroup)]) or ""
        end = after.end() if after else end
        text_start = before.start() if before else start
        found.append(CitedCable(year, name, int(match["number"]), item[text_start:end].strip()))
        done = end
        for serial, done in _numbers_after(plain, int(match["number"]), end):
            found.append(CitedCable(year, name, serial, item[text_start:done].strip()))
    return found or _number_first(plain) or _unknown(plain)


def _station_before(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The station that the last words before a number mean and where they start; "" if they mean none.

    The longest run of words that is surely a station wins, then the longest that is likely one.
    """
    words = list(re.finditer(_WORD, match["words"]))[-_MOST_WORDS:]
    offset = match.start("words")
    runs = [(match["words"][word.start() :], offset + word.start()) for word in words]
    runs = [(run, start) for run, start in runs if run.upper() not in _NO_STATIONS]
    for means in (known_station, likely_station):
        for run, start in runs:
            if name := means(run):
                return name, start
    return "", 0


def _numbers_after(text: str, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Further serials of the same station after the first, each with the offset where it ends."""
    spread = _RANGE.match(text, end)
    if spread and 0 < int(spread["last"]) - first <= _LONGEST_RANGE:
        yield from ((serial, spread.end()) for serial in range(first + 1, int(spread["last"]) + 1))
        return
    while following := _NEXT_NUMBER.match(text, end):
        end = following.end()
        yield int(following["number"]), end


def _number_first(text: str) -> list[CitedCable]:
    """The cable of an item that has the number before the station ("870 Ulaanbaatar")."""
    match = _NUMBER_FIRST.match(_NOTES.sub(" ", text))
    name = known_station(match["words"]) if match else ""
    return [CitedCable("", name, int(match["number"]), text.strip())] if match and name else []


def _unknown(text: str) -> list[CitedCable]:
    """The cable of an item that holds an unknown name and a number and nothing else."""
    bare = _NOTES.sub(" ", text).strip(" \t\r\n.,;:¶")
    match = _CITED.search(bare)
    if match is None or match.end() != len(bare):
        return []
    words = re.findall(_WORD, match["words"])
    before = bare[: match.start()]
    year = _YEAR_BEFORE.fullmatch(before) if before else None
    if (before and not year) or len(words) > _LONGEST_UNKNOWN or any(w.upper() in _NO_STATIONS for w in words):
        return []
    name = compact(match["words"])
    if len(name) < _LONGEST_UNKNOWN:
        return []
    return [CitedCable(year["year"] if year else "", name, int(match["number"]), text.strip())]
