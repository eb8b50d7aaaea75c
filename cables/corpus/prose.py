"""The paragraphs of a cable, by what kind of cable it is."""

from __future__ import annotations

from collections.abc import Callable

from cables.corpus.records import Paragraph
from cables.corpus.stories import PHRASES
from cables.corpus.teller import Teller

Maker = Callable[[Teller], Paragraph]


def _joined(*sentences: str) -> str:
    return "  ".join(filter(None, sentences))


def _summary(teller: Teller, opening: str) -> Paragraph:
    story, chance = teller.plot.story, teller.chance
    pool = story.outcomes if opening == "outcome_open" else story.events
    parts = [teller.phrase(opening), teller.say(pool), teller.claim()]
    if chance.random() < 0.6:
        parts.append(teller.phrase("summary_close"))
    start, end = chance.choice(
        (("Summary:", "End summary."), ("Summary.", "End Summary."), ("SUMMARY:", "END SUMMARY."))
    )
    if chance.random() < 0.2:
        start = start.replace("ummary", "ummary and comment")
        parts.append(teller.say(story.comment))
    return Paragraph(_joined(f"{start}  {_joined(*parts)}", end))


def _events(teller: Teller) -> Paragraph:
    story, chance = teller.plot.story, teller.chance
    parts = [teller.say(story.events) for _ in range(chance.randrange(2, 4))]
    if chance.random() < 0.5:
        parts.append(teller.phrase("press"))
    return Paragraph(_joined(*parts))


def _event_list(teller: Teller) -> Paragraph:
    items = [item for _ in range(3) if (item := teller.say(teller.plot.story.events))]
    if len(items) < 2:
        return Paragraph(_joined(*items))
    return Paragraph(teller.phrase("list_open"), lines=tuple(f"-- {item}" for item in items))


def _meeting(teller: Teller) -> Paragraph:
    teller.new_voices()
    parts = [teller.phrase("meetings"), teller.claim(), teller.claim()]
    if teller.chance.random() < 0.65:
        parts.append(teller.phrase("replies"))
    return Paragraph(_joined(*parts))


def _official(teller: Teller) -> Paragraph:
    teller.new_voices()
    return Paragraph(_joined(teller.claim(), teller.phrase("replies"), teller.claim()))


def _dissent(teller: Teller) -> Paragraph:
    teller.new_voices()
    parts = [teller.doubt()]
    teller.new_voices()
    parts += [teller.doubt(), teller.phrase("press") if teller.chance.random() < 0.4 else ""]
    return Paragraph(_joined(*parts))


def _background(teller: Teller) -> Paragraph:
    parts = [teller.phrase("background"), teller.phrase("background")]
    if "E" in {tag[0] for tag in teller.plot.story.tags} or teller.chance.random() < 0.3:
        parts.append(teller.phrase("economy"))
    return Paragraph(_joined(*parts))


def _press(teller: Teller) -> Paragraph:
    return Paragraph(_joined(*(teller.phrase("press") for _ in range(3))))


def _economy(teller: Teller) -> Paragraph:
    return Paragraph(_joined(teller.phrase("background"), *(teller.phrase("economy") for _ in range(2))))


def _travel(teller: Teller) -> Paragraph:
    teller.new_voices()
    return Paragraph(_joined(*(teller.phrase("travel") for _ in range(3)), teller.doubt()))


def _biography(teller: Teller) -> Paragraph:
    teller.new_voices()
    about = (teller.phrase("bio_origin"), teller.phrase("bio_career"), teller.phrase("bio_manner"))
    return Paragraph(_joined("Biographic note:", *about))


def _view(teller: Teller) -> Paragraph:
    teller.new_voices()
    parts = [teller.phrase("view_said"), teller.claim("view_claims"), teller.doubt("view_doubts")]
    teller.chance.shuffle(parts)
    return Paragraph(_joined(*parts))


def _table(teller: Teller) -> Paragraph:
    table = teller.plot.story.table
    if table is None:
        return _event_list(teller)
    rows = [teller.fill(row) for row in table.rows]
    figures = _figures(table.values, len(rows), teller)
    width = max(len(cell) for cell in (*rows, table.columns[0])) + 3
    head = f"{table.columns[0]:<{width}}{table.columns[1]:>12}"
    lines = [head, "-" * len(head)]
    lines += [f"{row:<{width}}{figure:>12}" for row, figure in zip(rows, figures, strict=True)]
    source = teller.fill("[ (as given by the ministry)| (compiled by post from several sources)| (provisional)|]")
    return Paragraph(f"{teller.fill(table.title)}{source}:", lines=tuple(lines))


