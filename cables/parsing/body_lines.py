"""The lines of a body, each told for what it is: text, blank, rule, apparatus of transmission, or end mark.

A page break may stand in the middle of a line: the line is then cut into pieces, so that joining the raw text of all
pieces always gives the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from string import digits

from cables.parsing.page_breaks import find_page_breaks

MAX_LINES = 10_000
"""No cable comes near it (the longest known has about 1,600 lines): what follows is kept as one line of text."""

TEXT, BLANK, RULE, APPARATUS, END = "tbrae"
"""The kinds of lines, one letter each: the kinds of all lines are a word, and what is looked for is found in it."""


@dataclass(slots=True)
class Lines:
    """The lines of a body in order: line n is body[starts[n] : starts[n + 1]]; they cover all of it.

    texts[n] is its text without margins, "" where it is blank, and kinds[n] its kind. A run of blank lines is one line.
    """

    body: str
    starts: list[int]
    texts: list[str]
    kinds: str

    def raw(self, first: int, end: int) -> str:
        """Return the lines from `first` to before `end` as received."""
        return self.body[self.starts[first] : self.starts[end]]


_LINE = re.compile(r"\s*\n|[^\n]+\n?")
_BLANK_REST = re.compile(r"[^\S\n]*(?:\n|\Z)")
_SPACERS = frozenset(("-", ".", ">", "..", "- -", "<", "#", "##"))


def _spaced(word: str) -> str:
    return " ?".join(word)


_MARKINGS = (
    "TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS|LIMITED OFFICIAL USE|SENSITIVE BUT UNCLASSIFIED|SENSITIVE"
    "|FOR OFFICIAL USE ONLY|FOUO|SBU|NOFORN|SIPDIS|EXDIS|NODIS|LIMDIS|STADIS|ROGER CHANNEL|CHEROKEE|TERREP|EFTO"
)
_MARKING = "|".join(_spaced(word) for word in _MARKINGS.replace(" ", "").split("|"))
_LEADING_SIPDIS = re.compile(r"\s*SIPDIS\s+(?=\S)")
_TRAILING_MARKING = re.compile(
    r"(?<=\S)\s+((?:TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|LIMITED OFFICIAL USE)"
    r"(?:\s{1,3}(?:SECRET|CONFIDENTIAL|UNCLASSIFIED))?)$"
)
_END = (
    r"N{3,4}(?:N\w{0,12})?[.#]*|BT|#\d{3,5}|=*\s*CABLE COMPLETE\s*=*|END (?:OF )?CABLE(?: TEXT)?"
    r"|<< END OF DOCUMENT >>.*|\*\*\* Current (?:Handling|Classification).*"
    r"|Message Attributes|>?\s?\d{2,4}[A-Z]{3,8}\d{5} - (?:Classification: )?[A-Z/ ]+"
    r"|(?:[A-Z][a-z]+ [A-Z]\. [A-Z][a-z]+ )?Declassified/Released\b.*|US Department of State"
    r"|(?:EO )?Systematic Review(?: \d{1,2} [A-Za-z]{3} \d{4})?"
)
_MARKING_LINE = re.compile(
    rf"(?:(?:{_MARKING})(?:[ /,.-]+|$))+(?:[A-Z]{{3}}\d{{4}})?",  # the code is the message centre's
    re.IGNORECASE,
)
_RULE_LINE = re.compile(r"[-=_*~+.\u2010-\u2015\u2212\u2500 ]{2,}")
_END_LINE = re.compile(_END, re.IGNORECASE)
_LONGEST_SPECIAL = 150
_STAMP = "classified/Released"
_SYMBOLS = frozenset("<>#-=_*~+.\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500")


def _beginnings() -> frozenset[str]:
    """Return the first two characters of lines that may be special, if no symbol is their first."""
    words = ["NN", "BT", "EN", "ME", "US", "SY", "EO", *_MARKINGS.split("|")]
    spaced = [f"{word[0]} " for word in words]
    numbers = [first + second for first in digits for second in digits]
    return frozenset([*(word[:2] for word in words), *(word[:2].capitalize() for word in words), *spaced, *numbers])


_BEGINNINGS = _beginnings()


def split_lines(body: str) -> Lines:
    """Return the lines of a body."""
    raws, breaks = _cut_at_page_breaks(body)
    if len(raws) > MAX_LINES:
        raws[MAX_LINES:] = ["".join(raws[MAX_LINES:])]
    texts = list(map(str.strip, raws))
    texts[MAX_LINES:] = [" ".join(text.split()) for text in texts[MAX_LINES:]]
    if "\\" in body:
        texts = [text.rstrip("\\ ") if text.endswith("\\") else text for text in texts]
    kinds = [TEXT if text else BLANK for text in texts]
    for n in breaks:
        kinds[n] = APPARATUS
    parts = [*_tell_special(body, raws, texts, kinds), *_trailing_markings(raws, texts, kinds, breaks)]
    for n, at, both in sorted(parts, reverse=True):
        raws[n : n + 1] = raws[n][:at], raws[n][at:]
        texts[n : n + 1] = raws[n].strip(), raws[n + 1].strip()
        kinds[n : n + 1] = both
    return Lines(body, list(accumulate(map(len, raws), initial=0)), texts, "".join(kinds))


def _cut_at_page_breaks(body: str) -> tuple[list[str], list[int]]:
    """Return the lines as received, and which of them are page breaks: a break goes with what is blank beside it."""
    raws: list[str] = []
    breaks: list[int] = []
    done = 0
    for start, end in find_page_breaks(body):
        before = _LINE.findall(body, done, start)
        if len(raws) + len(before) >= MAX_LINES:
            break
        margin = before.pop() if before and before[-1][-1] != "\n" and before[-1].isspace() else ""
        rest = _BLANK_REST.match(body, end)
        done = rest.end() if rest else end
        raws += before
        breaks.append(len(raws))
        raws.append(margin + body[start:done])
    return raws + _LINE.findall(body, done), breaks


def _tell_special(body: str, raws: list[str], texts: list[str], kinds: list[str]) -> Iterator[tuple[int, int, str]]:
    """Note the kinds of markings, end marks and rules; lines that only stand for an empty one become blank.

    Only lines that begin as these do are looked at: most lines of text do not. Yields the lines that are two, text
    after SIPDIS: the line, the place in it to cut at, and the kinds of both.
    """
    maybe = [n for n, text in enumerate(texts) if text[:2] in _BEGINNINGS or text[:1] in _SYMBOLS]
    if _STAMP in body:  # a name may stand before it
        maybe += [n for n, text in enumerate(texts) if _STAMP in text]
    for n in maybe:
        text = texts[n]
        if kinds[n] != TEXT:
            continue
        if text in _SPACERS:
            texts[n], kinds[n] = "", BLANK
        elif kind := _special_kind(text):
            kinds[n] = kind
        elif leading := _LEADING_SIPDIS.match(raws[n]):
            yield n, leading.end(), APPARATUS + TEXT


def _special_kind(text: str) -> str:
    """Return the kind of a line that is a marking, a rule or an end mark, "" for any other."""
    if len(text) >= _LONGEST_SPECIAL:
        return ""
    if text[0] in _SYMBOLS:
        kind = RULE if _RULE_LINE.fullmatch(text) else ""
    else:
        kind = APPARATUS if _MARKING_LINE.fullmatch(text) else ""
    return kind or (END if _END_LINE.fullmatch(text) else "")


def _trailing_markings(
    raws: list[str], texts: list[str], kinds: list[str], breaks: list[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield, as above, the last lines of pages whose text runs on into the classification that ends the page."""
    for n in breaks:
        marking = _TRAILING_MARKING.search(texts[n - 1][-60:]) if n and kinds[n - 1] == TEXT else None
        if marking:
            yield n - 1, raws[n - 1].rindex(marking[1]), TEXT + APPARATUS
