"""What holds of every invented cable: its number, what it cites, the notice in it, and that it names nothing real."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from cables.corpus import NOTICE, POSTS, InventedCable, invented_cables
from cables.corpus.world import COUNTRIES
from cables.reference_data import tables

COUNT = 700


@pytest.fixture(scope="module")
def cables() -> list[InventedCable]:
    return list(invented_cables(COUNT, seed=3))


@pytest.mark.parametrize("count", [1, 2, 39, 40, 137])
def test_as_many_cables_as_asked_for(count):
    assert len({cable.identifier for cable in invented_cables(count)}) == count


def test_same_seed_same_cables_and_other_seed_others():
    first, again, other = (list(invented_cables(60, seed)) for seed in (5, 5, 6))
    assert first == again
    assert {cable.body for cable in first} & {cable.body for cable in other} == set()


def test_cables_come_one_at_a_time():
    assert len(list(islice(invented_cables(10**6), 3))) == 3


def test_identifiers_are_unique_and_in_canonical_form(cables):
    stations = "|".join(post.station for post in POSTS)
    form = re.compile(rf"(?:197[3-9]|8[6-9]|9\d|0\d|10)(?:{stations})[1-9]\d*")
    assert len({cable.identifier for cable in cables}) == COUNT
    assert [cable.identifier for cable in cables if not form.fullmatch(cable.identifier)] == []


def test_times_rise_and_serials_rise_through_each_year_of_a_post(cables):
    assert [cable.sent_at for cable in cables] == sorted(cable.sent_at for cable in cables)
    last: dict[tuple[str, int], int] = {}
    for cable in cables:
        assert cable.serial > last.get((cable.origin, cable.year), 0)
        last[cable.origin, cable.year] = cable.serial


def test_references_lead_to_earlier_cables_or_to_none_that_is_held(cables):
    held = {cable.identifier for cable in cables}
    earlier: set[str] = set()
    kept = missing = 0
    for cable in cables:
        assert {reference for reference in cable.references if reference in held} <= earlier
        kept += sum(reference in held for reference in cable.references)
        missing += sum(reference not in held for reference in cable.references)
        earlier.add(cable.identifier)
    assert kept > COUNT // 2
    assert missing > COUNT // 10


def test_a_cable_cites_no_cable_twice(cables):
    assert [cable.identifier for cable in cables if len(set(cable.references)) != len(cable.references)] == []


def test_notice_stands_once_as_a_line_before_the_first_paragraph(cables):
    for cable in cables:
        lines = [line.strip() for line in cable.body.splitlines()]
        assert lines.count(NOTICE) == 1
        first = next(place for place, line in enumerate(lines) if line.startswith("1. "))
        assert lines.index(NOTICE) < first


def test_no_slot_or_choice_is_left_unfilled(cables):
    assert [cable.identifier for cable in cables if re.search(r"[{}\[\]|]", cable.header + cable.body)] == []


def test_no_word_is_missing_from_a_sentence(cables):
    texts = (paragraph.text for cable in cables for paragraph in cable.draft.paragraphs)
    assert [text for text in texts if re.search(r" [,.;:]|: \.|  $|^ ", text)] == []


def test_no_sentence_stands_twice_in_a_cable(cables):
    for cable in cables:
        sentences = [part for paragraph in cable.draft.paragraphs for part in re.split(r"(?<=\.)  ", paragraph.text)]
        sentences = [part for part in sentences if "ummary" not in part and "SUMMARY" not in part]
        assert len(set(sentences)) == len(sentences), cable.identifier


def test_nothing_real_is_named(cables):
    ours = {"United States", "Washington"}
    titles = {tag.title for tag in tables.tags() if tag.kind == "country"} | {post.city for post in tables.posts()}
    real = {re.split(r"[(,]", title)[0].strip() for title in titles} - ours - {""}
    found = re.compile(r"\b(?:" + "|".join(re.escape(name.upper()) for name in sorted(real)) + r")\b")
    for cable in cables:
        text = " ".join(f"{cable.subject} {cable.header} {cable.body}".upper().split())
        assert found.findall(text) == []


def test_tags_are_known_codes(cables):
    known = tables.tag_codes() | set(tables.tags_in_use()) | set(COUNTRIES)
    assert {tag for cable in cables for tag in cable.tags} - known == set()


def test_most_cables_are_of_the_later_years(cables):
    assert sum(cable.year >= 2003 for cable in cables) > COUNT * 0.7
    assert {cable.year for cable in cables} >= {*range(1973, 1980), *range(1998, 2011)}


def test_levels_and_levels_of_marks_agree(cables):
    for cable in cables:
        marks = {paragraph.marking for paragraph in cable.draft.paragraphs}
        if not cable.classification.startswith("SECRET"):
            assert not marks & {"S", "S/NF"}, cable.identifier
        if not cable.classification.startswith(("SECRET", "CONFIDENTIAL")):
            assert not marks & {"C", "C/NF"}, cable.identifier
