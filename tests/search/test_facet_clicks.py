"""Facets against a slow reference in Python: what is counted is what one gets by choosing a value or excluding it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from urllib.parse import urlencode

import lxml.html
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cables.filters import CableFilter
from tests.search.shelf import CAPTIONS, LEVELS, POSTS, TAGS, WORDS, Known

FACETS = {
    "TAGS": "tag",
    "Origin": "origin",
    "Country": "country",
    "Classification": "classification",
    "Captions": "caption",
    "Year": "year",
    "Month": "month",
}
ANY_OF = {"origin", "country", "classification"}
VALUES = {
    "tag": TAGS,
    "origin": [name.lower().replace(" ", "-") for name in POSTS],
    "country": ["Orlania", "Sarnovia"],
    "classification": LEVELS,
    "caption": CAPTIONS,
}
FIELDS = {"classification": "class"}

CHOICES = [(f"{sign}{facet}", value) for sign in ("", "not_") for facet, some in VALUES.items() for value in some]
LAST_DAYS = {"2005": date(2005, 12, 31), "2006-03": date(2006, 3, 31)}

# The parameters of a search, one value each.
searches = st.builds(
    lambda *lists: [parameter for parameters in lists for parameter in parameters],
    st.lists(st.tuples(st.just("q"), st.sampled_from([*WORDS, *(f"-{word}" for word in WORDS)])), max_size=2),
    st.lists(st.sampled_from(CHOICES), max_size=3, unique=True),
    st.lists(st.tuples(st.just("since"), st.dates(date(2004, 6, 1), date(2007, 6, 1)).map(str)), max_size=1),
    st.lists(st.tuples(st.just("until"), st.sampled_from(list(LAST_DAYS))), max_size=1),
    st.lists(st.tuples(st.just("not_date"), st.sampled_from(["2004", "2005", "2006-03"])), max_size=1),
)


@given(searches, st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_facets_count_what_choosing_and_excluding_gives(shelf, client, parameters, data):
    wanted = [cable for cable in shelf if matches(cable, parameters)]
    dressed = data.draw(st.lists(st.booleans(), min_size=len(parameters), max_size=len(parameters)), label="as fields")
    page = answer(client, as_fields(parameters, dressed))

    assert found(page) == {cable.identifier for cable in wanted}
    facets = shown(page)
    counts = {name: {value: count for value, (count, *_) in values.items()} for name, values in facets.items()}
    assert counts == counted(wanted, facets)

    for name, values in facets.items():
        for value, (_, include, exclude) in values.items():
            having = {cable.identifier for cable in wanted if value in cable.values(name)}
            assert not include or chosen_by(include) == having
            assert not exclude or chosen_by(exclude) == {cable.identifier for cable in wanted} - having

    links = [link for values in facets.values() for _, *both in values.values() for link in both if link]
    if links:
        link = data.draw(st.sampled_from(links), label="clicked")
        assert found(answer(client, link)) == chosen_by(link)


def chosen_by(query: str) -> set[str]:
    """Return the cables that a query string chooses."""
    return set(CableFilter(QueryDict(query)).qs.values_list("cable__identifier", flat=True))


def counted(wanted: list[Known], shown: dict[str, object]) -> dict[str, Counter[str]]:
    """Return facet -> value -> how many of the cables have it; by country and month only where the page shows them."""
    names = [name for name in FACETS.values() if name in shown or name not in {"country", "month"}]
    counts = {name: Counter(value for cable in wanted for value in cable.values(name)) for name in names}
    return {name: values for name, values in counts.items() if values}


def matches(cable: Known, parameters: list[tuple[str, str]]) -> bool:
    """Return whether a cable is what the parameters ask for, one by one."""
    for name, value in parameters:
        if name == "q":
            right = (value.strip("-") in cable.words) is not value.startswith("-")
        elif name == "since":
            right = cable.day >= date.fromisoformat(value)
        elif name == "until":
            right = cable.day <= LAST_DAYS[value]
        elif name == "not_date":
            right = not str(cable.day).startswith(value)
        elif name.startswith("not_"):
            right = value not in cable.values(name.removeprefix("not_"))
        elif name in ANY_OF:
            right = any(v in cable.values(n) for n, v in parameters if n == name)
        else:
            right = value in cable.values(name)
        if not right:
            return False
    return True


def as_fields(parameters: list[tuple[str, str]], dressed: list[bool]) -> str:
    """Return the query string, some of its filters written as fields of the query."""
    words, filters = [], []
    any_of: dict[str, list[str]] = {}
    for (name, value), as_field in zip(parameters, dressed, strict=True):
        facet = name.removeprefix("not_")
        field = f'{FIELDS.get(facet, facet)}:"{value}"'
        if name == "q":
            words.append(value)
        elif name in ANY_OF and sum(n == name for n, _ in parameters) > 1:
            any_of.setdefault(name, []).append(field)
        elif not as_field:
            filters.append((name, value))
        elif name in {"since", "until"}:
            words.append(f"date:[{value} TO *]" if name == "since" else f"date:[* TO {value}]")
        elif facet == "date":
            words.append(f"-date:{value}")
        else:
            words.append(f"{'-' if name.startswith('not_') else ''}{field}")
    words += [f"({' OR '.join(fields)})" for fields in any_of.values()]
    return urlencode([("q", " ".join(words)), *filters])


def answer(client, query: str) -> lxml.html.HtmlElement:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


def found(page) -> set[str]:
    return {href.strip("/").split("/")[1] for href in page.xpath("//ol[@class='cables']//h3/a/@href")}


def shown(page) -> dict[str, dict[str, tuple[int, str, str]]]:
    """Return facet -> value -> its count, and the addresses that choose and exclude it ("" where there is none)."""
    facets: dict[str, dict[str, tuple[int, str, str]]] = {}
    for section in page.xpath("//section[@class='facet']"):
        name = FACETS[section.xpath("string(h3)")]
        for item in section.xpath(".//li"):
            (count,) = item.xpath("span[@class='count']/text()")
            (link,) = item.xpath("a[not(@class)]")
            exclude = "".join(item.xpath("a[@class='exclude']/@href")).removeprefix("?")
            include = "" if link.get("aria-current") else link.get("href").removeprefix("?")
            facets.setdefault(name, {})[value_of(name, link)] = (int(count), include, exclude)
    return facets


def value_of(name: str, link) -> str:
    """Return the value that a facet's link is about, as addresses carry it."""
    label = link.xpath("string(span[@class='identifier'])") or link.text.strip()
    return label.lower().replace(" ", "-") if name in {"origin", "classification"} else label
