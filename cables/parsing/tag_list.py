"""The tags in a list of them: codes, organizations, persons and words, each in its one spelling.

5 FAH-3 (TAGS/Terms) has codes of two letters for countries and of four for subjects and programs, some names of
organizations, and persons as "CLINTON, HILLARY" after OVIP; posts add words of their own ("HUMAN RIGHTS").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cables.parsing.edits import KnownWords
from cables.reference_data import tables

_PARTS = re.compile(r"\(([^()]{1,80})\)|[^,;?()]+")
_WORD = re.compile(r"[^\s.:*\\]+")
_INITIAL = re.compile(r"[A-Z]\.?\Z")

# Captions, classifications and fillers that stand on or beside a TAGS line and are no tags.
_NO_TAGS = frozenset({
    "SIPDIS", "NOFORN", "EXDIS", "NODIS", "LIMDIS", "STADIS", "NOTAL", "UNCLASSIFIED", "CONFIDENTIAL", "SECRET",
    "UNCLAS", "N/A", "NA", "AND", "&", "-", "--", "/",
})  # fmt: skip
_CONNECTING = frozenset({"OF", "IN", "ON", "WITH", "THE", "FOR"})
_ORDINARY_WORDS = frozenset({"SOCIAL"})

_COUNTRY, _SUBJECT = 2, 4
_LONGEST_RUN = 80
_LONGEST_PHRASE = 4
_LONGEST_LIST = 16_000


def tag_list(value: str) -> list[str]:
    """The tags of a list, canonical, in printed order without repeats.

    Codes that were run together are parted and slips corrected where only one reading is left; words that make one
    tag ("COUNTRY CLEARANCE") stay together; a surname and a given name become a person's tag.
    """
    upper = value[:_LONGEST_LIST].upper()
    has_commas = "," in upper
    found: list[str] = []
    for part in _PARTS.finditer(upper):
        if part[1] is not None and len(part[1].split()) > 1:
            found.append(_person(part[1].replace(",", " ").split()))
            continue
        words = [word for word in _WORD.findall(part[1] or part[0]) if word not in _NO_TAGS]
        if len(words) == 1 and words[0] in _plain_codes():
            found.append(words[0])
        elif found and words and _completes_person(found, words):
            found[-1] = f"{found[-1]}, {' '.join(words)}"
        elif has_commas and len(words) > 1 and not any(_is_code(word) for word in words):
            found.append(tables.tag_slips().get(" ".join(words)) or " ".join(words))
        else:
            found += _tags_of_words(words, after_visit=found[-1:] == ["OVIP"])
    return list(dict.fromkeys(found))


def is_known_tag(word: str) -> bool:
    """Whether a word is a known code, or several run together."""
    upper = word.upper()
    return upper in tables.tag_codes() or bool(parted(upper))


def continues_phrase(last: str, words: list[str]) -> bool:
    """Whether words go on with a known tag of several words whose first is `last`."""
    upper = (last.upper(), *(word.upper() for word in words))
    return any(upper[: len(phrase)] == phrase for phrase in tables.tag_phrases())


def _completes_person(found: list[str], words: list[str]) -> bool:
    """Whether a surname stood before the comma and a given name stands after it."""
    return (
        words[0] in tables.given_names()
        and len(words) < 3
        and found[-1].isalpha()
        and not _is_code(found[-1])
        and found[-1] not in tables.given_names()
    )


def _tags_of_words(words: list[str], *, after_visit: bool) -> Iterator[str]:
    """The tags of words that stand side by side without comma."""
    place = 0
    while place < len(words):
        size = _phrase_size(words, place)
        if size > 1:
            phrase = " ".join(words[place : place + size])
            yield tables.tag_slips().get(phrase, phrase)
        elif (size := _person_size(words, place, after_visit=after_visit)) > 1:
            yield _person(words[place : place + size])
        else:
            size = 1
            yield from _tags_of_word(words[place])
        after_visit = words[place] == "OVIP"
        place += size


def _phrase_size(words: list[str], place: int) -> int:
    """How many words from here on make one known tag; 1 if just one."""
    for size in range(min(_LONGEST_PHRASE, len(words) - place), 1, -1):
        if tuple(words[place : place + size]) in tables.tag_phrases():
            return size
    return 1


def _person_size(words: list[str], place: int, *, after_visit: bool) -> int:
    """How many words from here on name a person: surname, given name, perhaps an initial; 1 if none."""
    pair = words[place : place + 2]
    if len(pair) < 2 or any(_is_code(word) or not word.replace("-", "").isalpha() for word in pair):
        return 1
    known = " ".join(pair) in tables.person_tags()
    named = pair[1] in tables.given_names() and pair[0] not in tables.given_names()
    if not (known or named or after_visit):
        return 1
    has_initial = len(words) > place + 2 and _INITIAL.match(words[place + 2]) is not None
    return 3 if has_initial else 2


def _person(words: list[str]) -> str:
    """A person's tag: "BIDEN JOSEPH" -> "BIDEN, JOSEPH"."""
    return tables.person_tags().get(" ".join(words)) or f"{words[0]}, {' '.join(words[1:])}"


