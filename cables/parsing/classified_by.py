"""The name of the officer who classified a cable, from the words of the classification authority.

Writers give title and name in either order ("DCM Alex Wolff", "Rose Gottemoeller, Assistant Secretary, VCI"), with
slips and abbreviations without end. What is no title (officer_titles.py) is the name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cables.parsing.authority import locate_authority
from cables.parsing.edits import distance
from cables.parsing.located import Located, in_capitals
from cables.parsing.officer_titles import EDGES, title_words_among
from cables.reference_data import tables

# What follows the name: a section or an order, or the garbage of a broken transmission (with the word it stands in). Of
# capitals, each begun with a letter that is searched for fast.
_AFTER_NAME = re.compile(
    r"1(?<=\b1) ?\. ?[2-8]\b|I(?<=\bI) ?\. ?[2-8]\b|E(?<=\bE)\.? ?O\.? ?1\d{3}|DE(?<=\bDE)(?:CL|RIVED)\b"
    r"|F(?<=\bF)O?R R(?:E(?:A(?:SO?)?)?)?\b|O(?<=\bO)N R(?:E(?:A(?:SO?)?)?)?\b"
)
_GARBAGE = re.compile(r"[#$%*=<>{}|~^]")
_MAYBE_REASON = re.compile(r"R(?<=\bR)[A-Z0]{4,7}\b")
_LEADING_TO_REASON = re.compile(
    r"(?:[,;.:(\-–]|\b(?:FOR|FR|PER|UNDER|BASED|UP[O0]N|[O0]N|DUE|TO|BY|AND|SECTION|R(?:E(?:A(?:SO?)?)?)?))\Z",
    re.IGNORECASE,
)
_LONGEST_WORD = 30
_BRACKETED = re.compile(r"\([^()]{0,30}\)|[()\"\\]")
_SEGMENTS = re.compile(r"\s*[,;:]\s*|\s+[-–]+\s*|(?<=[A-Za-z]{3})\.\s+(?=[A-Z])")
_PREPOSITIONS = frozenset({"OF", "FOR", "TO", "IN", "AT"})
_LONGEST_NAME = 5


def locate_classified_by(text: str) -> Located[str]:
    """The name of the classifying officer without title, and where the whole authority stands."""
    authority = locate_authority(text)
    name = name_of_officer(authority.value)
    return Located(name, authority.start, authority.end) if name else Located("")


def parse_classified_by(text: str) -> str:
    """The name of the classifying officer without title, "" where none is told."""
    return locate_classified_by(text).value


@lru_cache(maxsize=4096)  # the same few officers classify most cables of a post
def name_of_officer(authority: str) -> str:
    """The name in the words of an authority: "Ambassador Jon R. Smith, reasons 1.4 (b)" -> "Jon R. Smith"."""
    words = _BRACKETED.sub(" ", _before_reason(authority.replace("’", "'")))
    segments = [segment.split() for segment in _SEGMENTS.split(words)]
    names = [(name, place) for place, tokens in enumerate(segments) if (name := _name_among(tokens))]
    if len(names) > 1 and names[0][0][-1].upper() in _places() and len(names[0][0]) == 1:
        names.pop(0)
    if not names:
        return ""
    name, place = names[0]
    following = segments[place + 1][:1] if place + 1 < len(segments) else []
    suffix = ", " + _suffix(following[0]) if following and _suffix(following[0]) else ""
    return " ".join(_respelled(token) for token in name).rstrip(EDGES) + suffix


def _before_reason(authority: str) -> str:
    """The words before the reason for classification, without "for" and the like that lead to it."""
    capitals = in_capitals(authority)
    end = len(authority)
    if found := _AFTER_NAME.search(capitals):
        end = found.start()
    if found := _GARBAGE.search(capitals, 0, end):
        end = max(capitals.rfind(" ", 0, found.start()) + 1, found.start() - _LONGEST_WORD)
    reasons = (found.start() for found in _MAYBE_REASON.finditer(capitals, 0, end) if _is_reason(found[0]))
    head = authority[: next(reasons, end)].rstrip()
    while found := _LEADING_TO_REASON.search(head, head.rfind(" ") + 1):
        head = head[: found.start()].rstrip()
    return head


@lru_cache(maxsize=256)
def _is_reason(word: str) -> bool:
    upper = word.upper().replace("0", "O")
    return min(distance(upper, "REASON"), distance(upper, "REASONS")) <= 1


def _name_among(tokens: list[str]) -> list[str]:
    """The tokens that are a name: the last of those, side by side and begun with a capital, that are no title."""
    titles = title_words_among(tokens)
    end = len(tokens)
    while end:
        start = next((place + 1 for place in range(end - 1, -1, -1) if titles[place]), 0)
        run = tokens[start:end]
        if run and run[0][0].isupper() and any(len(token.strip(EDGES)) > 1 for token in run):
            return _without_place(run, after=tokens[start - 1] if start else "")[:_LONGEST_NAME]
        end = max(start - 1, 0)
    return []


def _without_place(name: list[str], *, after: str) -> list[str]:
    """A name without the country or city of a title before it ("Ambassador to Sudan Timothy Carney")."""
    given = next((place for place, token in enumerate(name) if token.upper() in tables.given_names()), 0)
    if given and len(name) - given > 1 and (after.upper() in _PREPOSITIONS or len(name) > 3):
        return name[given:]
    while len(name) > 2 and name[0].strip(EDGES).upper() in _places():
        name = name[1:]
    return name


@cache
def _places() -> frozenset[str]:
    """The words of the names of countries and cities."""
    names = [entry.title for entry in tables.tags() if entry.kind == "country"]
    names += [post.city for post in tables.posts()]
    return frozenset(word.upper() for name in names for word in name.split() if len(word) > 3)


def _suffix(token: str) -> str:
    """A suffix to a name as it is written ("Jr.", "III"), "" if the token is none."""
    bare = token.rstrip(EDGES)
    if bare.upper() in {"JR", "SR"}:
        return bare + "."
    return bare if bare.upper() in {"II", "III", "IV"} else ""


def _respelled(token: str) -> str:
    """A given name with two swapped letters put right, any other token as it is."""
    upper = token.upper()
    if len(upper) < 5 or upper in tables.given_names():
        return token
    right = [name for name in _given_names_by_letters().get("".join(sorted(upper)), ()) if distance(name, upper) == 1]
    if len(right) != 1:
        return token
    return right[0] if token.isupper() else right[0].title()


@cache
def _given_names_by_letters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(tables.given_names()):
        found.setdefault("".join(sorted(name)), []).append(name)
    return found
