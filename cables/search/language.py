"""What the reader typed, read as a query: Lucene's language, and whatever is not of it as plain words.

No text is an error. What cannot be read as syntax is read as words, and the reading tells of it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from luqum import tree as lucene
from luqum.exceptions import ParseError
from luqum.thread import parse

from cables.search.query_tree import (
    FACTS,
    ZONES,
    And,
    Dated,
    Fact,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Redacted,
    Together,
    Word,
    all_of,
    any_of,
)
from cables.search.typed import LONGEST, REDACTED, clean, ready
from cables.search.wording import wording

MOST_TERMS = 100
DEEPEST = 20
SHORTEST_PREFIX = 3
FARTHEST = 20
MOST_NEAR = 4
MOST_EDITS = 2
TWO_EDITS_FROM = 5
"""Letters from which a word is alike with two edits where no number of edits is given; a shorter one with one."""

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_SYNTAX = re.compile(r'[\\"()\[\]{}^~*?!|&<>+]|(?<!\w)-|(?<!\w)/|/(?!\w)')
_SAFE = re.compile(r"""[^\s:"()\[\]{}^~*?\\/!+&|<>=-][^\s:"()\[\]{}^~*?\\!+&|<>=]*""")
_SEVERAL = re.compile(r'[\s"()\[\]{}*]')
_LETTER = re.compile(r"\w")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_OPEN = "*"
_OPERATORS = {"AND", "OR", "NOT"}
_AS_WORDS = "It could not be read as a query, so its words were looked for."
_OTHER_NAMES = {
    "tags": "tag",
    "from": "origin",
    "classification": "class",
    "captions": "caption",
    "identifier": "id",
    "title": "subject",
    "text": "body",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query was understood: the tree (None where nothing was asked), the same in words, and what to tell.

    `is_plain`: it is words, phrases and exclusions, as everybody writes them, and needs no explaining.
    """

    typed: str
    tree: Node | None
    wording: str
    is_plain: bool
    notes: tuple[str, ...] = ()


