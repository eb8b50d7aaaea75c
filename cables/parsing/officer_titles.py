"""The words of officers' titles, told from names.

Titles are told by the words they are made of (a table), slips and compounds of these, and by their spelling: offices
have a stroke ("A/S", "NEA/ARP"), or stand in capitals where names do not.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cables.parsing.edits import KnownWords
from cables.reference_data import tables

# What may stand around a word without being part of it.
EDGES = ".,:;'\"()-–"

_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}\Z")
_AD_INTERIM = re.compile(r"a\.?i\.?,?\Z", re.IGNORECASE)
_OFFICE = re.compile(r"[/&]|\A[Dd]'\Z")
_CAMEL_CASE = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
_SURNAMES_TOO = frozenset({"BRANCH", "FIELD", "HEAD", "JUSTICE", "LAW", "MAJOR", "NORTH", "POST", "WEST"})
_SHORTEST_SLIP = 4
_TWO_EDITS_FROM = 9


def title_words_among(tokens: list[str]) -> list[bool]:
    """For each token of a title and name whether it is part of the title.

    The last token is so only if it is surely a word of titles, since a surname may look like a slip of one.
    """
    shouted = all(token.isupper() for token in tokens)
    found: list[bool] = []
    for place, token in enumerate(tokens):
        core = _core(token)
        last = place == len(tokens) - 1
        if core == "DE":
            found.append(not found or found[-1])
        elif last and place and core in _SURNAMES_TOO:
            found.append(False)
        else:
            found.append(_is_surely_title(token) or (not last and _looks_like_title(token, shouted=shouted)))
    return found


def _core(token: str) -> str:
    """The letters of a token in capitals, zeros typed for the letter O mended."""
    return token.strip(EDGES).upper().replace("0", "O")


def _is_surely_title(token: str) -> bool:
    core = _core(token)
    if not core or _AD_INTERIM.match(token) or _OFFICE.search(token):
        return True
    if _INITIALS.match(token):
        return False
    return core in tables.title_words() or _is_compound(token)


def _is_compound(token: str) -> bool:
    """Whether a token is several words of titles in one ("Pol-Mil", "EconCouns")."""
    parts = token.split("-") if "-" in token else _CAMEL_CASE.findall(token)
    cores = [_core(part) for part in parts]
    return len(cores) > 1 and all(core in tables.title_words() or _is_slip(core) for core in cores)


def _looks_like_title(token: str, *, shouted: bool) -> bool:
    """Whether a token is an office in capitals among words that are not, or a word of titles with a slip of the key."""
    core = _core(token)
    if _INITIALS.match(token) or core in tables.given_names():
        return False
    office = not shouted and len(core) > 1 and token.strip(EDGES).isupper()
    return office or _is_slip(core)


@lru_cache(maxsize=2048)
def _is_slip(word: str) -> bool:
    """Whether a word is a word of titles with one edit, or two in a long one; a short word may only lack a letter."""
    if len(word) < _SHORTEST_SLIP or word in tables.given_names():
        return False
    return any(
        len(word) >= _TWO_EDITS_FROM or (edits == 1 and (len(word) > _SHORTEST_SLIP or len(title) > len(word)))
        for edits, title in _long_title_words().near(word)
    )


@cache
def _long_title_words() -> KnownWords:
    return KnownWords(word for word in tables.title_words() if len(word) > _SHORTEST_SLIP)
