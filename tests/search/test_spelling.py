"""Did you mean: what is offered for which query, and what is not."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cables.models import SearchEntry
from cables.search import spelling
from cables.search.language import read_query
from cables.search.matching import matching
from cables.search.spelling import did_you_mean

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("goverment", "government"),
        ("GOVERMENT", "GOVERNMENT"),
        ("Govermnent falls", "Government falls"),
        ("lighthuose ferrry", "lighthouse ferry"),
        ('"goverment falls"', '"government falls"'),
        ('"falls goverment"~5', '"falls government"~5'),
        ("subject:goverment tag:PGOV -visa", "subject:government tag:PGOV -visa"),
        ("(goverment OR strke) -visa", "(government OR strike) -visa"),
        ("goverment -zepelin~", "government -zepelin~"),
        ("para:(goverment lost)", "para:(government lost)"),
        ("tag:PGOV goverment date:2005", "tag:PGOV government date:2005"),
        ("Quintella", "Quintéla"),
    ],
)
def test_query_is_offered_with_its_unknown_words_replaced(worded, typed, meant):
    offered = did_you_mean(typed)
    assert offered is not None
    assert read_query(offered.query).tree == read_query(meant).tree


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "((",
        "government",
        "governments",
        "the",
        "zeppelin",
        "-goverment",
        "tag:PGVO",
        "12345",
        "goverment zeppelin",
        "goverment strike",  # no cable has both
        "goverment tag:CVIS",
        "gvt",
    ],
)
def test_nothing_is_offered(worded, typed):
    assert did_you_mean(typed) is None


def test_only_what_the_other_filters_leave_is_offered(worded):
    of_2005 = SearchEntry.objects.filter(year=2005)
    assert did_you_mean("goverment", of_2005) is not None
    assert did_you_mean("goverment", SearchEntry.objects.filter(year=2004)) is None


def test_query_that_takes_too_long_to_try_has_no_offer_and_leaves_no_setting(worded, monkeypatch):
    slow = "goverment " + " ".join(f'-"ferry{number} strike guild harbour"~20' for number in range(20))
    monkeypatch.setattr(spelling, "MILLISECONDS_A_TRY", 0)  # no limit
    assert did_you_mean(slow) is not None

    monkeypatch.setattr(spelling, "MILLISECONDS_A_TRY", 1)
    assert did_you_mean(slow) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_seqscan'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("on", "0")


letters = st.text(alphabet='govermntfayilghus "-():~*', max_size=30)


@given(letters)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_offered_finds_something(worded, typed):
    offered = did_you_mean(typed)
    if offered is not None:
        assert SearchEntry.objects.filter(matching(read_query(offered.query).tree).condition).exists()
