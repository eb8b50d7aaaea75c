"""Threads: what a cable cites and what cites it, so many steps each way, and in which order."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cables.filters import CableFilter
from cables.ingest.run import import_paths
from cables.models import Alias, Cable, Reference
from cables.search.thread import ThreadCable, in_order_of_time, thread
from tests.invented import body, csv_file


@pytest.fixture
def held(db, tmp_path):
    """Return a function that imports 05VALDMARK1, 2, … a day apart, each citing what its REF line says."""

    def import_cables(**refs: str) -> None:
        cables = {
            f"05VALDMARK{number[1:]}": body(f"VALDMARK {int(number[1:]):06}", subject=f"NUMBER {number[1:]}", ref=ref)
            for number, ref in refs.items()
        }
        import_paths([csv_file(tmp_path / "c.csv", cables)])

    return import_cables


def names(number: int, *, steps: int = 2, most: int = 60) -> list[str]:
    """Return the thread's cables in order of time, each as its step and number."""
    cable = Cable.objects.get(identifier=f"05VALDMARK{number}")
    return [
        f"{of.step}:{of.identifier.removeprefix('05VALDMARK')}"
        for of in thread(cable.pk, steps=steps, most=most).cables
    ]


def citing(identifier: str) -> list[str]:
    """Return what the search finds that cites a cable."""
    entries = CableFilter(QueryDict(f"q=cites:{identifier}")).qs
    return sorted(entries.values_list("cable__identifier", flat=True))


def test_chain_ends_two_steps_away(held):
    held(c1="", c2="VALDMARK 1", c3="VALDMARK 2", c4="VALDMARK 3", c5="VALDMARK 4", c6="VALDMARK 5", c7="VALDMARK 6")
    assert names(4) == ["-2:2", "-1:3", "0:4", "1:5", "2:6"]
    assert names(4, steps=3) == ["-3:1", "-2:2", "-1:3", "0:4", "1:5", "2:6", "3:7"]


def test_cable_says_what_it_cites_and_how_many_cite_it(held):
    held(c1="", c2="VALDMARK 1; VALDMARK 99", c3="VALDMARK 2; VALDMARK 1; VALDMARK 1")
    told = [
        (cable.identifier, cable.held, cable.cites, cable.cited_by)
        for cable in thread(Cable.objects.get(identifier="05VALDMARK2").pk, steps=2, most=60).cables
    ]
    assert told == [
        ("04VALDMARK99", False, (), 1),
        ("05VALDMARK1", True, (), 2),
        ("05VALDMARK2", True, ("05VALDMARK1", "04VALDMARK99"), 1),
        ("05VALDMARK3", True, ("05VALDMARK2", "05VALDMARK1"), 0),
    ]


def test_cables_that_cite_each_other_stand_once(held):
    held(c1="VALDMARK 3", c2="VALDMARK 1", c3="VALDMARK 2")
    assert names(2, steps=4) == ["-1:1", "0:2", "-2:3"]


def test_cable_that_cites_itself_is_no_thread(held):
    held(c1="VALDMARK 1", c2="")
    Reference.objects.create(
        cable=Cable.objects.get(identifier="05VALDMARK2"),
        position=0,
        kind="cable",
        target=Cable.objects.get(identifier="05VALDMARK2"),
        target_identifier="05VALDMARK2",
    )
    assert names(1) == ["0:1"]
    assert names(2) == ["0:2"]
    (alone,) = thread(Cable.objects.get(identifier="05VALDMARK2").pk, steps=2, most=60).cables
    assert alone.cites == ()


def test_what_is_nearer_comes_first_and_the_rest_is_counted(db, tmp_path):
    rows = {"05VALDMARK1": body("VALDMARK 000001"), "05VALDMARK2": body("VALDMARK 000002", ref="VALDMARK 1")}
    import_paths([csv_file(tmp_path / "c.csv", rows)])
    first = Cable.objects.get(identifier="05VALDMARK1")
    many = Cable.objects.bulk_create(
        Cable(identifier=f"05ORHAVEN{number}", sent_at=datetime(2005, 5, 1, tzinfo=UTC), content_hash=str(number))
        for number in range(500)
    )
    Reference.objects.bulk_create(
        Reference(cable=cable, position=0, kind="cable", target=first, target_identifier=first.identifier)
        for cable in many
    )
    Reference.objects.create(
        cable=many[0], position=1, kind="cable", target=many[7], target_identifier=many[7].identifier
    )

    found = thread(first.pk, steps=2, most=60)

    assert len(found.cables) == 60
    assert found.left_out == 501 - 59
    # What others cite in their turn comes before what none does.
    assert many[7].identifier in {cable.identifier for cable in found.cables}
    assert {cable.cited_by for cable in found.cables if cable.step == 0} == {501}
    # Half of the room is for what is cited, so that what cites has some.
    Reference.objects.bulk_create(
        Reference(cable=first, position=position, kind="cable", target_identifier=f"04ORHAVEN{position}")
        for position in range(100)
    )
    assert Counter(cable.step for cable in thread(first.pk, steps=2, most=60).cables) == {-1: 30, 0: 1, 1: 29}
    assert thread(first.pk, steps=2, most=60).left_out == 70 + 472