class _Reader:
    """Turns a Lucene tree into ours, and notes what had to be read otherwise."""

    def __init__(self) -> None:
        self.notes: dict[str, None] = {}
        self.plain = True

    def note(self, words: str) -> None:
        self.notes[words] = None

    def node(self, item: Any, zone: str = "") -> Node | None:
        match item:
            case lucene.Word():
                return self.word(str(item.value), zone)
            case lucene.Phrase():
                return self.phrase(str(item.value)[1:-1], zone)
            case lucene.UnknownOperation() | lucene.AndOperation():
                return self.every(item.children, zone, asked=isinstance(item, lucene.AndOperation))
            case lucene.OrOperation():
                self.plain = False
                return any_of(self.parts(item.children, zone))
            case lucene.Not() | lucene.Prohibit():
                part = self.node(item.a, zone)
                return None if part is None else part.part if isinstance(part, Not) else Not(part)
            case lucene.Plus():
                return self.node(item.a, zone)
            case lucene.BaseGroup() | lucene.Boost():
                self.plain = False
                return self.node(item.expr, zone)
            case lucene.SearchField():
                return self.field(item, zone)
            case lucene.Fuzzy():
                return self.fuzzy(item, zone)
            case lucene.Proximity():
                return self.near(str(item.term.value)[1:-1], int(item.degree), zone)
            case _:
                self.plain = False
                return self.words(str(item), zone)

    def parts(self, items: Any, zone: str) -> list[Node]:
        return [part for part in (self.node(item, zone) for item in items) if part is not None]

    def every(self, items: Any, zone: str, *, asked: bool) -> Node | None:
        self.plain = self.plain and not asked
        return all_of(self.parts(items, zone))

    def word(self, text: str, zone: str) -> Node | None:
        text = text.replace("\\", "")
        if text == REDACTED:
            self.plain = False
            return Redacted(zone)
        if not _LETTER.search(text):
            return None
        if text.endswith("*") and not re.search(r"[*?]", stem := text.rstrip("*")):
            if not _SAFE.fullmatch(stem):
                self.note(f"“{text}”: only a word can be a beginning; it was looked for as it stands.")
                return self.one(stem, zone)
            if len(stem) >= SHORTEST_PREFIX:
                self.plain = False
                return Prefix(stem, zone)
            self.note(f"“{text}”: a beginning needs {SHORTEST_PREFIX} letters; it was read as the word “{stem}”.")
            return self.one(stem, zone)
        if re.search(r"[*?]", text):
            bare = re.sub(r"[*?]+", " ", text).strip()
            self.note(f"“{text}”: only the end of a word can be left open, as in “{bare.split()[0]}*”.")
            return self.words(bare, zone)
        return self.one(text, zone)

    def one(self, text: str, zone: str) -> Node | None:
        """Return a word; what would be read otherwise if it were typed again is a phrase, which finds the same."""
        text = text.strip("'")
        return Word(text, zone) if _SAFE.fullmatch(text) and text not in _OPERATORS else self.phrase(text, zone)

    def phrase(self, text: str, zone: str) -> Node | None:
        text = " ".join(text.replace("\\", "").replace('"', " ").replace(REDACTED, "xxxxxxxxxxxx").split())
        return Phrase(text, zone) if _LETTER.search(text) else None

    def words(self, text: str, zone: str) -> Node | None:
        found = (self.word(word, zone) for word in _SYNTAX.sub(" ", text).split())
        return all_of([word for word in found if word is not None])

    def fuzzy(self, item: Any, zone: str) -> Node | None:
        self.plain = False
        text = str(item.term).replace("\\", "")
        if not text.isalpha() or text in _OPERATORS:
            self.note(f"“{item}”: likenesses are looked for of single words of letters; it was read as it stands.")
            return self.words(str(item.term), zone)
        if item.degree > MOST_EDITS:
            self.note(f"“{item}”: likenesses are looked for up to {MOST_EDITS} edits.")
        asked = min(int(item.degree), MOST_EDITS)  # Lucene's old fractions ("~0.8") say nothing of edits
        return Fuzzy(text, asked or (MOST_EDITS if len(text) >= TWO_EDITS_FROM else 1), zone)

    def near(self, text: str, distance: int, zone: str) -> Node | None:
        self.plain = False
        words = tuple(word for word in text.split() if _LETTER.search(word))
        if len(words) < 2 or distance < 1:
            return self.phrase(text, zone)
        if len(words) > MOST_NEAR:
            self.note(f"“{text}”: nearness is for {MOST_NEAR} words at most; all were looked for anywhere.")
            return all_of([part for part in (self.one(word, zone) for word in words) if part])
        if distance > FARTHEST:
            self.note(f"“{text}”: nearness is looked for up to {FARTHEST} words.")
        return Near(words, min(distance, FARTHEST), zone)

    def field(self, item: Any, zone: str) -> Node | None:
        name = _OTHER_NAMES.get(str(item.name).lower(), str(item.name).lower())
        inside = item.expr
        if zone or (name not in ZONES and name not in FACTS and name not in {"date", "para"}):
            return self.not_a_field(item, zone)
        self.plain = False
        if name in ZONES:
            return self.node(inside, name)
        if name == "para":
            part = self.node(inside)
            return None if part is None else Together(part)
        if name == "date":
            return self.dated(inside)
        return self.fact(name, inside)

    def not_a_field(self, item: Any, zone: str) -> Node | None:
        text = f"{item.name}:{item.expr}"
        if not _SEVERAL.search(text):
            if not str(item.name).isdecimal():
                self.note(f"“{item.name}:” is no field, so “{text}” was looked for as it stands.")
            return self.phrase(text, zone)
        self.note(f"“{item.name}:” is no field, so it was read as a word.")
        return all_of([part for part in (self.word(str(item.name), zone), self.node(item.expr, zone)) if part])

    def fact(self, name: str, inside: Any) -> Node | None:
        match inside:
            case lucene.BaseGroup():
                return self.fact(name, inside.expr)
            case lucene.OrOperation():
                return any_of([part for part in (self.fact(name, child) for child in inside.children) if part])
            case lucene.UnknownOperation() | lucene.AndOperation():
                return all_of([part for part in (self.fact(name, child) for child in inside.children) if part])
            case lucene.Not() | lucene.Prohibit():
                part = self.fact(name, inside.a)
                return None if part is None else Not(part)
            case lucene.Plus():
                return self.fact(name, inside.a)
        value = " ".join(str(inside).replace("\\", "").strip('" ').split())
        if name == "held":
            value = "no" if value.lower() in {"no", "false"} else "yes"
        return Fact(name, value) if _LETTER.search(value) else None

    def dated(self, inside: Any) -> Node | None:
        match inside:
            case lucene.BaseGroup():
                return self.dated(inside.expr)
            case lucene.OrOperation():
                return any_of([part for part in map(self.dated, inside.children) if part])
            case lucene.Range():
                ends = (str(inside.low), not inside.include_low), (str(inside.high), not inside.include_high)
            case lucene.From():
                ends = (str(inside.a), not inside.include), (_OPEN, False)
            case lucene.To():
                ends = (_OPEN, False), (str(inside.a), not inside.include)
            case _:
                first, _, last = str(inside).strip('"').partition("..")
                ends = (first, False), (last or first, False)
        (first, past_first), (last, past_last) = ends
        since = self.day(first, last=False, past=past_first)
        until = self.day(last, last=True, past=past_last)
        missing = [text for text, day in ((first, since), (last, until)) if day is None and text.strip() != _OPEN]
        if missing or (since is None and until is None):
            self.note(f"“date:{inside}” names no date: write 2005, 2005-02 or 2005-02-10.")
            return None
        return Dated(since, until)

    def day(self, text: str, *, last: bool, past: bool = False) -> date | None:
        """Return the first or last day of a year, month or day; with `past`, the next one outside of it."""
        match = _DAY.fullmatch(text.strip().strip('"'))
        if match is None:
            return None
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            first = date(year or 0, month or 1, day or 1)
            end_month = month or 12
            end = date(first.year, end_month, day or calendar.monthrange(first.year, end_month)[1])
            if past:
                chosen = first.toordinal() - 1 if last else end.toordinal() + 1
                return date.fromordinal(chosen)
        except (ValueError, OverflowError, calendar.IllegalMonthError):
            return None
        return end if last else first


