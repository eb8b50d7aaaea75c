"""Declassification: days and what stands in their place, under each of the executive orders."""

from __future__ import annotations

from datetime import date

import pytest

from cables.parsing.declassification import (
    locate_declassify_on,
    parse_declassify_condition,
    parse_declassify_on,
)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("E.O. 12958: DECL: 11/22/2012", date(2012, 11, 22)),
        ("EO 12958 DECL: 6/3/08", date(2008, 6, 3)),
        ("EO 12958 DECL 2020/02/23", date(2020, 2, 23)),
        ("E.O. 1295: DECL: 07-24-2018", date(2018, 7, 24)),
        ("E.o. 12958: decl: 12/31/2034 Tags: prel", date(2034, 12, 31)),
        ("DECL: 07/24/2018", date(2018, 7, 24)),
        ("E.O. 12958: DECL: 24/07/2018", date(2018, 7, 24)),
        ("E.O. 12958: DECL: JULY 24, 2018", date(2018, 7, 24)),
        ("E.O. 12958: DECL: 24 JUL 2018", date(2018, 7, 24)),
        ("E.O. 12065: GDS 10/2/86 (OSTREM, R)", date(1986, 10, 2)),
        ("E.O. 11652: ADS, DECLAS 3/1/79", date(1979, 3, 1)),
        ("E.O. 12958: DECL: 02/30/2014", None),
        ("E.O. 12958: DECL: 13/13/2014", None),
        ("E.O. 12958: AS AMENDED; DECLASSIFIED JUNE 21, 2006", None),
        ("E.O. 12958: DECL: DECLASSIFIED BY NARA 09/02/2009", None),
        ("E.O. 12958: N/A", None),
        ("1. (U) DECL: 07/24/2018", None),
        ("", None),
    ],
)
def test_day(line: str, day: date | None) -> None:
    assert parse_declassify_on(line) == day


@pytest.mark.parametrize(
    ("line", "condition"),
    [
        ("E.O. 12356: DECL: OADR", "OADR"),
        ("E.O.12356: DECL:OADR", "OADR"),
        ("E.O. 11652: GDS", "GDS"),
        ("E.O. 11652: XGDS-2", "XGDS-2"),
        ("E.O. 11652: XGDS (1)", "XGDS-1"),
        ("E.O. 11652: NGDS", "NGDS"),
        ("E.O. 12065: RDS-1 10/2/99 (OSTREM)", "RDS-1"),
        ("E.O. 12958: DECL: X1", "X1"),
        ("E.O. 12958: DECL: X-1, X5", "X1, X5"),
        ("E.O. 12958: DECL: 1.6X1", "X1"),
        ("E.O. 12958: DECL: 25X1-HUMAN", "25X1-HUMAN"),
        ("E.O. 12958: DECL: AFTER KOREAN UNIFICATION\nTAGS: PREL", "AFTER KOREAN UNIFICATION"),
        ("E.o. 12958: decl: after korean unification Tags: prel", "AFTER KOREAN UNIFICATION"),
        ("E.O. 12958: DECL: 11/22/2012", ""),
        ("E.O. 12958: N/A", ""),
        ("SUBJECT: GDS ON FERRIES", ""),
        ("", ""),
    ],
)
def test_condition(line: str, condition: str) -> None:
    assert parse_declassify_condition(line) == condition


def test_located_day_covers_the_line_from_its_label() -> None:
    text = "SIPDIS\n\nE.O. 12958: DECL: 11/22/2012 \nTAGS: PREL"
    found = locate_declassify_on(text)
    assert text[found.start : found.end] == "E.O. 12958: DECL: 11/22/2012"
