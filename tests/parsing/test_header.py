"""Headers: precedence, date-time group, sections, origin."""

from __future__ import annotations

import pytest

from cables.parsing.header import (
    locate_date_time_group,
    parse_date_time_group,
    parse_origin,
    parse_precedence,
    parse_sections,
)
from cables.parsing.posts import canonical_origin

HEADER = """\
VZCZCXRO4549
PP RUEHRG
DE RUEHSW #0881/01 2540944
ZNY SSSSS ZZH
O R 110944Z SEP 07
FM AMEMBASSY VALDMARK
TO RUEHC/SECSTATE WASHDC IMMEDIATE 4460
"""


def test_header_of_a_telegram() -> None:
    assert parse_precedence(HEADER) == "IMMEDIATE"
    assert parse_date_time_group(HEADER) == "110944Z SEP 07"
    assert parse_origin(HEADER) == "Embassy Valdmark"
    found = locate_date_time_group(HEADER)
    assert HEADER[found.start : found.end] == "110944Z SEP 07"


@pytest.mark.parametrize(
    ("header", "precedence"),
    [
        ("R 281848Z DEC 66", "ROUTINE"),
        ("P R 281848Z DEC 66", "PRIORITY"),
        ("Z 281848Z DEC 66", "FLASH"),
        ("281848Z DEC 66", ""),
        ("OO RUEHRG RUEHXX\n281848Z DEC 66", "IMMEDIATE"),
        ("", ""),
    ],
)
def test_precedence_is_that_of_the_action_addressees(header: str, precedence: str) -> None:
    assert parse_precedence(header) == precedence


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("S E C R E T SECTION 01 OF 03 ORMOND 000881", 3),
        ("S E C R E T ECTION 01OF 12 ORMOND 000881", 12),
        ("PAGE 02        ORMOND  06677  01 OF 03  291400Z", 3),
        ("S E C R E T ORMOND 000881", None),
        ("SECTION 01 OF 00", None),
        ("", None),
    ],
)
def test_sections(text: str, sections: int | None) -> None:
    assert parse_sections(text) == sections


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("AMEMBASSY BERN", "Embassy Bern"),
        ("AMEMBASSY PORT AU PRINCE", "Embassy Port Au Prince"),
        ("AMEMBASSY NDJAMENA PRIORITY 123", "Embassy Ndjamena"),
        ("RUEHAM/AMEMBASSY AMMAN", "Embassy Amman"),
        ("AMCONSUL SAO PAULO", "Consulate Sao Paulo"),
        ("AMCONSUL SKARNHAVN", "Consulate Skarnhavn"),
        ("AMEMBASSY AL DIRWAZA", "Embassy Al Dirwaza"),
        ("SECSTATE WASHDC", "Secretary of State"),
        ("USMISSION USUN NEW YORK", "USUN New York"),
        ("USMISSION GENEVA", "Mission Geneva"),
        ("USMISSION USNATO", "Mission USNATO"),
        ("AIT TAIPEI", "American Institute Taiwan, Taipei"),
        ("USOFFICE ALMATY", "US Office Almaty"),
        ("USINT HAVANA", "US Interests Section Havana"),
        ("CDR USSOUTHCOM", "CDR USSOUTHCOM"),
    ],
)
def test_origin_of_the_from_line(address: str, origin: str) -> None:
    assert parse_origin(f"R 110944Z SEP 07\nFM {address}\nTO SECSTATE WASHDC") == origin


def test_no_from_line_gives_no_origin() -> None:
    assert parse_origin("R 110944Z SEP 07\nTO SECSTATE WASHDC") == ""


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("Embassy Lima", "Embassy Lima"),
        ("embassy  lima", "Embassy Lima"),
        ("Embasy Bonn", "Embassy Bonn"),
        ("Emabssy Prague", "Embassy Prague"),
        ("Embassy Pretorja", "Embassy Pretoria"),
        ("LIMA", "Embassy Lima"),
        ("NEWDE", "Embassy New Delhi"),
        ("STATE", "Secretary of State"),
        ("Embassy Valdmark", "Embassy Valdmark"),
        ("Embasy Valdmark", "Embassy Valdmark"),
        ("Consulate Lima", "Consulate Lima"),
        ("VALDMARK", "VALDMARK"),
        ("US Office Almaty", "US Office Almaty"),
        ("", ""),
    ],
)
def test_origin_of_a_source_is_corrected_only_where_clear(name: str, origin: str) -> None:
    assert canonical_origin(name) == origin