def test_thread_is_one_query_whatever_it_holds(held):
    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert names(number, steps=4)
        return len(captured) - 1  # the cable by its name

    held(c1="", c2="VALDMARK 1; VALDMARK 99", c3="VALDMARK 2", c4="VALDMARK 3; VALDMARK 2")
    assert [queries(number) for number in (1, 2, 3, 4)] == [1, 1, 1, 1]


def test_cable_that_is_removed_leaves_the_thread_at_once(held):
    held(c1="", c2="VALDMARK 1", c3="VALDMARK 2")
    assert names(3) == ["-2:1", "-1:2", "0:3"]
    Cable.objects.get(identifier="05VALDMARK2").delete()
    (gone, _) = thread(Cable.objects.get(identifier="05VALDMARK3").pk, steps=2, most=60).cables
    assert (gone.identifier, gone.held, gone.subject, gone.origin, gone.cites) == ("05VALDMARK2", False, "", "", ())


def test_cited_by_is_what_the_search_finds(held):
    Alias.objects.create(identifier="05ECTION01OF02VALDMARK1", target="05VALDMARK1")
    held(c1="", c2="VALDMARK 1; VALDMARK 77", c3="VALDMARK 1; VALDMARK 77", c4="VALDMARK 2")
    other_name = Reference.objects.get(cable__identifier="05VALDMARK4")
    Reference.objects.filter(pk=other_name.pk).update(target_identifier="05ECTION01OF02VALDMARK1", target=None)
    for reference in Reference.objects.filter(cable__identifier="05VALDMARK3"):
        reference.position += 10  # what is cited twice counts once
        reference.save(force_insert=True)
    Reference.objects.settle_all()
    for number in (1, 2, 3, 4):
        cable = Cable.objects.get(identifier=f"05VALDMARK{number}")
        for of in thread(cable.pk, steps=4, most=60).cables:
            assert of.cited_by == len(citing(of.identifier)), of
    assert citing("05VALDMARK1") == ["05VALDMARK2", "05VALDMARK3", "05VALDMARK4"]


def test_cable_of_unknown_day_stands_at_the_latest_that_it_can_be_of():
    def of(identifier: str, day: str = "", *cites: str) -> ThreadCable:
        return ThreadCable(
            identifier, bool(day), sent_at=datetime.fromisoformat(f"{day}T00Z") if day else None, cites=cites
        )

    cables = [
        of("05VALDMARK3", "2005-03-03", "05VALDMARK2", "04VALDMARK9"),
        of("05VALDMARK2"),
        of("04VALDMARK9"),
        of("05VALDMARK1", "2005-01-01"),
        of("NO-YEAR", ""),
        of("05VALDMARK8"),
        of("06VALDMARK1", "2006-01-01"),
    ]
    assert [cable.identifier for cable in in_order_of_time(cables)] == [
        "04VALDMARK9",
        "05VALDMARK1",
        "05VALDMARK2",
        "05VALDMARK3",
        "05VALDMARK8",
        "06VALDMARK1",
        "NO-YEAR",
    ]


MOMENTS = st.none() | st.datetimes(datetime(1966, 1, 1), datetime(2010, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.lists(st.tuples(MOMENTS, st.sets(st.integers(0, 19))), max_size=20))
def test_time_goes_on_from_row_to_row_and_nothing_is_lost(given_cables):
    cables = [
        ThreadCable(f"05VALDMARK{number}", True, sent_at=moment, cites=tuple(f"05VALDMARK{cited}" for cited in cites))
        for number, (moment, cites) in enumerate(given_cables)
    ]
    ordered = in_order_of_time(cables)
    assert sorted(ordered, key=lambda cable: cable.identifier) == sorted(cables, key=lambda cable: cable.identifier)
    dated = [cable.sent_at for cable in ordered if cable.sent_at]
    assert dated == sorted(dated)
    # What has no day stands above every dated cable that cites it.
    for row, cable in enumerate(ordered):
        if not cable.sent_at:
            assert all(cable.identifier not in earlier.cites for earlier in ordered[:row] if earlier.sent_at)