def _tags_of_word(word: str) -> list[str]:
    if word in tables.tag_slips():
        return [tables.tag_slips()[word]]
    if _is_code(word):
        return [word]
    halves = word.split("/")
    if len(halves) > 1 and all(half in tables.tag_codes() for half in halves):
        return halves
    return list(parted(word)) or [_corrected(word)]


def _is_code(word: str) -> bool:
    return word in tables.tag_codes()


@cache
def _plain_codes() -> frozenset[str]:
    """The codes that mean themselves wherever they stand."""
    return tables.tag_codes() - tables.tag_slips().keys() - tables.given_names()


@lru_cache(maxsize=2048)
def parted(word: str) -> tuple[str, ...]:
    """The known codes of which a word is run together, in the fewest pieces; empty if it is not.

    Two-letter codes are parts of too many words: there must be a code of four letters or more among the pieces, and
    two such codes where more than two pieces are shorter.
    """
    if not _SUBJECT < len(word) <= _LONGEST_RUN or not word.isalpha() or word in _ORDINARY_WORDS:
        return ()
    best: list[tuple[str, ...] | None] = [(), *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for size in _code_sizes():
            before = best[end - size] if size <= end else None
            piece = word[end - size : end] if before is not None else ""
            if before is not None and piece in tables.tag_codes():
                pieces = (*before, piece)
                held = best[end]
                if held is None or len(pieces) < len(held):
                    best[end] = pieces
    pieces = best[-1] or ()
    whole = sum(len(piece) >= _SUBJECT for piece in pieces)
    short = len(pieces) - whole
    other = any(_COUNTRY < len(piece) < _SUBJECT for piece in pieces)
    allowed = whole >= 2 or (whole == 1 and short <= 2 and not other)
    return pieces if allowed and len(pieces) > 1 else ()


@cache
def _code_sizes() -> tuple[int, ...]:
    return tuple(sorted({len(code) for code in tables.tag_codes()}, reverse=True))


@cache
def _phrase_words() -> frozenset[str]:
    return frozenset(word for phrase in tables.tag_phrases() for word in phrase)


@cache
def _long_codes() -> KnownWords:
    return KnownWords(code for code in tables.tag_codes() if len(code) >= _SUBJECT)


@lru_cache(maxsize=2048)
def _corrected(word: str) -> str:
    """The code of which a word is a slip, else the word: a letter too many, two swapped, one lost of a long name."""
    a_word = not word.isalpha() or word in tables.given_names() or word in _phrase_words()
    found = None if a_word else _long_codes().nearest(word)
    if found is None or found[1] != 1:
        return word
    code = found[0]
    one_too_many = len(word) > len(code)
    swapped = sorted(word) == sorted(code)
    one_lost = len(word) < len(code) and len(code) > 5
    return code if one_too_many or swapped or one_lost else word
