"""A query tree written out: in words for the page, and as text that reads as the same tree again."""

from __future__ import annotations

from datetime import date

from cables.search.query_tree import (
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
)

_FACTS = {
    "tag": "TAG {}",
    "origin": "from {}",
    "country": "from posts in {}",
    "class": "classified {}",
    "caption": "captioned {}",
    "id": "identifier {}",
    "to": "sent to {}",
    "cites": "citing {}",
    "citedby": "cited by {}",
    "mark": "with a paragraph marked {}",
}


def wording(node: Node | None) -> str:
    """Return how a query is understood, in words; "" for no query."""
    return "" if node is None else _worded(node)


def _worded(node: Node) -> str:
    match node:
        case And(parts):
            return " and ".join(_in_brackets(part, Or) for part in parts)
        case Or(parts):
            return " or ".join(_in_brackets(part, And) for part in parts)
        case Not(part):
            return f"not {_in_brackets(part, (And, Or))}"
        case Together(part):
            return f"in one paragraph: ({_worded(part)})"
        case Dated(since, until):
            return _days(since, until)
        case Fact("held", value):
            return "not held" if value == "no" else "held"
        case Fact(field, value):
            return _FACTS[field].format(value)
        case Word(text, zone):
            return f"{text}{_in(zone)}"
        case Phrase(text, zone):
            return f"“{text}”{_in(zone)}"
        case Prefix(text, zone):
            return f"words that begin with {text}{_in(zone)}"
        case Fuzzy(text, _, zone):
            return f"words like {text}{_in(zone)}"
        case Near(words, distance, zone):
            reach = "beside one another" if distance == 1 else f"within {distance} words of one another"
            return f"{', '.join(words)} {reach}{_in(zone)}"
        case Redacted(zone):
            return f"a name crossed out{_in(zone)}"


def _in(zone: str) -> str:
    return f" in the {zone}" if zone else ""


def _in_brackets(node: Node, kinds: type | tuple[type, ...]) -> str:
    return f"({_worded(node)})" if isinstance(node, kinds) else _worded(node)


def _days(since: date | None, until: date | None) -> str:
    if since and until:
        return f"sent on {_day(since)}" if since == until else f"sent from {_day(since)} to {_day(until)}"
    return f"sent from {_day(since)} on" if since else f"sent until {_day(until)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""


def written(node: Node | None) -> str:
    """Return the tree as a query that reads as the same tree."""
    return "" if node is None else _written(node)


def _written(node: Node) -> str:
    match node:
        case And(parts):
            return " ".join(f"({_written(part)})" if isinstance(part, Or) else _written(part) for part in parts)
        case Or(parts):
            return " OR ".join(f"({_written(part)})" if isinstance(part, And) else _written(part) for part in parts)
        case Not(part):
            return f"-({_written(part)})" if isinstance(part, And | Or) else f"-{_written(part)}"
        case Together(part):
            return f"para:({_written(part)})"
        case Dated(since, until):
            return f"date:[{since or '*'} TO {until or '*'}]"
        case Fact(field, value):
            return f'{field}:"{value}"'
        case Word(text, zone):
            return f"{_at(zone)}{text}"
        case Phrase(text, zone):
            return f'{_at(zone)}"{text}"'
        case Prefix(text, zone):
            return f"{_at(zone)}{text}*"
        case Fuzzy(text, edits, zone):
            return f"{_at(zone)}{text}~{edits}"
        case Near(words, distance, zone):
            return f'{_at(zone)}"{" ".join(words)}"~{distance}'
        case Redacted(zone):
            return f"{_at(zone)}xxxxxxxxxxxx"


def _at(zone: str) -> str:
    return f"{zone}:" if zone else ""
