"""The name of the officer who classified a cable, from the words of the classification authority.

Writers give title and name in either order ("DCM Alex Wolff", "Rose Gottemoeller, Assistant Secretary, VCI"), with
slips and abbreviations without end. What is no title is the name: titles are told by the words they are made of
(a table), by their spelling (offices stand in capitals where names do not), and by the countries and cities in them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cables.parsing.authority import locate_authority
from cables.parsing.edits import KnownWords, distance
from cables.parsing.located import Located
from cables.reference_data import tables

# What follows the name: a section or an order, or the garbage of a broken transmission (with the word it stands in).
_AFTER_NAME = re.compile(
    r"\b[1I][ ]?\.[ ]?[2-8]\b|\bE\.?[ ]?O\.?[ ]?1\d{3}|\bDECL\b|\bDERIVED\b|\b(?:FOR|FR|ON)[ ]R(?:E(?:A(?:SO?)?)?)?\b"
    r"|(?<!\S)\S{0,30}[#$%*=<>{}|~^]",
    re.IGNORECASE,
)
_MAYBE_REASON = re.compile(r"\bR[A-Z0]{4,7}\b", re.IGNORECASE)
_LEADING_TO_REASON = re.compile(
    r"(?:[\s,;.:(\-–]|\b(?:FOR|FR|PER|UNDER|BASED|UP[O0]N|[O0]N|DUE|TO|BY|AND|SECTION|R(?:E(?:A(?:SO?)?)?)?))\Z",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]{0,30}\)|[()\"\\]")
_SEGMENTS = re.compile(r"\s*[,;:]\s*|\s+[-–]+\s*|(?<=[A-Za-z]{3})\.\s+(?=[A-Z])")
_INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}\Z")
_CAMEL_CASE = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
_AD_INTERIM = re.compile(r"a\.?i\.?\Z", re.IGNORECASE)
_EDGES = ".,:;'\"()-–"
_PREPOSITIONS = frozenset({"OF", "FOR", "TO", "IN", "AT"})
_SURNAMES_TOO = frozenset({"BRANCH", "FIELD", "HEAD", "JUSTICE", "LAW", "MAJOR", "NORTH", "POST", "WEST"})
_LONGEST_NAME = 5


def locate_classified_by(text: str) -> Located[str]:
    """The name of the classifying officer without title, and where the whole authority stands."""
    authority = locate_authority(text)
    name = name_of_officer(authority.value)
    return Located(name, authority.start, authority.end) if name else Located("")


def parse_classified_by(text: str) -> str:
    """The name of the classifying officer without title, "" where none is told."""
    return locate_classified_by(text).value


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
    return " ".join(_respelled(token) for token in name).rstrip(_EDGES) + suffix


def _before_reason(authority: str) -> str:
    """The words before the reason for classification, without "for" and the like that lead to it."""
    ends = [found.start() for found in _AFTER_NAME.finditer(authority)][:1]
    ends += [found.start() for found in _MAYBE_REASON.finditer(authority) if _is_reason(found[0])][:1]
    head = authority[: min(ends)] if ends else authority
    while (found := _LEADING_TO_REASON.search(head)) and not (found[0] == "." and _INITIALS.search(head[-3:].lstrip())):
        head = head[: found.start()]
    return head


def _is_reason(word: str) -> bool:
    upper = word.upper().replace("0", "O")
    return min(distance(upper, "REASON"), distance(upper, "REASONS")) <= 1


def _name_among(tokens: list[str]) -> list[str]:
    """The tokens that are a name: the last of those, side by side and begun with a capital, that are no title."""
    shouted = all(token.isupper() for token in tokens)
    titles = [_is_title(tokens, place, shouted=shouted) for place in range(len(tokens))]
    end = len(tokens)
    while end:
        start = next((place + 1 for place in range(end - 1, -1, -1) if titles[place]), 0)
        run = tokens[start:end]
        if run and run[0][0].isupper() and any(len(token.strip(_EDGES)) > 1 for token in run):
            return _without_place(run, after=tokens[start - 1] if start else "")[:_LONGEST_NAME]
        end = max(start - 1, 0)
    return []


def _without_place(name: list[str], *, after: str) -> list[str]:
    """A name without the country or city of a title before it ("Ambassador to Sudan Timothy Carney")."""
    given = next((place for place, token in enumerate(name) if token.upper() in tables.given_names()), 0)
    if given and len(name) - given > 1 and (after.upper() in _PREPOSITIONS or len(name) > 3):
        return name[given:]
    while len(name) > 2 and name[0].strip(_EDGES).upper() in _places():
        name = name[1:]
    return name


def _is_title(tokens: list[str], place: int, *, shouted: bool) -> bool:
    """Whether a token is part of a title.

    The last token is so only if it is a word of the table: a surname may look like a slip of one.
    """
    token = tokens[place]
    core = token.strip(_EDGES).upper().replace("0", "O")
    last = place == len(tokens) - 1
    if (
        _AD_INTERIM.match(token.strip(",;:"))
        or core == ""
        or core == "D"
        and "'" in token
        or "/" in token
        or "&" in token
    ):
        return True
    if _INITIALS.match(token) and "." in token:
        return False
    if core in tables.title_words():
        named = last and place and core in _SURNAMES_TOO
        return not named and (core != "DE" or place == 0 or _is_title(tokens, place - 1, shouted=shouted))
    if (
        not last
        and not shouted
        and len(core) > 1
        and token.strip(_EDGES).isupper()
        and core not in tables.given_names()
    ):
        return True
    parts = core.split("-") if "-" in core else [part.upper() for part in _CAMEL_CASE.findall(token.strip(_EDGES))]
    if len(parts) > 1:
        return all(part in tables.title_words() or _is_slip_of_title(part) for part in parts)
    return not last and _is_slip_of_title(core)


@lru_cache(maxsize=2048)
def _is_slip_of_title(word: str) -> bool:
    """Whether a word is a word of a title with a slip of the key: one in words of five letters, two in long ones."""
    if len(word) < 4 or word in tables.given_names():
        return False
    return any(
        (edits == 1 and (len(word) > 4 or len(title) > len(word))) or len(word) > 8
        for edits, title in _title_words().near(word)
    )


@cache
def _title_words() -> KnownWords:
    return KnownWords(word for word in tables.title_words() if len(word) > 4)


@cache
def _places() -> frozenset[str]:
    """The words of the names of countries and cities."""
    names = [entry.title for entry in tables.tags() if entry.kind == "country"]
    names += [post.city for post in tables.posts()]
    return frozenset(word.upper() for name in names for word in name.split() if len(word) > 3)


def _suffix(token: str) -> str:
    """A suffix to a name as it is written ("Jr.", "III"), "" if the token is none."""
    bare = token.rstrip(_EDGES)
    if bare.upper() in {"JR", "SR"}:
        return bare + "."
    return bare if bare.upper() in {"II", "III", "IV"} else ""


def _respelled(token: str) -> str:
    """A given name with two swapped letters put right, any other token as it is."""
    upper = token.upper()
    if len(upper) < 5 or upper in tables.given_names():
        return token
    right = [name for name in tables.given_names() if len(name) == len(upper) and sorted(name) == sorted(upper)]
    right = [name for name in right if distance(name, upper) == 1]
    if len(right) != 1:
        return token
    return right[0] if token.isupper() else right[0].title()
