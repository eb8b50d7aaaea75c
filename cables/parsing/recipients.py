"""Addressees: the TO and INFO lines of a cable's header (ACP-127), with routing, precedence, number and exemptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from cables.parsing.edits import distance
from cables.parsing.located import Located
from cables.parsing.page_breaks import MASK, mask_page_breaks
from cables.parsing.records import Recipient

_HEADER_LIMIT = 60_000
_START = {
    "TO": re.compile(r"^[ \t]{0,20}TO(?:[ \t]{1,8}|$)", re.MULTILINE),
    "INFO": re.compile(r"^[ \t]{0,20}INFO(?:[ \t]{1,8}|$)", re.MULTILINE),
}
_DISTRIBUTION = re.compile(r"(?:[A-Z]{1,5}-\d\d[ \t]{1,8}){2}")
_END = re.compile(
    r"""^[ \t]{0,20}(?:
        BT[ \t]*$ | (?:TO|INFO|FM)[ \t:] | E\.?O\.?[ ]1\d | ZEN\b | -{4}
        | (?:UNCLAS|CONFIDENTIAL|SECRET|TOP[ ]SECRET|LIMITED[ ]OFFICIAL[ ]USE)(?:SIFIED)?\b
            (?:[ \t]*$ | [ \t]*// | [ \t]+(?:SECTION|E[ ]F[ ]T[ ]O)\b | [ \t]+[A-Z][A-Z ]{2,30}[ ]\d)
        | U[ ]N[ ]C[ ]L[ ]A | C[ ]O[ ]N[ ]F[ ]I | S[ ]E[ ]C[ ]R[ ]E | T[ ]O[ ]P[ ]{1,3}S
    )""",
    re.MULTILINE | re.VERBOSE,
)
_EXEMPTED = re.compile(r"(?:[A-Z]{4,8}[ ]?/[ ]?)?XMT\b[ ]?[/:]?[ ]?")
_ROUTE = re.compile(r"([A-Z]{4,8})[ ]?/[ ]?(?=[A-Z\d])")
_NUMBER = re.compile(r"(?:[ ]|(?<=[A-Z]{3})(?=\d{4}\Z))(\d{1,6})\Z")
_PRECEDENCES = ("NIACT IMMEDIATE", "FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE")


@dataclass
class _Addressee:
    """An addressee while its lines are read."""

    route: str
    name: str
    precedence: str
    number: str
    excluded: list[str] = field(default_factory=list)

    def finished(self) -> Recipient:
        return Recipient(self.name, self.route, self.precedence, self.number, tuple(self.excluded))


def locate_recipients(text: str) -> Located[list[Recipient]]:
    """The addressees of the TO lines in printed order, and where the lines stand."""
    return _locate("TO", text)


def locate_info_recipients(text: str) -> Located[list[Recipient]]:
    """The addressees of the INFO lines in printed order, and where the lines stand."""
    return _locate("INFO", text)


def parse_recipients(text: str) -> list[Recipient]:
    """The addressees of the TO lines in printed order."""
    return _locate("TO", text).value


def parse_info_recipients(text: str) -> list[Recipient]:
    """The addressees of the INFO lines in printed order."""
    return _locate("INFO", text).value


def _locate(label: str, text: str) -> Located[list[Recipient]]:
    header = mask_page_breaks(text[:_HEADER_LIMIT])
    for start in _START[label].finditer(header):
        end = _END.search(header, start.end())
        block = header[start.end() : end.start() if end else len(header)]
        # The Department's own distribution ("INFO  LOG-00  EB-11") is no list of addressees.
        if _DISTRIBUTION.match(block):
            continue
        lines = list(_lines(block))
        found = [addressee.finished() for addressee in _addressees(lines)]
        if found:
            return Located(found, start.start(), start.end() + len(block.rstrip(f" \t\r\n{MASK}")))
    return Located([])


def _lines(block: str) -> Iterator[str]:
    """The lines of a list, up to the first blank one, without page breaks."""
    begun = False
    for line in block.splitlines():
        words = " ".join(line.replace(MASK, " ").split())
        if words:
            begun = True
            yield words
        elif begun and MASK not in line:
            return


def _addressees(lines: list[str]) -> Iterator[_Addressee]:
    """The addressees of a list; those after "XMT", up to the next with a routing indicator, are exempted from it."""
    current: _Addressee | None = None
    exempting = False
    for line in lines:
        exempted = _EXEMPTED.match(line)
        exempting = bool(exempted) or (exempting and not _ROUTE.match(line))
        words = line[exempted.end() :] if exempted else line
        if exempting and current:
            if words:
                current.excluded.append(_read(words).name)
            continue
        if current:
            yield current
        current = _read(words)
    if current:
        yield current


def _read(line: str) -> _Addressee:
    """One addressee: "RUEHTH/AMEMBASSY ATHENS PRIORITY 0121"."""
    route = _ROUTE.match(line)
    name = line[route.end() :] if route else line
    number = _NUMBER.search(name)
    if number:
        name = name[: number.start()].rstrip()
    name, precedence = _precedence(name)
    return _Addressee(route[1] if route else "", name, precedence, number[1] if number else "")


def _precedence(name: str) -> tuple[str, str]:
    """The name without its precedence, and the precedence, one slip of the key corrected ("PIORITY")."""
    for precedence in _PRECEDENCES:
        if name.endswith(" " + precedence):
            return name[: -len(precedence)].rstrip(), precedence
    before, _, last = name.rpartition(" ")
    meant = _misspelt_precedence(last) if before else ""
    return (before.rstrip(), meant) if meant else (name, "")


@lru_cache(maxsize=1024)
def _misspelt_precedence(word: str) -> str:
    near = (known for known in _PRECEDENCES if abs(len(known) - len(word)) <= 1)
    return next((known for known in near if distance(word, known) == 1), "")
