"""The draft of a cable: its level, TAGS, addressees and marks, around the paragraphs that the teller makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

from cables.corpus.prose import paragraphs_of
from cables.corpus.records import Citation, Draft, Paragraph
from cables.corpus.stories import PHRASES
from cables.corpus.teller import Plot, Teller
from cables.corpus.world import STATE, Person, Post, american, posts_in, secretary

OFFICIAL_USE = "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
LIMITED_USE = "LIMITED OFFICIAL USE"
# How often each level occurs in stories of a secrecy, out of a hundred.
LEVELS = {
    "open": {"UNCLASSIFIED": 46, OFFICIAL_USE: 36, "CONFIDENTIAL": 18},
    "guarded": {"UNCLASSIFIED": 14, OFFICIAL_USE: 27, "CONFIDENTIAL": 51, "SECRET": 6, "CONFIDENTIAL//NOFORN": 2},
    "secret": {OFFICIAL_USE: 4, "CONFIDENTIAL": 50, "SECRET": 32, "SECRET//NOFORN": 12, "CONFIDENTIAL//NOFORN": 2},
}
MARKS = {
    "UNCLASSIFIED": {"": 70, "U": 30},
    LIMITED_USE: {"LOU": 60, "": 30, "U": 10},
    OFFICIAL_USE: {"SBU": 84, "U": 14, "": 2},
    "CONFIDENTIAL": {"C": 80, "U": 10, "SBU": 6, "C/NF": 4},
    "SECRET": {"S": 52, "C": 24, "S/NF": 16, "U": 8},
}
# SENSITIVE BUT UNCLASSIFIED took the place of LIMITED OFFICIAL USE after 1995.
LAST_YEAR_OF_LIMITED_USE = 1995
# NOFORN stands beside the level in the texts of the later form alone.
FIRST_YEAR_OF_CONTROLS = 1980
# The subject TAGS of today that the handbook of the 1970s had under other codes.
OLDER_TAGS = {"PREL": "PFOR", "PHUM": "SHUM", "PTER": "PINS", "ENRG": "ELEC", "UNGA": "UN"}
CLASSIFIER_FORMS = (
    "{title} {name} for reasons {reasons}.",
    "{title} {name}, reasons {reasons}.",
    "{name}, {title}, for reasons {reasons}.",
    "{title} {name}. Reasons: {reasons}.",
)
DESKS = ("EB/TRA", "P", "DRL", "INR/B", "EEB/IFD", "CA/VO", "PM/DTC", "OES", "S/CT", "H", "L/T", "E")


def _weighted(weights: dict[str, int], chance: Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _level(plot: Plot, year: int, chance: Random) -> str:
    level = _weighted(LEVELS[plot.story.secrecy], chance)
    if year < FIRST_YEAR_OF_CONTROLS:
        level = level.removesuffix("//NOFORN")
    return LIMITED_USE if level == OFFICIAL_USE and year <= LAST_YEAR_OF_LIMITED_USE else level


def _tags(plot: Plot, kind: str, year: int, chance: Random) -> tuple[str, ...]:
    own = list(plot.story.tags)
    while len(own) > 2 and chance.random() < 0.25:
        own.pop(chance.randrange(1, len(own)))
    if kind in {"instruction", "delivery", "view"} and "PREL" not in own:
        own.append("PREL")
    if year < 1980:
        own = [OLDER_TAGS.get(tag, tag) for tag in own if not tag.startswith("K")]
    own.append(plot.country.code)
    if plot.story.pair or kind == "view":
        own.append(plot.neighbor.code)
    return tuple(dict.fromkeys(own))


def captions(level: str, kind: str, year: int, chance: Random) -> tuple[str, ...]:
    """The captions that a cable of a level and kind has in a year, in the order in which they stand."""
    found = []
    if level.endswith("NOFORN"):
        found.append("NOFORN")
    if level == OFFICIAL_USE:
        found.append("SENSITIVE")
    if year > 1990 and chance.random() < 0.85:
        found.append("SIPDIS")
    if level.startswith("SECRET") and chance.random() < 0.15:
        found.append(chance.choice(("EXDIS", "LIMDIS")))
    if kind == "instruction" and year < 1980 and chance.random() < 0.2:
        found.append("STADIS")
    return tuple(found)


def _marked(paragraphs: list[Paragraph], level: str, year: int, chance: Random) -> tuple[Paragraph, ...]:
    """The paragraphs with portion marks, which telegrams carry from the 1980s on."""
    base, _, control = level.partition("//")
    weights = MARKS[OFFICIAL_USE if level == OFFICIAL_USE else base]
    if year < 1980 or (base == "UNCLASSIFIED" and level != OFFICIAL_USE and chance.random() < 0.6):
        return tuple(paragraphs)
    marks = [_weighted(weights, chance) for _ in paragraphs]
    if marks and base in {"CONFIDENTIAL", "SECRET"}:
        marks[0] = base[0]
    if control == "NOFORN":
        marks = [f"{mark}/NF" if mark in {"C", "S"} else mark for mark in marks]
    return tuple(replace(part, marking=mark) for part, mark in zip(paragraphs, marks, strict=True))


def _classifier(post: Post, plot: Plot, level: str, when: datetime, chance: Random) -> tuple[str, str]:
    """Who classified the cable as its line prints it, and the family name that signs it."""
    place, year = post.city, when.year
    if post is STATE:
        officer = american("Deputy Assistant Secretary", plot.country.code, year)
        signer = secretary(year)
    else:
        chief = american("Consul General" if post.name.startswith("Consulate") else "Ambassador", place, year)
        deputy = american("DCM", place, year)
        titles = [f"{plot.story.section} Counselor", f"{plot.story.section} Officer", "Charge d'Affaires, a.i.,"]
        officer = chance.choice((chief, chief, deputy, american(chance.choice(titles), place, year)))
        signer = (deputy if chance.random() < 0.15 else chief).family.upper()
    if year < 1996 or not level.startswith(("CONFIDENTIAL", "SECRET")):
        return "", signer
    return classified_by(officer, when, plot.story.secrecy, chance), signer


def classified_by(officer: Person, when: datetime, secrecy: str, chance: Random) -> str:
    """The words of the classification authority: name and title of the officer, and the reasons of the time."""
    # The reasons were section 1.5 of the order until it was amended in 2003.
    section = "1.5" if (when.year, when.month) < (2003, 9) else "1.4"
    first, second = chance.choice((("b", "d"), ("B", "D"), ("c", "d") if secrecy == "secret" else ("b", "d")))
    reasons = chance.choice(("{0} ({1}) and ({2})", "{0}({1}), ({2})", "{0} ({1},{2})", "{0} ({2})"))
    reasons = reasons.format(section, first, second)
    name, title = f"{officer.given} {officer.family}", officer.title
    if title.startswith("Charge"):
        return f"{title} {name}, reasons {reasons}."
    form = chance.choice(CLASSIFIER_FORMS)
    return form.format(title=title, name=name, reasons=reasons)


def _info(post: Post, plot: Plot, chance: Random) -> tuple[Post, ...]:
    near = [*posts_in(plot.country.code), *posts_in(plot.neighbor.code)]
    near += [posts_in(code)[0] for code in plot.country.neighbors]
    others = [other for other in dict.fromkeys(near) if other != post]
    return tuple(chance.sample(others, chance.randrange(min(4, len(others)) + 1)))


def draft_cable(
    kind: str, plot: Plot, post: Post, when: datetime, citations: Sequence[Citation], chance: Random
) -> Draft:
    """The draft of one cable of a thread: kind "report", "update", "delivery", "view", "outcome" or "instruction"."""
    teller = Teller(plot, post, when, citations, chance)
    level = _level(plot, when.year, chance)
    pools = (plot.story.subjects, PHRASES[f"subjects_{kind}"])
    own_subject = kind in {"report", "update", "outcome"} and chance.random() < 0.7
    subject = teller.say(pools[0 if own_subject else 1]).upper()
    classifier, signer = _classifier(post, plot, level, when, chance)
    action = posts_in(plot.country.code)[0] if post is STATE else STATE
    info = tuple(other for other in _info(post, plot, chance) if other != action)
    return Draft(
        subject=subject,
        level=level,
        captions=captions(level, kind, when.year, chance),
        tags=_tags(plot, kind, when.year, chance),
        citations=tuple(citations),
        paragraphs=_marked(paragraphs_of(kind, teller), level, when.year, chance),
        signer=signer,
        action=action,
        info=info,
        precedence=_weighted({"R": 50, "P": 34, "O": 16} if kind != "instruction" else {"P": 60, "O": 40}, chance),
        classifier=classifier,
        attention=_attention(post, chance),
    )


def _attention(post: Post, chance: Random) -> str:
    if post is STATE or chance.random() < 0.55:
        return ""
    desks = chance.sample(DESKS, chance.randrange(1, 4))
    return f"{chance.choice(('DEPT FOR', 'DEPARTMENT FOR', 'STATE FOR'))} {', '.join(desks)}"
