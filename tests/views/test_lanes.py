"""The lines of a thread: no two run over each other, and each leads from a cable to one that it cites."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from cables.views.lanes import CORNER, EDGE, ROW, STEP, WIDEST, Margin, lanes

ROWS = 40
EDGES = st.sets(st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)), max_size=80)


@given(EDGES)
def test_every_pair_has_its_lane_and_no_lane_has_another(edges):
    led = {(citing, lane.cited) for lane in lanes(edges) for citing in lane.citing}
    assert led == {(citing, cited) for citing, cited in edges if citing != cited}


@given(EDGES)
def test_no_two_lanes_run_over_each_other(edges):
    for one, other in combinations(lanes(edges), 2):
        assert one.number != other.number or one.last <= other.first or other.last <= one.first, (one, other)


@given(EDGES)
def test_only_neighbours_are_joined_through_the_dots(edges):
    assert all(lane.last - lane.first == 1 for lane in lanes(edges) if lane.number == 0)


@given(EDGES)
def test_lines_meet_from_row_to_row_and_lead_to_a_dot_just_where_a_cable_stands(edges):
    laid = lanes(edges)
    margin = Margin.of(laid)
    for lane in laid:
        ends = [ends_of(margin.path([lane], row)) for row in range(ROWS)]
        # What leaves a row at its foot enters the next at its head, in the same place.
        for (_, foot, _), (head, _, _) in pairwise(ends):
            assert foot == head
        assert {row for row, (_, _, dot) in enumerate(ends) if dot} == {lane.cited, *lane.citing}
        assert all(not head and not foot for row, (head, foot, _) in enumerate(ends) if row < lane.first)


def ends_of(path: str) -> tuple[set[float], set[float], bool]:
    """Return where a path crosses the head and the foot of its row, and whether it touches the dot."""
    head, foot, dot = set(), set(), False
    for line in filter(None, path.split("M")):
        x, y = map(float, re.match(r"([\d.]+) ([\d.]+)", line).groups())
        down = [float(to) for to in re.findall(r"V([\d.]+)", line)]
        head |= {x} if y == 0 else set()
        foot |= {x} if 9999 in {y, *down} else set()
        dot = dot or "H" in line or ROW in {y, *down}
    return head, foot, dot


@given(EDGES)
def test_margin_holds_every_line_and_stays_narrow(edges):
    laid = lanes(edges)
    margin = Margin.of(laid)
    assert margin.width <= EDGE + WIDEST + EDGE
    for row in range(ROWS):
        for x in re.findall(r"[MQ]([\d.]+)", margin.path(laid, row)):
            assert EDGE - 0.1 <= float(x) <= margin.dots


def test_chain_is_one_straight_line():
    laid = lanes([(row + 1, row) for row in range(9)])
    assert {lane.number for lane in laid} == {0}
    assert Margin.of(laid).dots == EDGE


def test_cable_that_many_cite_has_one_lane():
    laid = lanes([(row, 0) for row in range(1, 100)])
    assert [(lane.number, lane.first, lane.last) for lane in laid] == [(1, 0, 99)]
    x, dots = EDGE, EDGE + STEP
    assert Margin.of(laid).path(laid, 50) == (f"M{x} 0V9999M{x} {ROW - CORNER}Q{x} {ROW} {x + CORNER} {ROW}H{dots}")


def test_two_that_cite_each_other_are_joined_twice():
    assert sorted(lane.number for lane in lanes([(0, 1), (1, 0)])) == [0, 1]


def test_lane_of_a_later_cable_leads_up_to_the_one_that_cites_it():
    (lane,) = lanes([(0, 5)])
    x, dots = EDGE, EDGE + STEP
    assert Margin.of([lane]).path([lane], 0) == f"M{x} 9999V{ROW + CORNER}Q{x} {ROW} {x + CORNER} {ROW}H{dots}"
