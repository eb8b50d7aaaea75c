"""What differs between two texts, word by word, for a reader: in time that grows with their length, whatever they are.

Words that both texts have once, in the same order, are the fixed points (as in Bram Cohen's patience diff); what lies
between two of them is compared by difflib, whose time is bounded by an allowance. Beyond it a stretch is told as
replaced as a whole: true, only coarser.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, ADDED, REMOVED = "same", "added", "removed"
ALLOWANCE = 3_000_000
"""Comparisons of two words in difflib that one page makes at most, about a second's work."""
CHARACTERS = 1_500_000
"""Characters that one page compares at most; the longest cable known has about 210,000."""

_WORD = re.compile(r"\S+\s*|\s+")
_DEEPEST = 4
_SHORTEST_SAME = 2
_SHORTEST_FOLDED = 25
_AROUND = 15


class Stretch(NamedTuple):
    """A run of words that both texts have ("same"), or only the new one ("added") or the old one ("removed").

    `folded` are the lines amid a long run of the same that a page folds, `words` their number, and `after` what follows
    them; of words added or removed, `after` is the space behind them.
    """

    kind: str
    text: str
    folded: str = ""
    after: str = ""
    words: int = 0


@dataclass(slots=True)
class Allowance:
    """The comparisons and the characters that are left to one page.

    `spent` once a stretch was told as replaced, or the rest of a text left out, because they were not enough.
    """

    left: int = ALLOWANCE
    characters: int = CHARACTERS
    spent: bool = False


class _Span(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int


class _Texts(NamedTuple):
    """The words of both texts without the space after them, which does not count."""

    old: Sequence[str]
    new: Sequence[str]


def differences(old: str, new: str, allowance: Allowance) -> list[Stretch]:
    """Return the stretches that together are both texts: those same and added are the new one, to the letter."""
    longest = max(len(old), len(new))
    if longest > allowance.characters:
        old, new, allowance.spent = old[: allowance.characters], new[: allowance.characters], True
    allowance.characters -= min(longest, allowance.characters)
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    texts = _Texts([word.strip() for word in old_words], [word.strip() for word in new_words])
    spans = list(_readable(_same(texts, _Span(0, len(texts.old), 0, len(texts.new)), allowance)))
    found: list[Stretch] = []
    at_old = at_new = 0
    for span in spans:
        found += _changed(old_words[at_old : span.old], new_words[at_new : span.new])
        at_old, at_new = span.old_end, span.new_end
        last = (at_old, at_new) == (len(old_words), len(new_words))
        found.append(_same_stretch(new_words[span.new : at_new], first=not found, last=last))
    return [*found, *_changed(old_words[at_old:], new_words[at_new:])]


def _same(texts: _Texts, span: _Span, allowance: Allowance, depth: int = 0) -> Iterator[_Span]:
    """Yield the runs of words that two stretches have in common, in order."""
    old, old_end, new, new_end = span
    start = 0
    while old + start < old_end and new + start < new_end and texts.old[old + start] == texts.new[new + start]:
        start += 1
    if start:
        yield _Span(old, old + start, new, new + start)
    old, new = old + start, new + start
    end = 0
    while old < old_end - end and new < new_end - end and texts.old[old_end - end - 1] == texts.new[new_end - end - 1]:
        end += 1
    inner = _Span(old, old_end - end, new, new_end - end)
    if inner.old < inner.old_end and inner.new < inner.new_end:
        yield from _between(texts, inner, allowance, depth)
    if end:
        yield _Span(old_end - end, old_end, new_end - end, new_end)


def _between(texts: _Texts, span: _Span, allowance: Allowance, depth: int) -> Iterator[_Span]:
    points = _fixed_points(texts, span) if depth < _DEEPEST else []
    if not points:
        yield from _compared(texts, span, allowance)
        return
    old, new = span.old, span.new
    for old_at, new_at in points:
        yield from _same(texts, _Span(old, old_at, new, new_at), allowance, depth + 1)
        yield _Span(old_at, old_at + 1, new_at, new_at + 1)
        old, new = old_at + 1, new_at + 1
    yield from _same(texts, _Span(old, span.old_end, new, span.new_end), allowance, depth + 1)


def _fixed_points(texts: _Texts, span: _Span) -> list[tuple[int, int]]:
    """Return the places of the words that both stretches have once: the longest row of them in the order of both."""
    in_old, in_new = _once(texts.old, span.old, span.old_end), _once(texts.new, span.new, span.new_end)
    pairs = [(at, in_new[word]) for word, at in in_old.items() if word in in_new]
    ends: list[int] = []  # the smallest place in the new text that a row of each length ends with
    last: list[int] = []  # the pair it ends with
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        ends[length : length + 1] = [at]
        last[length : length + 1] = [number]
        before.append(last[length - 1] if length else -1)
    chosen: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(words[start:end])
    return {words[at]: at for at in range(start, end) if counts[words[at]] == 1}


def _compared(texts: _Texts, span: _Span, allowance: Allowance) -> Iterator[_Span]:
    old, new = texts.old[span.old : span.old_end], texts.new[span.new : span.new_end]
    in_new = Counter(new)
    # difflib looks at all places of a word for each run that it finds, and may find as many runs as there are words.
    cost = sum(in_new[word] for word in old) * min(len(old), len(new))
    if cost > allowance.left:
        allowance.spent = True
        return
    allowance.left -= cost
    for at_old, at_new, length in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if length:
            yield _Span(span.old + at_old, span.old + at_old + length, span.new + at_new, span.new + at_new + length)


def _readable(spans: Iterator[_Span]) -> Iterator[_Span]:
    """Yield the runs of the same words, those that touch as one, without single words amid changes on both sides."""
    run: _Span | None = None
    first = True
    for span in spans:
        if run and (run.old_end, run.new_end) == (span.old, span.new):
            run = _Span(run.old, span.old_end, run.new, span.new_end)
            continue
        if run and (run.old_end - run.old >= _SHORTEST_SAME or (first and not (run.old or run.new))):
            yield run
        first = first and run is None
        run = span
    if run:
        yield run


def _changed(old: list[str], new: list[str]) -> Iterator[Stretch]:
    for kind, words in ((REMOVED, old), (ADDED, new)):
        if words:
            text = "".join(words)
            yield Stretch(kind, text.rstrip(), after=text[len(text.rstrip()) :])


def _same_stretch(words: list[str], *, first: bool, last: bool) -> Stretch:
    """Return a run of the same words, whole lines in its middle folded where it is long; of the first and the last run
    of all, the far end too."""
    start, end = 0 if first else _AROUND, len(words) if last else len(words) - _AROUND
    while start and start < end and "\n" not in words[start - 1]:
        start += 1
    while start < end < len(words) and "\n" not in words[end - 1]:
        end -= 1
    if end - start < _SHORTEST_FOLDED:
        return Stretch(SAME, "".join(words))
    before, folded, after = words[:start], words[start:end], words[end:]
    return Stretch(SAME, "".join(before), "".join(folded), "".join(after), len(folded))