def read_query(typed: str) -> Reading:
    """Return how a query is understood. Never raises, whatever was typed, and takes time in proportion to LONGEST."""
    query = clean(typed)
    reader = _Reader()
    if len(" ".join(typed.split())) > LONGEST:
        reader.note(f"Only the first {LONGEST} characters were read.")
    prepared, told = ready(query)
    for words in told:
        reader.note(words)
    tree = None
    if prepared:
        tree = _parsed(prepared, reader)
    if query and tree is None and not reader.notes:
        reader.note(f"There is no word in “{query}” to look for.")
    return Reading(query, tree, wording(tree), reader.plain and not reader.notes, tuple(reader.notes))


def _parsed(query: str, reader: _Reader) -> Node | None:
    if query.count("(") + query.count("[") + query.count("{") > DEEPEST or len(query.split()) > MOST_TERMS:
        reader.note(f"More than {MOST_TERMS} words or {DEEPEST} brackets: only its first words were looked for.")
        return _as_words(query, reader)
    try:
        item = parse(query)
    except (ParseError, ArithmeticError, RecursionError):
        item = None
    tree = reader.node(item) if item is not None else None
    if tree is None and _LETTER.search(query):
        reader.note(_AS_WORDS)
        tree = _as_words(query, reader)
    return tree


def _as_words(query: str, reader: _Reader) -> Node | None:
    """Return the query's words and phrases, whatever stands between them."""
    parts: list[Node] = []
    for match in _PIECE.finditer(query):
        quoted, word = match.groups()
        found = reader.phrase(quoted, "") if quoted else None if word in _OPERATORS else reader.words(word or "", "")
        if found is not None:
            parts.append(found)
    if not parts:
        parts = [part for word in query.split() if (part := reader.phrase(_SYNTAX.sub(" ", word), ""))]
    return all_of(parts[:MOST_TERMS])


def only_excludes(tree: Node | None) -> bool:
    """Return whether a query names only what it does not want ("-visa")."""
    match tree:
        case Not():
            return True
        case And(parts) | Or(parts):
            return all(map(only_excludes, parts))
        case _:
            return False
