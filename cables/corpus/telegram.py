"""Telegrams of 1986-2010 (5 FAH-2, ACP-127): header as the relay printed it, body as the drafter typed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from cables.corpus.layout import citation_words, paragraph_lines, spaced_level, wrapped
from cables.corpus.records import NOTICE, Draft, Printed
from cables.corpus.world import Post

LINES_OF_A_SECTION = 62
LINES_OF_A_SIGNATURE = 3
# Before 2002 most posts still typed in capitals; the long header with routing indicators came about 2005.
LAST_YEAR_OF_CAPITALS = 2001
FIRST_YEAR_OF_ROUTING = 2005
PRECEDENCES = {"R": "", "P": "PRIORITY", "O": "IMMEDIATE"}
SECURITY_LINES = {"S": "ZNY SSSSS ZZH", "C": "ZNY CCCCC ZZH", "U": "ZNR UUUUU ZZH", "L": "ZNR UUUUU ZZH"}
WASHINGTON = (
    "RHEHNSC/NSC WASHINGTON DC",
    "RUEKJCS/JOINT STAFF WASHINGTON DC",
    "RUEKJCS/SECDEF WASHINGTON DC",
    "RUEPTRS/DEPT OF TREASURY WASHINGTON DC",
    "RUCPDOC/DEPT OF COMMERCE WASHINGTON DC",
    "RHEFDIA/DIA WASHINGTON DC",
)
COLLECTIVES = ("RUEHXX/LAKES REGION COLLECTIVE", "RUEHXW/STRAITS GROUP COLLECTIVE", "RUEHXV/STEPPE AND GULF COLLECTIVE")


@dataclass(frozen=True, slots=True)
class Slips:
    """What a drafter or a terminal gets wrong in this cable."""

    tags_without_colon: bool = False
    short_subject_label: bool = False
    small_tags: bool = False
    break_in_references: bool = False


def _slips(chance: Random) -> Slips:
    roll = chance.random()
    return Slips(roll < 0.02, 0.02 <= roll < 0.03, 0.03 <= roll < 0.045, 0.045 <= roll < 0.08)


def printed(draft: Draft, post: Post, when: datetime, serial: int, chance: Random) -> Printed:
    """Header and body of a telegram: lines of the body end in a blank, as they were received."""
    slips = _slips(chance)
    preamble = _preamble(draft, when, chance, slips)
    text = _text(draft, when)
    # A signature does not begin a section of its own.
    sections = -(-(len(preamble) + len(text) - LINES_OF_A_SIGNATURE) // LINES_OF_A_SECTION)
    first = f"{spaced_level(draft.level)} "
    if sections > 1:
        first += f"SECTION 01 OF {sections:02} "
    first += f"{post.words} {_serial(serial, when)}"
    pages = _Pages(post, serial, when, sections)
    if slips.break_in_references and sections > 1:
        preamble = _broken(preamble, pages)
    lines = [first, "", *preamble, *_paged(text, len(preamble), pages)]
    if when.year <= LAST_YEAR_OF_CAPITALS:
        lines = [line.upper() for line in lines]
    if chance.random() < 0.12:
        lines += ["", "NNNN"]
    header = _header(draft, post, when, serial, chance, sections)
    return Printed("\n".join(header), "\n".join(f"{line} " for line in lines).rstrip())


def _serial(serial: int, when: datetime) -> str:
    return f"{serial:06}" if when.year >= 2000 else f"{serial:05}"


@dataclass(frozen=True, slots=True)
class _Pages:
    """Where a telegram's sections break, and the line that says so."""

    post: Post
    serial: int
    when: datetime
    sections: int

    def line(self, section: int, page: str = "") -> str:
        """The break line that opens a section: "VALDMARK 00000881  002 OF 003"."""
        return break_line(f"{section:03}{page}", self.sections, self.post.words, self.serial, self.when)


def break_line(section: str, sections: int, words: str, serial: int, when: datetime) -> str:
    """The line that breaks a telegram of a station at a section ("002", or "001.2" within one), in the form of its
    years: "VALDMARK 00000881  002 OF 003", before 2005 "PAGE 02 VALDMARK 00881 02 OF 03 291401Z"."""
    if when.year < FIRST_YEAR_OF_ROUTING:
        short = section[1:3]
        return f"PAGE {short} {words} {serial:05} {short} OF {sections:02} {when:%d%H%M}Z"
    return f"{words} {serial:08}  {section} OF {sections:03}"


def _paged(text: Sequence[str], taken: int, pages: _Pages) -> list[str]:
    """The text with a break line wherever a section is full; `taken` lines of the first are used already."""
    lines: list[str] = []
    for number, line in enumerate(text, start=taken):
        section, place = divmod(number, LINES_OF_A_SECTION)
        if place == 0 and 0 < section < pages.sections:
            lines += ["", pages.line(section + 1), "", ""]
        lines.append(line)
    return lines


def _broken(preamble: list[str], pages: _Pages) -> list[str]:
    """The preamble with a page break after the first line of its REF list, where the list has a second."""
    for place, line in enumerate(preamble[:-1]):
        if line.startswith("REF") and preamble[place + 1].startswith("     "):
            return [*preamble[: place + 1], "", pages.line(1, ".2"), "", *preamble[place + 1 :]]
    return preamble


