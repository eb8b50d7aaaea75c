"""Where the text of a body begins, and where a later section prints the first lines of the cable again.

The lines before the text follow 5 FAH-2: classification line, captions, passing instructions, E.O., TAGS, SUBJECT, REF,
and the classification authority. A raw telegram has its ACP-127 header before them.
"""

from __future__ import annotations

import re

from cables.parsing.body_lines import APPARATUS, BLANK, END, RULE, TEXT, Lines
from cables.parsing.numbering import read_number

SEARCHED_LINES = 150
"""Labels of the preamble stand within these first lines; a label further down is part of the text."""

_LABEL = re.compile(
    r"E\.? ?O\.? ?[:\d]|TAGS?\b|TAGES?\b|SUBJ(?:ECT)?\b|UBJECT:|REFS?\b|REF\(S\)|REFTELS?\b"
    r"|CLASSIFIED BY\b|DERIVED FROM\b|DECL(?:ASSIFY ON)?:|REASONS?:",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(
    r"[ZOPRY](?: [ZOPRY])? \d{6} ?Z|FM [A-Z]|TO [A-Z]|INFO\s+[A-Z]|XMT [A-Z]|VZCZC|[ZOPR]{2} RU|DE RU"
    r"|ZNY [A-Z]{5}|ACTION [A-Z]+-\d|-{6,}\s?[0-9A-F]{5,6}\b|BT$|ORIGIN [A-Z]+-\d"
)
_FIRST_HEADER_LINE = re.compile(
    r"[ZOPRY](?: [ZOPRY])? \d{6} ?Z|FM [A-Z]|VZCZC|[ZOPR]{2} RU|DE RU|PAGE 0?1\b|ACTION [A-Z]+-\d"
)
_SECTION_LINE = re.compile(
    r"(?:[A-Z] ){3}.{0,60}\bSECTION 0?([2-9]|[1-9]\d) OF \d|[A-Z/ ]{6,60}\bSECTION 0?([2-9]|[1-9]\d) OF \d"
)
_CLASSIFICATION_LINE = re.compile(
    r"(?:U ?N ?C ?L ?A ?S|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T|LIMITED OFFICIAL USE|TOP SECRET)\b.*\d$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"[A-Z][a-z]+day, \d{1,2} [A-Z][a-z]+ \d{4}, \d{2}:\d{2}")
_PASSING = re.compile(r"(?:DEPT|DEPARTMENT|STATE|NSC|PASS|[A-Z/ ]{2,30}) (?:FOR|PASS|PLEASE PASS)\b")
_REF_ITEM = re.compile(r"¶?[(\[]?(?:[A-Z]|\d{1,2})[.)\]]{1,2} ?\S")
_TEXT_BEGINS = re.compile(r"(?:BEGIN )?SUMM?A?RY\b|COMMENT\b|INTRODUCTION\b", re.IGNORECASE)
_HEADER_WINDOW = 120
_LABELS_APART = 25


def text_start(lines: Lines, first_paragraph: int) -> int:
    """Return the index of the first line of the text.

    `first_paragraph` is the line of paragraph 1, or the number of lines where paragraphs are not numbered.
    """
    kinds = lines.kinds
    limit = min(first_paragraph, len(kinds), SEARCHED_LINES)
    label = _last_label(lines, limit)
    end = label + 1
    while end < limit and kinds[end] != BLANK and not _begins_text(lines, end):
        end += 1
    if label >= 0 and lines.texts[label].endswith(":"):
        end = _block_end(kinds, end, limit)
    while end < limit:
        block_end = _block_end(kinds, end, limit)
        if block_end == end or not _is_apparatus(lines, end, block_end):
            break
        end = block_end
    while end < limit and kinds[end] == BLANK:
        end += 1
    return end


def mark_repeated_headers(lines: Lines, first_line: int) -> None:
    """Turn the header and first lines that a telegram's later sections print again into apparatus.

    From the header of the section ("R 171512Z JAN 90", "PAGE 01 …") through its classification line ("SECTION 02 OF
    03") to the last line that the preamble of the cable has too, or that carries one of its labels. `first_line` is
    that of the text.
    """
    if lines.body.find("SECTION", lines.starts[first_line]) < 0:
        return
    texts = lines.texts
    sections = [n for n, text in enumerate(texts) if "SECTION" in text and _SECTION_LINE.match(text)]
    if not sections or sections[-1] < first_line:
        return
    kinds = list(lines.kinds)
    known = {" ".join(text.split()) for text in texts[:first_line] if text}
    floor = first_line
    for section in sections:
        if section >= floor and kinds[section] == TEXT:
            first = _header_start(lines, section, floor)
            floor = _header_end(lines, section + 1, known)
            kinds[first:floor] = [kind if kind == BLANK else APPARATUS for kind in kinds[first:floor]]
    lines.kinds = "".join(kinds)


def _last_label(lines: Lines, limit: int) -> int:
    last = -1
    for index in range(limit):
        if last >= 0 and index - last > _LABELS_APART:
            break
        if lines.kinds[index] != TEXT:
            continue
        text = lines.texts[index]
        if last >= 0 and _TEXT_BEGINS.match(text):
            break
        if _LABEL.match(text) or (index < 12 and (_CLASSIFICATION_LINE.match(text) or _DATE_LINE.match(text))):
            last = index
    return last


def _begins_text(lines: Lines, index: int) -> bool:
    return lines.kinds[index] == RULE or bool(_TEXT_BEGINS.match(lines.texts[index]))


def _block_end(kinds: str, index: int, limit: int) -> int:
    """Return the index after the blank lines and the next block of lines that touch."""
    while index < limit and kinds[index] == BLANK:
        index += 1
    while index < limit and kinds[index] != BLANK:
        index += 1
    return index


def _is_apparatus(lines: Lines, first: int, end: int) -> bool:
    """Return whether a block belongs to the preamble: captions, page breaks, passing instructions, items of REF."""
    return all(
        kind in (BLANK, APPARATUS, END) or (kind == TEXT and (_PASSING.match(text) or _REF_ITEM.match(text)))
        for kind, text in zip(lines.kinds[first:end], lines.texts[first:end], strict=True)
    )


def _header_start(lines: Lines, section: int, floor: int) -> int:
    """Return the index of the first line of the header that ends with a section's classification line.

    Going back, addressees may stand before the first line that surely is of a header, but no running text: no
    sentence's end, no number of a paragraph.
    """
    start = section
    for index in range(section - 1, max(floor, section - _HEADER_WINDOW) - 1, -1):
        text = lines.texts[index]
        if text and _FIRST_HEADER_LINE.match(text):
            start = index
        elif lines.kinds[index] == TEXT and not _HEADER_LINE.match(text):
            is_address = start == section and text.isupper() and not text.endswith(".") and not read_number(text)
            if not is_address:
                break
    return start


def _header_end(lines: Lines, index: int, known: set[str]) -> int:
    """Return the index after the last line of a repeated preamble that starts at `index`."""
    while index < len(lines.texts):
        kind = lines.kinds[index]
        if kind == TEXT:
            text = " ".join(lines.texts[index].split())
            if not (text in known or _LABEL.match(text) or _HEADER_LINE.match(text) or _PASSING.match(text)):
                break
        elif kind == RULE:
            break
        index += 1
    return index
