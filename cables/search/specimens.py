"""What the help's examples are made of: a cable that the archive holds, so that each example finds something here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from cables.models import Cable, Classification, Paragraph, Reference, Word

LOOKED_AT = 40
"""So many of the newest cables; the one that has most to show is taken."""
SHORTEST = 5

# In the alphabet of the examples; what is in capitals here and there is one word all the same.
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(rf"[a-z]{{{SHORTEST},}}")
# Long, and dropped by the database all the same; and what stands in nearly every cable.
_COMMON = frozenset({
    "about", "above", "after", "again", "against", "because", "before", "being", "below", "between", "comment",
    "during", "embassy", "further", "having", "itself", "other", "should", "summary", "their", "theirs", "there",
    "these", "those", "through", "under", "until", "where", "which", "while", "would",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Specimens:
    """Words and facts of one cable. Those that stand here are of no archive: examples of an empty one."""

    pair: tuple[str, str] = ("harbour", "concession")
    in_summary: str = "strike"
    in_text: tuple[str, str] = ("minister", "strike")
    mark: str = "S/NF"
    tag: str = "PHUM"
    tag_title: str = "Human Rights"
    origin: str = "Embassy Valdmark"
    country: str = "FR"
    level: str = "SECRET"
    caption: str = "NOFORN"
    addressee: str = "SECSTATE"
    year: int = 2005
    month: int = 2
    identifier: str = "05VALDMARK347"
    citing: str = "05VALDMARK538"
    cited: str = "05VALDMARK347"


def specimens() -> Specimens:
    """Return what a cable of this archive offers; where it lacks something, what a cable might have."""
    dated = Cable.objects.filter(sent_at__isnull=False).select_related("origin").order_by("-sent_at", "-id")
    newest = list(dated.only(*_SHOWN)[:LOOKED_AT])
    if not newest:
        return Specimens()
    cited = Reference.objects.filter(cable__in=newest, target__isnull=False).order_by("-position")
    cites = dict(cited.values_list("cable_id", "target__identifier"))
    pairs = {cable.pk: _side_by_side(cable.subject) for cable in newest}
    words = Word.objects.filter(text__in={word for pair in pairs.values() for word in pair})
    known = dict(words.values_list("text", "cables"))

    def worth(cable: Cable) -> tuple[int, int]:
        """Return how much there is to show, and how common the words of its subject are: names make poor examples."""
        common = min((known.get(word, 0) for word in pairs[cable.pk]), default=0)
        return _offers(cable) + 2 * (cable.pk in cites), common

    return _of(max(newest, key=worth), cites)


_SHOWN = ("identifier", "subject", "summary", "sent_at", "classification", "captions", "recipients", "origin")


def _of(cable: Cable, cites: Mapping[int, str]) -> Specimens:
    paragraph = _paragraph(cable)
    tag = cable.tags.exclude(title="").order_by("cabletag__position").first()
    cited = cites.get(cable.pk, "")
    found: dict[str, Any] = {
        "pair": _side_by_side(cable.subject),
        "in_summary": next(iter(_words(cable.summary)), ""),
        "in_text": tuple(_words(paragraph.text)[:2]) if paragraph else (),
        "mark": paragraph.marking if paragraph else "",
        "tag": tag.code if tag else "",
        "tag_title": tag.title if tag else "",
        "origin": cable.origin.name if cable.origin else "",
        "country": cable.origin.country if cable.origin else "",
        "level": Classification(cable.classification).label,
        "caption": next(iter(cable.captions), ""),
        "addressee": _addressee(cable),
        "year": cable.sent_at.year if cable.sent_at else 0,
        "month": cable.sent_at.month if cable.sent_at else 0,
        "identifier": cable.identifier,
        "citing": cable.identifier if cited else "",
        "cited": cited,
    }
    return replace(Specimens(), **{name: value for name, value in found.items() if value})


def _offers(cable: Cable) -> int:
    """Return how much a cable has to show."""
    offers = (_side_by_side(cable.subject), cable.summary, cable.captions, cable.origin, _addressee(cable))
    return sum(map(bool, offers)) + (cable.classification >= Classification.CONFIDENTIAL)


def _paragraph(cable: Cable) -> Paragraph | None:
    """Return a paragraph with a portion mark and two words."""
    marked = Paragraph.objects.filter(cable=cable, kind=Paragraph.Kind.PARAGRAPH).exclude(marking="")
    return next((piece for piece in marked[:LOOKED_AT] if len(_words(piece.text)) > 1), None)


def _addressee(cable: Cable) -> str:
    return next(iter(_WORD.findall(cable.recipients[0]["name"])), "") if cable.recipients else ""


def _words(text: str) -> list[str]:
    """Return the different words of a text that make good examples, in order."""
    return list(dict.fromkeys(word for word in _WORD.findall(text.lower()) if _is_good(word)))


def _side_by_side(text: str) -> tuple[str, ...]:
    """Return the first two such words with nothing but a space between them; none where there are none."""
    words = text.lower().split()
    return next(((one, two) for one, two in pairwise(words) if _is_good(one) and _is_good(two) and one != two), ())


def _is_good(word: str) -> bool:
    return bool(_PLAIN.fullmatch(word)) and word not in _COMMON
