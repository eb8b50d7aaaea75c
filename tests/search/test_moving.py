"""Fields of a query become filters of the page: which do, and that it is the same search in either dress."""

from __future__ import annotations

import lxml.html
import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cables.filters import CableFilter
from cables.search.language import read_query
from cables.search.moving import LONGEST_CAPTION, moved
from cables.search.wording import written

# typed, what is left of it, the filters it becomes
MOVED = [
    ("ferry tag:PTER", "ferry", {"tag": ["PTER"]}),
    ("tag:PTER ferry -guild", "ferry -guild", {"tag": ["PTER"]}),
    ("ferry AND tag:pter AND strike", "ferry strike", {"tag": ["PTER"]}),
    ("tag:PTER tag:PGOV", "", {"tag": ["PTER", "PGOV"]}),
    ("tag:PTER tag:PTER", "", {"tag": ["PTER"]}),
    ("tag:(PTER PGOV)", "", {"tag": ["PTER", "PGOV"]}),
    ("tag:(PTER -PGOV)", "", {"tag": ["PTER"], "not_tag": ["PGOV"]}),
    ('tag:"Internal Governmental Affairs"', "", {"tag": ["PGOV"]}),
    ('tag:"Human Rights"', 'tag:"Human Rights"', {}),  # PHUM, and SHUM in the first book
    ('-tag:"Human Rights"', "", {"not_tag": ["PHUM", "SHUM"]}),
    ("-tag:PTER", "", {"not_tag": ["PTER"]}),
    ("-tag:(PTER OR PGOV)", "", {"not_tag": ["PTER", "PGOV"]}),
    ("-(tag:PTER OR tag:PGOV) ferry", "ferry", {"not_tag": ["PTER", "PGOV"]}),
    ("tag:PTER OR tag:PGOV", 'tag:"PTER" OR tag:"PGOV"', {}),
    ("tag:PTER OR ferry", 'tag:"PTER" OR ferry', {}),
    ("-(tag:PTER tag:PGOV)", '-(tag:"PTER" tag:"PGOV")', {}),
    ("tag:NOSUCH", 'tag:"NOSUCH"', {}),
    ('origin:"Embassy Valdmark"', "", {"origin": ["embassy-valdmark"]}),
    ("from:quillport", "", {"origin": ["embassy-quillport"]}),
    ("origin:orhaven ferry", "ferry", {"origin": ["consulate-orhaven"]}),
    ("origin:(valdmark OR orhaven)", "", {"origin": ["embassy-valdmark", "consulate-orhaven"]}),
    ("origin:valdmark origin:orhaven", 'origin:"orhaven"', {"origin": ["embassy-valdmark"]}),
    ("origin:valdmark OR country:Orlania", 'origin:"valdmark" OR country:"Orlania"', {}),
    ("-origin:valdmark -origin:orhaven", "", {"not_origin": ["embassy-valdmark", "consulate-orhaven"]}),
    ("origin:embassy", 'origin:"embassy"', {}),
    ("country:orlania", "", {"country": ["Orlania"]}),
    ("-country:Orlania", "", {"not_country": ["Orlania"]}),
    ("country:Atlantis", 'country:"Atlantis"', {}),
    ("class:secret", "", {"classification": ["secret"]}),
    ("class:S", "", {"classification": ["secret"]}),
    ("class:(S OR TS)", "", {"classification": ["secret", "top-secret"]}),
    ('-class:"LIMITED OFFICIAL USE"', "", {"not_classification": ["limited-official-use"]}),
    ("caption:noforn", "", {"caption": ["NOFORN"]}),
    ("captions:(SIPDIS NOFORN)", "", {"caption": ["SIPDIS", "NOFORN"]}),
    ("-caption:NOFORN", "", {"not_caption": ["NOFORN"]}),
    (f"caption:{'x' * (LONGEST_CAPTION + 1)}y", f'caption:"{"x" * (LONGEST_CAPTION + 1)}y"', {}),
    ("date:2005", "", {"since": ["2005-01-01"], "until": ["2005-12-31"]}),
    ("date:[2005-01 TO *] ferry", "ferry", {"since": ["2005-01-01"]}),
    ("date:>2005 date:<2007", "", {"since": ["2006-01-01"], "until": ["2006-12-31"]}),
    ("date:>2005 date:>2006", "date:[2007-01-01 TO *]", {"since": ["2006-01-01"]}),
    ("-date:2005", "", {"not_date": ["2005"]}),
    ("-date:2005-02 -date:2005-03-01", "", {"not_date": ["2005-02", "2005-03-01"]}),
    ("-date:[2005-02 TO 2005-03]", "-date:[2005-02-01 TO 2005-03-31]", {}),
    ("-date:>2005", "-date:[2006-01-01 TO *]", {}),
    ("date:(2005 OR 2007)", "date:[2005-01-01 TO 2005-12-31] OR date:[2007-01-01 TO 2007-12-31]", {}),
    ("id:05VALDMARK1 mark:S/NF", 'id:"05VALDMARK1" mark:"S/NF"', {}),
    ("ferry", "ferry", {}),
    ("", "", {}),
]