def _preamble(draft: Draft, when: datetime, chance: Random, slips: Slips) -> list[str]:
    year = when.year
    lines = list(draft.captions)
    if draft.captions:
        lines.append("")
    if draft.attention:
        lines += [draft.attention, ""]
    lines.append(executive_order(draft.level, when, chance))
    separator = ", " if chance.random() < 0.75 else " "
    tags = separator.join(draft.tags)
    lines.append(f"TAGS{'' if slips.tags_without_colon else ':'} {tags.lower() if slips.small_tags else tags}")
    lines += wrapped(f"{'SUBJ' if slips.short_subject_label else 'SUBJECT'}: {draft.subject}", 60)
    lines.append("")
    if draft.citations:
        words = [citation_words(citation, year) for citation in draft.citations]
        lines += [*reference_lines(words, chance), ""]
    if draft.classifier:
        lines += [*wrapped(f"{'Classified By:' if year > 2001 else 'CLASSIFIED BY:'} {draft.classifier}"), ""]
    return [*lines, NOTICE, ""]


def executive_order(level: str, when: datetime, chance: Random) -> str:
    """The E.O. line of the time: 12356 until 1995, then 12958 with a date ten years on."""
    year, classified = when.year, level.startswith(("CONFIDENTIAL", "SECRET"))
    if year <= 1995:
        return f"E.O. 12356: {'DECL: OADR' if classified else 'N/A'}"
    if not classified:
        return "E.O. 12958: N/A"
    if year < 2003 and chance.random() < 0.15:
        return f"E.O. 12958: DECL: X{chance.randrange(1, 9)}"
    # The twenty-ninth of February has no tenth anniversary.
    month, day, after = when.month, min(when.day, 28), year + 10
    if year < 2000:
        return f"E.O. 12958: DECL: {month}/{day}/{after % 100:02}"
    return f"E.O. 12958: DECL: {month:02}/{day:02}/{after}"


def reference_lines(words: Sequence[str], chance: Random) -> list[str]:
    """The lines of a REF list of these items, in one of the ways in which drafters set it."""
    if len(words) == 1:
        return [f"REF: {words[0]}"]
    style = chance.choice(("column", "column", "column", "line", "brackets"))
    if style == "line":
        return wrapped(f"REF: {' '.join(f'{letter}. {word}' for letter, word in zip('ABCDEF', words, strict=False))}")
    if style == "brackets":
        return wrapped(f"REF: {'; '.join(f'({letter}) {word}' for letter, word in zip('ABCDEF', words, strict=False))}")
    labels = ("REF: A. ", *(f"     {letter}. " for letter in "BCDEF"))
    return [f"{label}{word}" for label, word in zip(labels, words, strict=False)]


def _text(draft: Draft, when: datetime) -> list[str]:
    lines: list[str] = []
    for number, paragraph in enumerate(draft.paragraphs, start=1):
        if paragraph.heading:
            lines += [paragraph.heading, "-" * len(paragraph.heading), ""]
        lines += [*paragraph_lines(paragraph, number), ""]
    return [*lines, draft.signer]


def _header(draft: Draft, post: Post, when: datetime, serial: int, chance: Random, sections: int) -> list[str]:
    long = when.year >= FIRST_YEAR_OF_ROUTING
    group = f"{draft.precedence} {when:%d%H%MZ %b %y}".upper()
    lines = [group, f"FM {post.address}"]
    if long:
        second = draft.precedence * 2
        route = f"RUEHX{chance.choice('ABCDEFGHIJ')}" if sections > 1 else draft.action.routing
        section = "/01" if sections > 1 else ""
        lines = [
            f"VZCZCX{chance.choice(('RO', 'YZ'))}{chance.randrange(10_000):04}",
            f"{second} {route}",
            f"DE {post.routing} #{serial % 10_000:04}{section} {when:%j%H%M}",
            SECURITY_LINES[draft.level[0]],
            *lines,
        ]
    lines.append(_addressee("TO ", draft.action, PRECEDENCES[draft.precedence], when, long))
    info = [_addressee("", other, "", when, long) for other in draft.info]
    if chance.random() < 0.35:
        info.insert(0, _plain(chance.choice(COLLECTIVES), long))
    info += [_plain(line, long) for line in chance.sample(WASHINGTON, chance.randrange(3))]
    if info:
        lines += [f"INFO {info[0]}", *info[1:]]
    return lines


def _plain(line: str, long: bool) -> str:
    return line if long else line.partition("/")[2]


def _addressee(label: str, post: Post, precedence: str, when: datetime, long: bool) -> str:
    route = f"{post.routing}/" if long else ""
    # Stations number what they send to each addressee; the number grows with the day of the year.
    start = sum(place * ord(letter) for place, letter in enumerate(post.words, start=1))
    number = 1 + (start + when.timetuple().tm_yday * 7 + when.hour // 4) % 9_000
    return " ".join(filter(None, (f"{label}{route}{post.address}", precedence, f"{number:04}")))
