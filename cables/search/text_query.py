"""The text part of a query as PostgreSQL's to_tsquery takes it; the database analyses the words."""

from __future__ import annotations

import re
from itertools import permutations, product

from cables.parsing.identifiers import canonical_identifier
from cables.search.query_tree import CROSSED_OUT, And, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Redacted, Word

WEIGHTS = {"": "", "subject": "A", "summary": "B", "body": "D"}
"""The weights under which models/search_entry.py keeps the words of each zone."""

_DIGITS = re.compile(r"[0-9]{1,6}")
_IDENTIFIER = re.compile(r"(?:\d\d){1,2}[A-Za-z]+\d+")
_LONGEST_NUMBER = 6  # identifiers and page lines print serials with up to six digits
_CROSSED_OUT = re.compile("x{5,}")
_MOST_WAYS = 200


def text_query(node: Node) -> str:
    """Return the argument of to_tsquery for a tree that asks for text only (query_tree.is_text).

    Words are quoted, so none is syntax. Raises ValueError for a tree that asks for more than text.
    """
    match node:
        case And(parts):
            return " & ".join(f"({text_query(part)})" for part in parts)
        case Or(parts):
            return " | ".join(f"({text_query(part)})" for part in parts)
        case Not(part):
            return f"!({text_query(part)})"
        case Word(text, zone):
            return " | ".join(_spellings(text, WEIGHTS[zone]))
        case Fuzzy(text, _, zone):
            return _lexeme(text, WEIGHTS[zone])
        case Phrase(text, zone):
            return _phrase(text, WEIGHTS[zone])
        case Prefix(text, zone):
            return _lexeme(text, f"*{WEIGHTS[zone]}")
        case Redacted(zone):
            return _crossed_out(WEIGHTS[zone])
        case Near(words, distance, zone):
            return _near(words, distance, WEIGHTS[zone])
    raise ValueError(f"{node} asks for more than text")


def _lexeme(text: str, flags: str) -> str:
    quoted = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':{flags}" if flags else f"'{quoted}'"


def _crossed_out(flags: str) -> str:
    return _lexeme(CROSSED_OUT, f"*{flags}")


def _spellings(text: str, flags: str) -> list[str]:
    """Return a word as it is, and a number or identifier in its other spellings too.

    "538" finds 000538, and "000538" finds 538; "05valdmark0538" finds the identifier 05VALDMARK538.
    """
    if _CROSSED_OUT.fullmatch(text):
        return [_crossed_out(flags)]
    forms = [text]
    if _DIGITS.fullmatch(text):
        bare = text.lstrip("0") or "0"
        forms += [bare.zfill(width) for width in range(len(bare), _LONGEST_NUMBER + 1)]
    elif _IDENTIFIER.fullmatch(text) and (meant := canonical_identifier(text)) not in {"", text.upper()}:
        forms.append(meant)
    return [_lexeme(form, flags) for form in dict.fromkeys(forms)]


def _phrase(text: str, flags: str) -> str:
    """Return words that follow one another; where one has several spellings, each of them will do."""
    words = [_spellings(word, flags) for word in text.split()]
    if words == [[_lexeme(word, flags)] for word in text.split()]:
        return _lexeme(text, flags)
    return " <-> ".join(_any(word) for word in words)


def _any(spellings: list[str]) -> str:
    return spellings[0] if len(spellings) == 1 else f"({' | '.join(spellings)})"


def _near(words: tuple[str, ...], distance: int, flags: str) -> str:
    """Return every order of the words and every distance between neighbours; of many, the nearer ones."""
    lexemes = [_any(_spellings(word, flags)) for word in words]
    orders = list(permutations(lexemes))
    reach = distance
    while reach > 1 and len(orders) * reach ** (len(words) - 1) > _MOST_WAYS:
        reach -= 1
    ways = []
    for order in orders:
        for gaps in product(range(1, reach + 1), repeat=len(words) - 1):
            way = order[0]
            for gap, lexeme in zip(gaps, order[1:], strict=True):
                way = f"{way} <{gap}> {lexeme}"
            ways.append(f"({way})")
    return " | ".join(ways)
