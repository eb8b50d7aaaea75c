"""Classification and handling captions: the first lines of a body, and the cells and columns of sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cables.parsing.located import Located, in_capitals
from cables.parsing.page_breaks import MASK
from cables.parsing.preamble import read_preamble
from cables.reference_data import tables

LEVELS = ("TOP SECRET", "SECRET", "CONFIDENTIAL", "LIMITED OFFICIAL USE", "UNCLASSIFIED")
_OFFICIAL_USE = "//FOR OFFICIAL USE ONLY"


def _spaced(word: str) -> str:
    """A pattern of a word whose letters may stand apart: "S E C R E T"."""
    return r"[ \t]{0,3}".join(word)


_LEVEL = re.compile(
    "|".join(
        (
            rf"(?P<l0>{_spaced('TOPSECRET')}\b)",
            rf"(?P<l1>{_spaced('SECRET')}\b)",
            rf"(?P<l2>{_spaced('CONFIDENTIAL')}\b)",
            rf"(?P<l3>{_spaced('LIMITED')}[ \t]{{1,4}}{_spaced('OFFICIAL')}[ \t]{{1,4}}{_spaced('USE')}\b|LOU\b)",
            rf"(?P<l4>{_spaced('UNCLAS')}(?:[ \t]{{0,3}}{_spaced('SIFIED')})?(?!\w))",
        )
    ),
    re.IGNORECASE,
)
_INITIALS = {"TS": 0, "S": 1, "C": 2, "LOU": 3, "U": 4}
_INITIAL = re.compile(r"\W*(TS|S|C|U)(?:\W+(?:NF|NOFORN))?\W*\Z", re.IGNORECASE)
_SENSITIVE = re.compile(
    r"\bFOUO\b|\bFOR[ ]OFFICIAL[ ]USE[ ]ONLY\b|\bSENSITIVE\b|\bSBU\b|\bE[ ]?F[ ]?T[ ]?O\b", re.IGNORECASE
)
_NO_FOREIGNERS = re.compile(r"\bNO[ ]?FORN\b|\bNF\b", re.IGNORECASE)
_IN_WORDS = (("E F T O", "EFTO"), ("NO FORN", "NOFORN"), ("FOR OFFICIAL USE ONLY", "FOUO"))
_CHANNELS = frozenset({"ROGER", "DISSENT", "DS", "MED"})
_TOKEN = re.compile(r"[A-Z]+")
_MOST_LINES = 60
_LONGEST_CELL = 200
_BLANK = f" \t\r\n{MASK}"


def locate_classification(text: str) -> Located[str]:
    """The marking that the classification line and the caption lines of a body give, and where the former stands.

    In full, as "SECRET//NOFORN" or "UNCLASSIFIED//FOR OFFICIAL USE ONLY" (which stands for the printed SENSITIVE,
    FOUO and E F T O too); letters may be set apart.
    """
    place = 0
    for line in _opening_lines(text):
        level = _level_at_start(line)
        if level is not None:
            marking = _marking(level, " ".join([line, *locate_captions(text).value]))
            start = place + len(line) - len(line.lstrip(_BLANK))
            return Located(marking, start, place + len(line.rstrip(_BLANK)))
        place += len(line)
    return Located("")


def parse_classification(text: str) -> str:
    """The marking that the classification line and the caption lines of a body give, in full."""
    return locate_classification(text).value


def canonical_classification(text: str) -> str:
    """The marking that a source's own field means, in any spelling; unknown words in capitals, "" for "n/a"."""
    words = " ".join(text[:_LONGEST_CELL].split())
    found = _LEVEL.search(words)
    if found:
        return _marking(_number(found), words)
    initial = _INITIAL.match(words)
    if initial:
        return _marking(_INITIALS[initial[1].upper()], words)
    if _SENSITIVE.fullmatch(words):
        return _marking(len(LEVELS) - 1, words)
    return "" if words.lower() in {"n/a", "none", "-"} else words.upper()


@lru_cache(maxsize=4)
def locate_captions(text: str) -> Located[tuple[str, ...]]:
    """The handling captions (NOFORN, SIPDIS, …) of a body's first lines in printed order, and those lines' place.

    They count on the classification line and at the start of a line of their own; the rest of such a line may name
    a reader ("EYES ONLY FOR AMBASSADOR"). Those that are also offices need the word "channel".
    """
    captions: list[str] = []
    place = start = end = 0
    for line in _opening_lines(text):
        words = in_capitals(line)
        for apart, code in _IN_WORDS:
            words = words.replace(apart, code)
        tokens = _TOKEN.findall(words)
        if not _caption_starts().isdisjoint(tokens):
            found = list(_captions_leading(tokens) if _level_at_start(line) is None else _captions_among(tokens))
            if found:
                start, end = start if captions else place, place + len(line.rstrip(_BLANK))
                captions += found
        place += len(line)
    return Located(tuple(dict.fromkeys(captions)), start, end)


def parse_captions(text: str) -> list[str]:
    """The handling captions of a body's first lines, in printed order without repeats."""
    return list(locate_captions(text).value)


@cache
def _caption_starts() -> frozenset[str]:
    return frozenset(code.split()[0] for code in _caption_codes())


def _opening_lines(text: str) -> list[str]:
    """The lines before the first labelled field of the preamble."""
    preamble = read_preamble(text)
    end = preamble.fields[0].start if preamble.fields else len(preamble.text)
    return preamble.text[:end].splitlines(keepends=True)[:_MOST_LINES]


def _level_at_start(line: str) -> int | None:
    found = _LEVEL.match(line.lstrip(_BLANK))
    return _number(found) if found else None


def _number(found: re.Match[str]) -> int:
    return int(str(found.lastgroup)[1:])


def _marking(level: int, words: str) -> str:
    name = LEVELS[level]
    if name == "UNCLASSIFIED":
        return name + _OFFICIAL_USE if _SENSITIVE.search(words) else name
    return f"{name}//NOFORN" if _NO_FOREIGNERS.search(words) else name


@cache
def _caption_codes() -> frozenset[str]:
    return frozenset(entry.code for entry in tables.captions())


def _caption_at(tokens: list[str], place: int) -> tuple[str, int]:
    """The caption that begins at a token and how many tokens it takes; "" and 1 where there is none."""
    known = _caption_codes()
    pair = " ".join(tokens[place : place + 2])
    if pair in known:
        return pair, 2
    token = tokens[place]
    if token in _CHANNELS:
        return (token, 2) if tokens[place + 1 : place + 2] == ["CHANNEL"] else ("", 1)
    return (token, 1) if token in known else ("", 1)


def _captions_among(tokens: list[str]) -> Iterator[str]:
    """The captions anywhere among tokens."""
    place = 0
    while place < len(tokens):
        caption, size = _caption_at(tokens, place)
        if caption:
            yield caption
        place += size


def _captions_leading(tokens: list[str]) -> Iterator[str]:
    """The captions at the start of tokens, up to the first token that is none."""
    place = 0
    while place < len(tokens):
        caption, size = _caption_at(tokens, place)
        if not caption:
            return
        yield caption
        place += size
