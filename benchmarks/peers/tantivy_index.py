"""Tantivy beside us: a search engine in Rust inside this process, bm25, facets by its aggregations.

The words are analysed as ours are: accents folded, English stems by Snowball; stop words are held.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Filter, Occur, TextAnalyzerBuilder, Tokenizer
from tantivy import Query as Asked

from benchmarks.peers.face import (
    HITS_A_PAGE,
    NEWEST,
    RELEVANCE,
    VALUES_A_FACET,
    ZONES,
    CableText,
    Page,
    Query,
    is_beginning,
)

ANALYSIS = "english"
HEAP = 256_000_000
FACETS = {
    "origin": {"terms": {"field": "origin", "size": VALUES_A_FACET}},
    "year": {"terms": {"field": "year", "size": 10 * VALUES_A_FACET}},
    "classification": {"terms": {"field": "classification", "size": VALUES_A_FACET}},
    "tag": {"terms": {"field": "tag", "size": VALUES_A_FACET}},
}
_WORD = re.compile(r"[^\W_]+")


class Tantivy:
    """The cables in one folder."""

    name = "tantivy"

    def __init__(self, path: Path) -> None:
        self.index = _with_analysis(tantivy.Index.open(str(path)))
        self.searcher = self.index.searcher()

    def page(self, query: Query, order: str = RELEVANCE, number: int = 1) -> Page:
        """Return a page of hits, the exact total, and facets over all hits."""
        asked = self._asked(query)
        found: Any = self._found(asked, order, number, count=True)
        counted = self.searcher.aggregate(asked, FACETS)
        facets = {
            name: {str(bucket["key"]).removesuffix(".0"): bucket["doc_count"] for bucket in counted[name]["buckets"]}
            for name in FACETS
        }
        return Page(self._cables(found), found.count, facets)

    def hits(self, query: Query, order: str = RELEVANCE, number: int = 1) -> list[int]:
        """Return the cables of one page."""
        return self._cables(self._found(self._asked(query), order, number, count=False))

    def close(self) -> None:
        """Let go of the folder."""
        del self.searcher, self.index

    def _found(self, asked: Asked, order: str, number: int, *, count: bool) -> tantivy.SearchResult:
        place = (number - 1) * HITS_A_PAGE
        by = "day" if order == NEWEST else None
        return self.searcher.search(asked, limit=HITS_A_PAGE, count=count, offset=place, order_by_field=by)

    def _cables(self, found: tantivy.SearchResult) -> list[int]:
        values: list[Any] = self.searcher.fast_field_values("cable", [address for _, address in found.hits])
        return values

    def _asked(self, query: Query) -> Asked:
        parts = [(Occur.Must, self._item(item)) for item in query.every]
        if query.some:
            parts.append((Occur.Must, Asked.boolean_query([(Occur.Should, self._item(item)) for item in query.some])))
        parts += [(Occur.MustNot, self._item(item)) for item in query.none]
        for name, value in (("origin", query.origin), ("classification", query.classification), ("tag", query.tag)):
            if value:
                parts.append((Occur.Must, _unscored(Asked.term_query(self.index.schema, name, value))))
        if query.years:
            between = Asked.range_query(self.index.schema, "year", FieldType.Integer, *query.years)
            parts.append((Occur.Must, _unscored(between)))
        return Asked.boolean_query(parts) if parts else Asked.all_query()

    def _item(self, item: str) -> Asked:
        if is_beginning(item):
            begun = [Asked.regex_query(self.index.schema, zone, f"{re.escape(item[:-1])}.*") for zone in ZONES]
            return Asked.boolean_query([(Occur.Should, one) for one in begun])
        return self.index.parse_query(f'"{" ".join(_WORD.findall(item))}"', list(ZONES), field_boosts=ZONES)


def build(path: Path, cables: Iterable[list[CableText]]) -> None:
    """Write the cables, given in batches, into a new folder; all of them end in as few segments as it makes."""
    path.mkdir()
    schema = tantivy.SchemaBuilder()
    for zone in ZONES:
        schema.add_text_field(zone, tokenizer_name=ANALYSIS)
    for name in ("origin", "classification", "tag"):
        schema.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    for name in ("cable", "year", "day"):
        schema.add_integer_field(name, indexed=True, fast=True)
    index = _with_analysis(tantivy.Index(schema.build(), path=str(path)))
    writer = index.writer(heap_size=HEAP, num_threads=os.cpu_count() or 1)
    for batch in cables:
        for one in batch:
            writer.add_document(_document(one))
    writer.commit()
    writer.wait_merging_threads()


def sizes(path: Path) -> dict[str, int]:
    """Return the bytes of the folder."""
    return {"folder": sum(file.stat().st_size for file in path.rglob("*") if file.is_file())}


def _document(one: CableText) -> tantivy.Document:
    values: dict[str, object] = {
        "subject": one.subject,
        "summary": one.summary,
        "about": one.about,
        "body": one.body,
        "origin": one.origin,
        "classification": one.classification,
        "tag": list(one.tags),
        "cable": one.id,
        "day": int(one.day.replace("-", "") or 0),
    }
    if one.year is not None:
        values["year"] = one.year
    return tantivy.Document(**values)


def _with_analysis(index: tantivy.Index) -> tantivy.Index:
    analysis = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    index.register_tokenizer(ANALYSIS, analysis.filter(Filter.stemmer("english")).build())
    return index


def _unscored(query: Asked) -> Asked:
    return Asked.const_score_query(query, 0.0)