def _figures(kind: str, count: int, teller: Teller) -> list[str]:
    chance = teller.chance
    if kind == "share":
        first = chance.randrange(380, 560)
        second = chance.randrange(180, 330)
        return [f"{value / 10:.1f}" for value in (first, second, 1000 - first - second)]
    low, high = {"millions": (80, 900), "score": (51, 97), "small": (2, 19), "dozens": (8, 96)}.get(kind, (110, 980))
    return [str(chance.randrange(low, high)) for _ in range(count)]


def _points(teller: Teller) -> Paragraph:
    story, chance = teller.plot.story, teller.chance
    points = [teller.say(story.us) for _ in range(chance.randrange(2, 4))]
    points += [teller.phrase("points_any") for _ in range(chance.randrange(1, 4))]
    return Paragraph(teller.phrase("objectives"), lines=tuple(f"-- {point}" for point in points if point))


def _comment(teller: Teller, heading: str) -> Paragraph:
    story, chance = teller.plot.story, teller.chance
    parts = [teller.say(story.comment), teller.phrase("comments"), teller.phrase("comments")]
    chance.shuffle(parts)
    if heading.startswith("Comment"):
        return Paragraph(_joined(*parts), heading=heading)
    return Paragraph(f"Comment:  {_joined(*parts)}  End comment.", heading=heading)


def _closing(teller: Teller) -> list[Paragraph]:
    """The end of a reporting cable: next steps or a request, then comment."""
    chance = teller.chance
    closing = []
    roll = chance.random()
    if roll < 0.45:
        closing.append(Paragraph(_joined(teller.phrase("next_steps"), teller.phrase("next_steps"))))
    elif roll < 0.6:
        closing.append(Paragraph(_joined(teller.phrase("requests"), teller.phrase("next_steps"))))
    if chance.random() < 0.85:
        closing.append(_comment(teller, chance.choice(("Comment", "Comment", "", "Comment and Outlook"))))
    return closing


OPENINGS = {
    "report": "report_open",
    "update": "update_open",
    "outcome": "outcome_open",
    "delivery": "deliver_open",
    "view": "view_open",
}
# Which paragraphs a kind of cable can have, in the order in which they stand.
MIDDLES: dict[str, tuple[Maker, ...]] = {
    "report": (
        _events,
        _background,
        _meeting,
        _dissent,
        _travel,
        _official,
        _events,
        _economy,
        _table,
        _press,
        _biography,
    ),
    "update": (_events, _meeting, _dissent, _event_list, _official, _travel, _table, _press, _biography),
    "outcome": (_events, _dissent, _background, _official, _press, _event_list, _economy),
    "delivery": (_meeting, _official, _dissent, _events, _press, _background),
    "view": (_view, _background, _view, _press, _view),
}


def _headed(teller: Teller, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs with headings of the story over some of them."""
    chance, story = teller.chance, teller.plot.story
    pool = list(story.headings)
    pool += chance.sample(PHRASES["headings_any"], 3)
    headed = []
    for place, paragraph in enumerate(paragraphs):
        heading = paragraph.heading
        if not heading and pool and place % 2 == 0 and chance.random() < 0.85:
            heading = teller.fill(pool.pop(chance.randrange(len(pool))))
        headed.append(Paragraph(paragraph.text, paragraph.marking, heading, paragraph.lines))
    return headed


def paragraphs_of(kind: str, teller: Teller) -> list[Paragraph]:
    """The paragraphs of a cable without their portion marks; kind is "report", "update", "delivery", "view",
    "outcome" or "instruction"."""
    chance = teller.chance
    teller.new_voices()
    if kind == "instruction":
        opening = _joined(teller.phrase("instruct_open"), teller.say(teller.plot.story.events))
        found = [
            Paragraph(opening),
            Paragraph(_joined(teller.phrase("instruct_open"), teller.say(teller.plot.story.comment))),
        ]
        return [*found, _points(teller), Paragraph(teller.phrase("deadlines"))]
    short = chance.random() < 0.16
    makers = MIDDLES[kind]
    count = 1 if short else chance.randrange(3, len(makers) + 1)
    chosen = sorted(chance.sample(range(len(makers)), count))
    summary = _summary(teller, OPENINGS[kind])
    middle = [paragraph for place in chosen if (paragraph := makers[place](teller)).text]
    if not short and chance.random() < 0.75:
        middle = _headed(teller, middle)
    return [summary, *middle, *_closing(teller)]
