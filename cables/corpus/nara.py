"""Telegrams of 1973-79 as the National Archives' electronic records hold them: message text and message attributes."""

from __future__ import annotations

from datetime import datetime
from random import Random

from cables.corpus.layout import citation_words, paragraph_lines, wrapped
from cables.corpus.records import NOTICE, Draft, Printed
from cables.corpus.world import STATE, Post

LINES_OF_A_PAGE = 44
STAMP = "Declassified/Released US Department of State EO Systematic Review {day}"
STAMP_DAYS = ("30 JUN 2005", "04 MAY 2006", "06 JUL 2006", "22 May 2009", "20 Mar 2014")
OFFICES = ("OCT-01", "ISO-00", "EB-07", "COME-00", "INR-07", "L-03", "PA-01", "USIA-06", "NSC-05", "CIAE-00", "DODE-00")
PRECEDENCES = {"R": "", "P": " PRIORITY", "O": " IMMEDIATE"}


def printed(draft: Draft, post: Post, when: datetime, serial: int, chance: Random) -> Printed:
    """Header, body and attributes of a telegram; page headings stand in both, and every letter is a capital."""
    order = _executive_order(draft, chance)
    action = f"ACTION {chance.choice(('EUR', 'NEA', 'ARA', 'EA', 'AF'))}-{chance.randrange(8, 26)}"
    top = f"{post.words:<12}{serial:05}  {when:%d%H%M}Z"
    header = [
        f" {draft.level}",
        "",
        f"PAGE 01        {top}",
        "",
        f"{chance.randrange(10, 99)}",
        action,
        "",
        f"INFO  {'  '.join(chance.sample(OFFICES, 4))}  /{chance.randrange(20, 130):03} W",
        _counter(when, chance),
        f"{draft.precedence} {when:%d%H%MZ %b %y}".upper(),
        f"FM {post.address}",
        f"TO {draft.action.address}{PRECEDENCES[draft.precedence]} {chance.randrange(100, 9900)}",
        *_info(draft),
    ]
    body = _paged(_body(draft, post, serial, when.year, order), top, draft.level, len(header))
    attributes = _attributes(draft, post, when, serial, chance) | {
        "Executive Order": order.removeprefix("E.O. 11652: "),
        "Line Count": str(len(header) + len(body)),
        "Office": action,
        "Page Count": str(1 + (len(header) + len(body)) // LINES_OF_A_PAGE),
    }
    return Printed("\n".join(header), "\n".join(body), dict(sorted(attributes.items())))


def _counter(when: datetime, chance: Random) -> str:
    """The dashed counter line, whose form changed in December 1976."""
    if (when.year, when.month) < (1976, 12):
        return f"{'':21}{'-' * 21} {chance.randrange(1000, 130_000):06}"
    return f"{'':21}{'-' * 18}{when:%d%H%M}Z {chance.randrange(1000, 130_000):06} /{chance.randrange(10, 60)}"


def _executive_order(draft: Draft, chance: Random) -> str:
    if not draft.level.startswith(("CONFIDENTIAL", "SECRET")):
        return "E.O. 11652: N/A"
    return f"E.O. 11652: {chance.choice(('GDS', 'GDS', 'GDS', 'XGDS-1', 'NGDS'))}"


def _info(draft: Draft) -> list[str]:
    return [f"{'INFO ' if place == 0 else ''}{post.address}" for place, post in enumerate(draft.info)]


def _body(draft: Draft, post: Post, serial: int, year: int, order: str) -> list[str]:
    lines = [f"{draft.level.partition('//')[0]} {post.words} {serial}", ""]
    if draft.captions:
        lines += [*draft.captions, ""]
    lines += [order, f"TAGS: {', '.join(draft.tags)}", *wrapped(f"SUBJ: {draft.subject}", 60)]
    words = [citation_words(citation, year) for citation in draft.citations]
    if len(words) == 1:
        lines.append(f"REF: {words[0]}")
    elif words:
        lines += wrapped(
            f"REF: {'; '.join(f'({letter}) {word}' for letter, word in zip('ABCDEF', words, strict=False))}"
        )
    lines += ["", NOTICE, ""]
    for number, paragraph in enumerate(draft.paragraphs, start=1):
        if paragraph.heading:
            lines += [paragraph.heading, ""]
        lines += [*paragraph_lines(paragraph, number, 64), ""]
    return [line.upper() for line in (*lines[:-1], draft.signer)]


def _paged(lines: list[str], top: str, level: str, taken: int) -> list[str]:
    """The lines with the foot of one page and the head of the next wherever a page is full."""
    paged: list[str] = []
    for number, line in enumerate(lines, start=taken):
        page, place = divmod(number, LINES_OF_A_PAGE)
        if page and place == 0:
            paged += [level, "", f" {level}", "", f"PAGE {page + 1:02}        {top}", ""]
        paged.append(line)
    return [*paged, "", level, "", "NNNN"]


def _attributes(draft: Draft, post: Post, when: datetime, serial: int, chance: Random) -> dict[str, str]:
    stamp = STAMP.format(day=chance.choice(STAMP_DAYS))
    day = f"{when:%d %b %Y}".upper()
    return {
        "Automatic Decaptioning": "X",
        "Capture Date": "01 JAN 1994",
        "Channel Indicators": "n/a",
        "Current Classification": "UNCLASSIFIED",
        "Concepts": draft.subject.partition(":")[0].upper(),
        "Control Number": "n/a",
        "Copy": "SINGLE",
        "Draft Date": day,
        "Disposition Action": "RELEASED",
        "Document Number": f"{when.year}{post.station}{serial:05}",
        "Document Source": "CORE",
        "Drafter": "n/a",
        "Enclosure": "n/a",
        "Errors": "N/A",
        "Film Number": f"D{when:%y}{chance.randrange(1, 500):04}-{chance.randrange(1, 1100):04}",
        "From": "STATE" if post is STATE else post.words,
        "Handling Restrictions": "n/a",
        "Locator": "TEXT ON-LINE",
        "Original Classification": draft.level.partition("//")[0],
        "Original Handling Restrictions": " ".join(draft.captions) or "n/a",
        "Previous Classification": draft.level.partition("//")[0],
        "Reference": "; ".join(citation_words(citation, when.year) for citation in draft.citations) or "n/a",
        "Review Action": "RELEASED, APPROVED",
        "Review Markings": stamp,
        "Secure": "OPEN",
        "Sent Date": day,
        "Status": "NATIVE",
        "Subject": draft.subject,
        "TAGS": ", ".join(draft.tags),
        "To": draft.action.words,
        "Type": "TE",
        "Markings": stamp,
    }
