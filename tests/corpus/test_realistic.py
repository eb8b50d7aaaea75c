"""What holds of the corpus to measure with: its statistics, and that it is read back as it was written."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Callable
from itertools import islice

import pytest

from cables.corpus.realistic import FAULTS, NOTICE, RealisticCable, export, realistic_cables
from cables.corpus.world import COUNTRIES, dice
from cables.parsing import parse_cable
from cables.parsing.records import ParsedCable, RawCable
from cables.reference_data import tables
from cables.sources import read_path

COUNT = 2_000
WORD = re.compile(r"[a-z]+")


@pytest.fixture(scope="module")
def cables() -> list[RealisticCable]:
    return list(realistic_cables(COUNT, seed=3))


@pytest.fixture(scope="module")
def in_cables(cables) -> Counter[str]:
    """Return in how many cables each word stands."""
    return Counter(word for cable in cables for word in set(WORD.findall(cable.body.lower())))


@pytest.fixture(scope="module")
def read(cables, tmp_path_factory) -> list[tuple[RealisticCable, ParsedCable]]:
    """Return every cable that no fault was done to, with what sources and parser make of it."""
    path = tmp_path_factory.mktemp("corpus") / "cables.csv"
    with path.open("wb") as file:
        spoilt = export(iter(cables), file, dice("test"))
    made = {cable.identifier: cable for cable in cables if not cable.fault and cable.identifier not in spoilt}
    found = [raw for raw in read_path(path) if isinstance(raw, RawCable)]
    assert len(found) == COUNT
    pairs = [(made.pop(raw.identifier), parse_cable(raw)) for raw in found if raw.identifier in made]
    assert made == {}
    return pairs


def share(cables: list[RealisticCable], holds: Callable[[RealisticCable], object]) -> float:
    """Return the share of the cables that something holds of."""
    return sum(bool(holds(cable)) for cable in cables) / len(cables)


def test_as_many_cables_as_asked_for_each_with_an_identifier_of_its_own(cables):
    assert len({cable.identifier for cable in cables}) == COUNT


def test_cables_come_one_at_a_time():
    assert len(list(islice(realistic_cables(10**6), 3))) == 3


def test_same_seed_same_cables_and_other_seed_others():
    first, again, other = (list(realistic_cables(30, seed)) for seed in (5, 5, 6))
    assert first == again
    assert {cable.body for cable in first} & {cable.body for cable in other} == set()


def test_lengths_are_like_those_of_the_best_known_collection(cables):
    lengths = [len(cable.header + cable.body) for cable in cables]
    assert 5_000 < statistics.median(lengths) < 6_000
    assert 7_700 < statistics.mean(lengths) < 8_900
    assert max(lengths) > 40_000
    assert 0.01 < share(cables, lambda cable: len(cable.body) < 700) < 0.1


@pytest.mark.parametrize(
    ("what", "holds", "expected"),
    [
        ("TAGS", lambda cable: re.search(r"^TA(?:G|GE)S:? ", cable.body, re.MULTILINE | re.IGNORECASE), 0.95),
        ("TAGS without colon", lambda cable: "\nTAGS " in cable.body, 0.30),
        ("PGOV", lambda cable: "PGOV" in cable.tags, 0.33),
        ("PREL", lambda cable: "PREL" in cable.tags, 0.33),
        ("REF", lambda cable: "\nREF" in cable.body, 0.61),
        ("sections", lambda cable: " SECTION 01 OF " in cable.body, 0.62),
        ("page breaks", lambda cable: re.search(r"^\D+ \d{8}  00\d OF |^PAGE \d\d ", cable.body, re.MULTILINE), 0.49),
        ("underlined headings", lambda cable: re.search(r"^---+ $", cable.body, re.MULTILINE), 0.63),
        ("classified by", lambda cable: "Classified By" in cable.body, 0.46),
        ("redactions", lambda cable: "XXXXXXXXXXXX" in cable.body, 0.23),
        ("curly quotes", lambda cable: re.search("[’“”]", cable.body), 0.29),
        ("end mark", lambda cable: cable.body.endswith("NNNN"), 0.12),
        ("faults", lambda cable: cable.fault, 0.12),
    ],
)
def test_shares_are_as_measured_on_real_cables(cables, what, holds, expected):
    assert share(cables, holds) == pytest.approx(expected, abs=0.05), what


def test_every_fault_happens():
    met: set[str] = set()
    for cable in islice(realistic_cables(10**5, seed=2), 6_000):
        met.add(cable.fault)
        if len(met) > len(FAULTS):
            break
    assert met == {"", *FAULTS}


def test_references_lead_to_earlier_cables_or_to_none_that_is_held(cables):
    held = {cable.identifier for cable in cables}
    earlier: set[str] = set()
    resolved = cited = 0
    for cable in cables:
        assert {reference for reference in cable.references if reference in held} <= earlier
        resolved += sum(reference in held for reference in cable.references)
        cited += len(cable.references)
        earlier.add(cable.identifier)
    assert 1.0 < cited / COUNT < 1.5
    assert 0.7 < resolved / cited < 0.95


def test_tags_are_known_codes(cables):
    known = tables.tag_codes() | set(COUNTRIES)
    assert {tag for cable in cables for tag in cable.tags} - known == set()


def test_words_stand_in_as_many_cables_as_search_asks_for(in_cables):
    def words_in(low: float, high: float) -> int:
        return sum(low * COUNT <= number <= high * COUNT for number in in_cables.values())

    assert words_in(0.5, 0.7) > 20
    assert words_in(0.09, 0.13) > 100
    assert words_in(0.009, 0.011) > 100
    assert 0.5 < in_cables["government"] / COUNT < 0.9
    assert 0.4 < sum(number == 1 for number in in_cables.values()) / len(in_cables) < 0.7


def test_words_of_the_subject_recur_in_the_text(cables):
    long = [cable for cable in cables if len(cable.body) > 2_500]

    def recurs(cable: RealisticCable) -> bool:
        text = cable.body.lower().partition(NOTICE.lower())[2]
        words = [word for word in WORD.findall(cable.subject.lower()) if len(word) > 4]
        return sum(word in text for word in words) >= 0.8 * len(words)

    assert share(long, recurs) > 0.9


def test_words_cluster_by_topic(cables):
    """A tenth of the words of 1% of the cables share half of them with another; by chance it would be a fifth."""
    holding: dict[str, set[int]] = {}
    for place, cable in enumerate(cables):
        for word in set(WORD.findall(cable.body.lower())):
            holding.setdefault(word, set()).add(place)
    rare = [places for _, places in sorted(holding.items()) if 0.01 * COUNT <= len(places) <= 0.02 * COUNT]
    shared = [max(len(places & others) for others in rare if others is not places) / len(places) for places in rare]
    assert len(rare) > 100
    assert statistics.quantiles(shared, n=10)[-1] > 0.5


def test_sentences_hardly_ever_stand_twice(cables):
    texts = (" ".join(cable.body.partition(NOTICE)[2].split()) for cable in cables)
    sentences = [text for body in texts for text in re.split(r"\.\s", body) if len(text) > 40]
    assert len(set(sentences)) > 0.98 * len(sentences)


def test_notice_stands_once_before_the_first_paragraph(cables):
    for cable in cables:
        if cable.fault not in {"text cut", "text garbled", "header in body"}:
            before, _, after = cable.body.partition(NOTICE)
            assert NOTICE not in after
            assert re.search(r"^1\. ", before, re.MULTILINE) is None
            assert re.search(r"^1\. ", after, re.MULTILINE)


def test_no_place_is_left_open(cables):
    assert [cable.identifier for cable in cables if re.search(r"%s|[{}]", cable.header + cable.body)] == []


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("identifier", lambda cable: cable.identifier),
        ("origin", lambda cable: cable.origin),
        ("classification", lambda cable: cable.classification),
        ("subject", lambda cable: cable.subject),
        ("tags", lambda cable: cable.tags),
        ("sent_at", lambda cable: cable.sent_at),
        ("header", lambda cable: cable.header),
        ("body", lambda cable: cable.body),
        ("problems", lambda _: ()),
    ],
)
def test_fields_are_read_as_written_where_nothing_was_spoilt(read, field, written):
    wrong = [cable.identifier for cable, parsed in read if getattr(parsed, field) != written(cable)]
    assert wrong == []
    assert len(read) > 0.8 * COUNT


def test_references_are_read_as_written_where_nothing_was_spoilt(read):
    for cable, parsed in read:
        assert tuple(item.target for item in parsed.references if item.kind == "cable") == cable.references


def test_paragraphs_are_read_in_their_order_where_nothing_was_spoilt(read):
    for cable, parsed in read:
        # A page break parts a paragraph; both parts have its number.
        numbers = [int(item.number) for item in parsed.paragraphs if item.kind == "paragraph" and item.number]
        assert sorted(set(numbers)) == list(range(1, max(numbers) + 1)), cable.identifier
        assert numbers == sorted(numbers), cable.identifier