@pytest.mark.parametrize(("typed", "rest", "filters"), MOVED)
def test_fields_become_filters(shelf, typed, rest, filters):
    found = moved(read_query(typed).tree, ())
    assert (written(found.rest), found.filters) == (rest, filters)


@pytest.mark.parametrize(
    ("typed", "taken", "filters"),
    [
        ("origin:orhaven", "origin", {}),
        ("class:S", "classification", {}),
        ("tag:PTER", "tag", {"tag": ["PTER"]}),
        ("date:>2005", "since", {}),
        ("date:>2005", "until", {"since": ["2006-01-01"]}),
        ("date:2005", "until", {}),
        ("-origin:orhaven", "not_origin", {"not_origin": ["consulate-orhaven"]}),
    ],
)
def test_field_stays_where_its_filter_would_then_ask_for_less(shelf, typed, taken, filters):
    assert moved(read_query(typed).tree, {taken}).filters == filters


FIELDS = [
    "tag:PTER", "-tag:PGOV", "origin:valdmark", "origin:(valdmark OR orhaven)", "-origin:orhaven", "country:Orlania",
    "-country:Sarnovia", "class:S", "class:(S OR C)", "-class:U", "caption:SIPDIS", "-caption:EXDIS", "date:2005",
    "date:>2005-03", "-date:2006", "ferry", "-guild", "lantern OR railway", "tag:PTER OR guild", "the", "para:(ferry)",
]  # fmt: skip


def facts(client, query: str) -> dict[str, object]:
    """Return what a page says: total, hits, facets and where they lead, chips."""
    page = lxml.html.fromstring(client.get("/search/", QueryDict(query)).content)
    (total,) = page.xpath("//section[@aria-label='Cables found']/h2/strong/text()")
    return {
        "total": total,
        "hits": page.xpath("//ol[@class='cables']//h3/a/@href"),
        "facets": [" ".join(item.text_content().split()) for item in page.xpath("//section[@class='facet']//li")],
        "links": page.xpath("//section[@class='facet']//li/a/@href"),
        "chips": [chip.text_content() for chip in page.xpath("//ul[@class='chips']//a")],
    }


@given(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_addresses_give_the_same_answer(shelf, client, fields):
    typed = QueryDict(mutable=True)
    typed["q"] = " ".join(f"({field})" if " OR " in field and ":(" not in field else field for field in fields)
    canonical = CableFilter(typed).query_string()

    assert facts(client, typed.urlencode()) == facts(client, canonical)
    assert CableFilter(QueryDict(canonical)).query_string() == canonical


def test_field_stands_among_the_filters_and_its_cross_takes_it_out(shelf, client):
    page = lxml.html.fromstring(client.get("/search/", {"q": "ferry tag:PTER -caption:EXDIS"}).content)

    assert page.xpath("//input[@id='q']/@value") == ["ferry"]
    chips = {" ".join(chip.text_content().split()): chip.get("href") for chip in page.xpath("//ul[@class='chips']//a")}
    assert chips == {
        "“ferry” ×: remove": "?tag=PTER&not_caption=EXDIS",
        "PTER · Terrorists and Terrorism ×: remove": "?q=ferry&not_caption=EXDIS",
        "not EXDIS ×: remove": "?q=ferry&tag=PTER",
        "Clear all": "/search/",
    }
    (in_force,) = page.xpath("//section[@class='facet']//a[@aria-current]")
    assert in_force.xpath("string(span[@class='identifier'])") == "PTER"


def test_field_stays_in_the_words_where_its_filter_holds_a_wrong_value(shelf, client):
    wanted = sum("PTER" in cable.tag for cable in shelf)
    page = client.get("/search/?q=tag:PTER&tag=NOSUCH").content.decode()

    assert "TAGS: “NOSUCH” is not in this archive." in page
    assert f"<strong>{wanted} cables</strong>" in page


def test_query_too_long_to_be_written_anew_stays_as_it_is(shelf):
    typed = QueryDict(mutable=True)
    typed["q"] = "tag:PTER " + " ".join(["id:a"] * 99)
    assert CableFilter(typed).chosen("tag") == {"PTER"}
    typed["q"] = "tag:PTER " + " ".join(["id:ab(c)"] * 99)
    assert CableFilter(typed).words == typed["q"][:1000]
