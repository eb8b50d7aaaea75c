"""The peers of the measurement of search answer the same questions over the same cables as we do."""

from __future__ import annotations

import importlib
import importlib.util

import pytest

from benchmarks.peers import fts5, ours
from benchmarks.peers.face import NEWEST, Query
from benchmarks.searching.classes import ASKED_OTHERWISE, CLASSES, Questions, filters_of
from benchmarks.searching.words import words_of
from cables.corpus.realistic import write_realistic
from cables.ingest.run import import_paths

CABLES = 200
PLAIN = ["one word in 11%", "two common words", "OR of two common words", "common, not common", "common + origin",
         "common + TAG", "common + three years", "common + classification", "no text: origin + TAG"]  # fmt: skip


@pytest.fixture
def questions(db, tmp_path) -> Questions:
    """Return questions of an archive of invented cables."""
    import_paths([write_realistic(tmp_path / "corpus", CABLES, seed=5)])
    engine = ours.Ours()
    sample = ours.texts(ours.numbers())
    words = words_of(sample, len(sample), engine.total, ours.searchable, seed=1)
    return Questions(words, filters_of(engine.page(Query())))


@pytest.fixture(params=["fts5", "tantivy_index"])
def peer(request, questions, tmp_path):
    """Return a peer that holds the same cables."""
    if request.param == "tantivy_index" and importlib.util.find_spec("tantivy") is None:
        pytest.skip("tantivy is not installed: make bench")
    module = importlib.import_module(f"benchmarks.peers.{request.param}")
    module.build(tmp_path / "peer", ours.cables())
    opened = (module.Fts5 if request.param == "fts5" else module.Tantivy)(tmp_path / "peer")
    yield opened
    opened.close()


def test_peers_find_the_same_cables_and_count_them_alike(questions, peer):
    engine = ours.Ours()
    for name in PLAIN:
        for query in questions.of(name, 2):
            mine, theirs = engine.page(query), peer.page(query)
            assert mine.total > 0
            assert (query, theirs.total) == (query, mine.total)
            for facet in ("year", "classification"):
                assert (query, facet, theirs.facets[facet]) == (query, facet, mine.facets[facet])
            most = [sorted(page.facets["tag"].values()) for page in (mine, theirs)]
            assert (query, most[0]) == (query, most[1])


def test_peers_sort_by_date_alike(questions, peer):
    engine = ours.Ours()
    for query in questions.of("one word in 11%", 3):
        by_date = engine.page(query, NEWEST)
        assert [len(by_date.hits), by_date.total > 0] == [min(by_date.total, 25), True]
        days = {one.id: one.day for one in ours.texts({*by_date.hits, *peer.hits(query, NEWEST)})}
        assert [days[cable] for cable in peer.hits(query, NEWEST)] == [days[cable] for cable in by_date.hits]


def test_every_class_has_questions_that_find_something(questions):
    engine = ours.Ours()
    for name in CLASSES:
        if name not in ASKED_OTHERWISE:
            drawn = questions.of(name, 1)
            assert (name, len(drawn)) == (name, 1)
            assert engine.total(drawn[0]) > 0


@pytest.mark.parametrize(
    ("query", "typed", "match"),
    [
        (Query(("harbour", "strike")), "harbour strike", '"harbour" AND "strike"'),
        (Query(("harbour authority",)), '"harbour authority"', '"harbour authority"'),
        (Query(("harb*",)), "harb*", '"harb" *'),
        (Query(some=("visa", "strike")), "visa OR strike", '("visa" OR "strike")'),
        (Query(("visa",), none=("strike",)), "visa -strike", '("visa") NOT ("strike")'),
        (Query(some=("visa", "quay"), only_body=True), "body:(visa OR quay)", 'body : (("visa" OR "quay"))'),
    ],
)
def test_query_reads_in_each_language(query, typed, match):
    assert (ours.typed(query), fts5.match(query)) == (typed, match)


def test_address_carries_filters_order_and_page():
    query = Query(("visa",), origin="embassy-valdmark", tag="PGOV", classification="secret", years=(2003, 2005))

    assert ours.address(query, NEWEST, 50) == (
        "q=visa&origin=embassy-valdmark&tag=PGOV&classification=secret&since=2003&until=2005&sort=newest&page=50"
    )
