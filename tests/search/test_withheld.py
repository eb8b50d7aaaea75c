"""Searches over what is left of a shelf when any of its cables are withheld, against a slow reference in Python."""

from __future__ import annotations

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cables.ingest.withholding import give_back, withhold
from cables.models import Cable
from tests.search.test_facet_clicks import answer, as_fields, counted, found, matches, searches, shown

NUMBERS = st.sets(st.integers(0, 23), min_size=1)


@given(searches, NUMBERS, NUMBERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_search_finds_and_counts_what_is_not_withheld(shelf, client, parameters, withheld, returned):
    hidden = {shelf[number].identifier for number in withheld - returned}
    wanted = [cable for cable in shelf if cable.identifier not in hidden and matches(cable, parameters)]
    with transaction.atomic():
        made = withhold(
            Cable.objects.filter(identifier__in=[shelf[number].identifier for number in withheld]), reason="A court."
        )
        give_back([one for one in made if one.cable.identifier not in hidden])
        page = answer(client, as_fields(parameters, [False] * len(parameters)))
        transaction.set_rollback(True)

    assert found(page) == {cable.identifier for cable in wanted}
    facets = shown(page)
    counts = {name: {value: count for value, (count, *_) in values.items()} for name, values in facets.items()}
    assert counts == counted(wanted, facets)
