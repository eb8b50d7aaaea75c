"""Addressees: the TO and INFO lines of a cable's header (ACP-127), with routing, precedence, number and exemptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from cables.parsing.edits import distance
from cables.parsing.located import Located
from cables.parsing.page_breaks import MASK, mask_page_breaks
from cables.parsing.records import Recipient

_HEADER_LIMIT = 60_000
_START = {label: re.compile(rf"\n[ \t]{{0,20}}{label}(?:[ \t]{{1,8}}|(?=\n|\Z))") for label in ("TO", "INFO")}
_DISTRIBUTION = re.compile(r"(?:[A-Z]{1,5}-\d\d[ \t]{1,8}){2}")
_END = re.compile(
    r"""\n[ \t]{0,20}(?:
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
_ENDINGS = tuple(" " + precedence for precedence in _PRECEDENCES)


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
    header = _masked(text)
    for start in _START[label].finditer(header):
        end = _END.search(header, start.end())
        block = header[start.end() : end.start() if end else len(header)]
        # The Department's own distribution ("INFO  LOG-00  EB-11") is no list of addressees.
        if _DISTRIBUTION.match(block):
            continue
        if found := _addressees(_lines(block)):
            return Located(found, start.start(), start.end() - 1 + len(block.rstrip(f" \t\r\n{MASK}")))
    return Located([])


@lru_cache(maxsize=4)  # both lists of a cable are read from it
def _masked(text: str) -> str:
    """A header with page breaks masked, after a line break: every line begins with one."""
    return "\n" + mask_page_breaks(text[:_HEADER_LIMIT])


def _lines(block: str) -> Iterator[str]:
    """The lines of a list, up to the first blank one, without page breaks."""
    begun = False
    for line in block.splitlines():
        words = " ".join((line.replace(MASK, " ") if MASK in line else line).split())
        if words:
            begun = True
            yield words
        elif begun and MASK not in line:
            return


def _addressees(lines: Iterable[str]) -> list[Recipient]:
    """The addressees of a list; those after "XMT", up to the next with a routing indicator, are exempted from it."""
    found: list[Recipient] = []
    exempting = False
    for line in lines:
        exempted = _EXEMPTED.match(line)
        exempting = bool(exempted) or (exempting and not _ROUTE.match(line))
        addressee = _read(line[exempted.end() :] if exempted else line)
        if not (exempting and found):
            found.append(addressee)
        elif addressee.name:
            found[-1] = replace(found[-1], excluded=(*found[-1].excluded, addressee.name))
    return found


def _read(line: str) -> Recipient:
    """One addressee: "RUEHTH/AMEMBASSY ATHENS PRIORITY 0121"."""
    number = _NUMBER.search(line) if line[-1:].isdigit() else None
    route, name, precedence = _address(line[: number.start()].rstrip() if number else line)
    return Recipient(name, route, precedence, number[1] if number else "")


@lru_cache(maxsize=4096)  # a post writes to the same addressees again and again
def _address(words: str) -> tuple[str, str, str]:
    """Routing indicator, name and precedence of an addressee."""
    route = _ROUTE.match(words)
    return (route[1] if route else "", *_precedence(words[route.end() :] if route else words))


def _precedence(name: str) -> tuple[str, str]:
    """The name without its precedence, and the precedence, one slip of the key corrected ("PIORITY")."""
    if name.endswith(_ENDINGS):
        precedence = next(known for known in _PRECEDENCES if name.endswith(" " + known))
        return name[: -len(precedence)].rstrip(), precedence
    before, _, last = name.rpartition(" ")
    meant = _misspelt_precedence(last) if before else ""
    return (before.rstrip(), meant) if meant else (name, "")


@lru_cache(maxsize=1024)
def _misspelt_precedence(word: str) -> str:
    near = (known for known in _PRECEDENCES if abs(len(known) - len(word)) <= 1)
    return next((known for known in near if distance(word, known) == 1), "")
