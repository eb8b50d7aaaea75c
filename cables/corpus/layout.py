"""Lines of text as a telegram terminal laid them out."""

from __future__ import annotations

from cables.corpus.records import Citation, Paragraph

LINE_WIDTH = 66
SPACED = {
    "UNCLASSIFIED": "UNCLAS",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY": "UNCLAS",
    "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE",
    "CONFIDENTIAL": "C O N F I D E N T I A L",
    "SECRET": "S E C R E T",
}


def wrapped(text: str, width: int = LINE_WIDTH) -> list[str]:
    """The words of a text on lines of at most `width` characters; a longer word has a line of its own."""
    lines: list[str] = []
    line: list[str] = []
    room = width
    for word in text.split(" "):
        if len(word) > room and line:
            lines.append(" ".join(line))
            line, room = [], width
        line.append(word)
        room -= len(word) + 1
    lines.append(" ".join(line))
    return [line.strip() for line in lines]


def spaced_level(level: str) -> str:
    """The level as a first line prints it: "S E C R E T"."""
    return SPACED[level.removesuffix("//NOFORN")]


def paragraph_lines(paragraph: Paragraph, number: int, width: int = LINE_WIDTH) -> list[str]:
    """The lines of one numbered paragraph, its mark before the text and its list or table after it."""
    mark = f"({paragraph.marking}) " if paragraph.marking else ""
    lines = wrapped(f"{number}. {mark}{paragraph.text}", width)
    if paragraph.lines:
        lines.append("")
    for line in paragraph.lines:
        lines += wrapped(line, width) if line.startswith("-- ") else [line]
    return lines


def citation_words(citation: Citation, year: int) -> str:
    """A citation as printed: "VALDMARK 871", with the year before it where it is not the cable's own."""
    printed = f"{citation.station} {citation.serial}"
    return printed if citation.year == year else f"{citation.year % 100:02} {printed}"
