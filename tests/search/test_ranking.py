"""Relevance: what is ranked exactly, what is chosen for it where there are too many hits, and what that loses."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.http import QueryDict

from cables.filters import CableFilter
from cables.models.search_entry import CONFIGURATION
from cables.search import ranking
from cables.search.engine import Wanted, search

BEST = 10


@pytest.fixture
def _little_is_ranked(monkeypatch):
    """Rank a twentieth of what is ranked in an archive of full size: the corpus is some hundred times as small."""
    monkeypatch.setattr(ranking, "ALL_RANKED", 75)
    monkeypatch.setattr(ranking, "RANKED", 75)
    monkeypatch.setattr(ranking, "RANKED_OF_ONE", 25)
    monkeypatch.setattr(ranking, "CLOSE", 50)


def asking(words: str) -> CableFilter:
    query = QueryDict(mutable=True)
    query["q"] = words
    return CableFilter(query)


def answer(words: str):
    chosen = asking(words)
    return search(Wanted(chosen.qs, chosen.order, chosen.matching.tree, chosen.matching.texts), "1")


def exact_ranks(words: str, rank: str) -> dict[int, float]:
    """Return the rank of every hit by the database alone."""
    argument = " & ".join(asking(words).matching.texts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT cable_id, {rank}(vector, query, 1) FROM cables_searchentry, to_tsquery(%s, %s) query "  # noqa: S608
            "WHERE vector @@ query",
            [CONFIGURATION, argument],
        )
        return dict(cursor.fetchall())


def kept(words: str, rank: str) -> float:
    """Return how many of the best of all hits the page's first have, as a share."""
    exact = exact_ranks(words, rank)
    least = sorted(exact.values(), reverse=True)[BEST - 1]
    shown = [hit.cable.pk for hit in answer(words).hits[:BEST]]
    return sum(exact[cable] >= least * 0.99999 for cable in shown) / BEST


def frequent_words(least: int) -> list[str]:
    """Return words that at least so many cables have, in an order that is the same every time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM ts_stat('SELECT to_tsvector(''simple'', body) FROM cables_cable')"
            " WHERE ndoc >= %s AND word ~ '^[a-z]{4,}$' ORDER BY word LIMIT 60",
            [least],
        )
        words = [row[0] for row in cursor.fetchall()]
    random.Random(5).shuffle(words)  # noqa: S311 - the same every time
    return words


def by_kind(kind: str, count: int) -> list[str]:
    words = [word for word in frequent_words(150) if len(exact_ranks(word, "ts_rank")) > 100]
    match kind:
        case "one word":
            return words[:count]
        case "two words":
            pairs = (f"{one} {other}" for one, other in zip(words, words[7:], strict=False))
            return [pair for pair in pairs if len(exact_ranks(pair, "ts_rank")) > 100][:count]
        case "either word":
            return [f"{one} OR {other}" for one, other in zip(words, words[7:], strict=False)][:count]
        case _:
            return [f"{word[:4]}*" for word in words][:count]


@pytest.mark.usefixtures("many_cables", "_little_is_ranked", "db")
@pytest.mark.parametrize(
    ("kind", "rank", "least"),
    [
        ("one word", "ts_rank_cd", 0.95),
        ("two words", "ts_rank_cd", 0.6),  # nearly all at full size, where far more have both words in the gist
        ("either word", "ts_rank", 0.9),
        ("beginning", "ts_rank_cd", 0.9),
    ],
)
def test_choice_keeps_the_best_of_all_hits(kind, rank, least):
    shares = [kept(words, rank) for words in by_kind(kind, 10)]
    assert len(shares) == 10
    assert sum(shares) / len(shares) >= least


@pytest.mark.usefixtures("many_cables", "_little_is_ranked", "db")
def test_page_tells_how_many_are_in_the_order_of_relevance(client):
    (word,) = by_kind("one word", 1)
    results = answer(word)
    assert (results.ranked, results.total > 25) == (25, True)
    text = client.get("/search/", {"q": word}).content.decode()
    assert "The first 25 are in the order of relevance, the others by date." in text
    few = answer(f"{word} tag:{results.facets['tag'][-1].value} origin:{results.facets['origin'][0].value}")
    assert few.ranked is None
    assert 0 < few.total <= 25


@pytest.mark.usefixtures("many_cables", "_little_is_ranked", "db")
def test_every_hit_is_on_one_page(client):
    (word,) = by_kind("one word", 1)
    chosen = asking(word)
    wanted = Wanted(chosen.qs, "relevance", chosen.matching.tree, chosen.matching.texts)
    pages = [search(wanted, str(number)) for number in range(1, search(wanted, "1").page.paginator.num_pages + 1)]
    shown = [hit.cable.pk for page in pages for hit in page.hits]
    assert sorted(shown) == sorted(exact_ranks(word, "ts_rank"))


@pytest.mark.usefixtures("many_cables", "_little_is_ranked", "db")
@pytest.mark.parametrize("words", ["[redacted]", '"of the government"', "gov*", "government~", '"the government"~3'])
def test_many_hits_of_what_is_no_single_word_are_ranked_too(monkeypatch, words):
    for name in ("ALL_RANKED", "RANKED", "RANKED_OF_ONE", "CLOSE"):
        monkeypatch.setattr(ranking, name, 1)
    results = answer(words)
    assert (results.total > 1, results.ranked) == (True, 1)
