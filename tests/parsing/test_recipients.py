"""Addressees: routing, precedence, number, exemptions, and lines that are none."""

from __future__ import annotations

import pytest

from cables.parsing.recipients import (
    locate_info_recipients,
    parse_info_recipients,
    parse_recipients,
)
from cables.parsing.records import Recipient

HEADER = """\
O 110944Z SEP 07
FM AMEMBASSY VALDMARK
TO RUEHC/SECSTATE WASHDC IMMEDIATE 4460
RUEHXX/EUROPEAN POLITICAL COLLECTIVE
XMT AMEMBASSY ORMOND
AMCONSUL SKARNHAVN
RUEHYY/AMEMBASSY VALBRUNE NIACT IMMEDIATE 0018
INFO RUEHZZ/DEFENCE FORCES ORMOND//J3/J5// PRIORITY
AMEMBASSY KITAMBEZI 77
"""


def test_action_addressees() -> None:
    assert parse_recipients(HEADER) == [
        Recipient("SECSTATE WASHDC", "RUEHC", "IMMEDIATE", "4460"),
        Recipient("EUROPEAN POLITICAL COLLECTIVE", "RUEHXX", excluded=("AMEMBASSY ORMOND", "AMCONSUL SKARNHAVN")),
        Recipient("AMEMBASSY VALBRUNE", "RUEHYY", "NIACT IMMEDIATE", "0018"),
    ]


def test_information_addressees() -> None:
    assert parse_info_recipients(HEADER) == [
        Recipient("DEFENCE FORCES ORMOND//J3/J5//", "RUEHZZ", "PRIORITY"),
        Recipient("AMEMBASSY KITAMBEZI", number="77"),
    ]


@pytest.mark.parametrize(
    ("line", "recipient"),
    [
        ("AMEMBASSY ORMOND", Recipient("AMEMBASSY ORMOND")),
        ("AMEMBASSY ORMOND PIORITY", Recipient("AMEMBASSY ORMOND", precedence="PRIORITY")),
        ("AMEMBASSY ORMOND FLASH", Recipient("AMEMBASSY ORMOND", precedence="FLASH")),
        ("SECSTATE WASHDC9461", Recipient("SECSTATE WASHDC", number="9461")),
        ("PAGE 02        STATE   015113  182333Z \nAMEMBASSY ORMOND", Recipient("AMEMBASSY ORMOND")),
    ],
)
def test_one_addressee(line: str, recipient: Recipient) -> None:
    assert parse_recipients(f"FM SECSTATE WASHDC\nTO {line}") == [recipient]


@pytest.mark.parametrize(
    "end",
    [
        "",
        "\n\nAMEMBASSY LIMA",
        "\nBT\nSIPDIS",
        "\nSECRET ORMOND 123",
        "\nC O N F I D E N T I A L",
        "\nUNCLAS SECTION 01 OF 02",
    ],
)
def test_list_ends_with_the_header(end: str) -> None:
    assert parse_recipients(f"TO AMEMBASSY ORMOND 12{end}") == [Recipient("AMEMBASSY ORMOND", number="12")]


def test_distribution_of_the_department_is_no_list_of_addressees() -> None:
    header = "ACTION ARA-20\n\nINFO  OCT-01  ISO-00  EB-11\nFM AMEMBASSY ORMOND\nTO SECSTATE\nINFO AMEMBASSY LIMA"
    assert parse_info_recipients(header) == [Recipient("AMEMBASSY LIMA")]


def test_no_lines_give_nothing() -> None:
    assert (
        parse_recipients("INFO AMEMBASSY LIMA"),
        parse_info_recipients("TO AMEMBASSY LIMA"),
        parse_recipients(""),
    ) == ([], [], [])


def test_located_addressees_cover_their_lines() -> None:
    found = locate_info_recipients(HEADER)
    assert HEADER[found.start : found.end] == HEADER[HEADER.index("INFO") :].rstrip()
