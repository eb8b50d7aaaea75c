"""Identifiers: every printed form leads to one canonical form."""

from __future__ import annotations

import pytest

from cables.parsing.identifiers import canonical_identifier, split_identifier
from cables.reference_data import tables


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("05ALMATY538", "05ALMATY538"),
        ("05almaty538", "05ALMATY538"),
        (" 05 ALMATY 000538 ", "05ALMATY538"),
        ("05-ALMATY-0538", "05ALMATY538"),
        ("05PORT-OF-SPAIN7", "05PORTOFSPAIN7"),
        ("05N'DJAMENA7", "05NDJAMENA7"),
        ("05VALDMARK538", "05VALDMARK538"),
    ],
)
def test_separators_case_and_zeros_do_not_count(printed: str, canonical: str) -> None:
    assert canonical_identifier(printed) == canonical


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("2006STATE80908", "06STATE80908"),
        ("1973LIMA02545", "1973LIMA2545"),
        ("1979LIMA1", "1979LIMA1"),
        ("1980LIMA1", "80LIMA1"),
        ("1976STATE181062_b.html", "1976STATE181062"),
        ("1973ABIDJA00073", "1973ABIDJAN73"),
        ("7373LIMA12", "73LIMA12"),
    ],
)
def test_only_the_archives_series_keeps_four_digits_of_year(printed: str, canonical: str) -> None:
    assert canonical_identifier(printed) == canonical


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("09SECTION02OF04VALDMARK525", "09VALDMARK525"),
        ("09ECTION01OF02LIMA492", "09LIMA492"),
        ("09SECTIO0QF05HANOI297", "09HANOI297"),
        ("09EFTOLONDON24", "09LONDON24"),
        ("09AMEMBASSYHANOI12", "09HANOI12"),
        ("85NOFORNLIMA16", "85LIMA16"),
        ("10USDOCWASHDC12", "10USDOC12"),
        ("03LIMAPE12", "03LIMA12"),
        ("06LIMA002583ZFR2585", "06LIMA2583"),
        ("90STATE255577TOSEC140323", "90STATE255577"),
        ("090TTAWA57", "09OTTAWA57"),
        ("09COTON0U45", "09COTONOU45"),
        ("09SANTIAG0123", "09SANTIAGO123"),
    ],
)
def test_words_and_numbers_around_the_station_are_read_over(printed: str, canonical: str) -> None:
    assert canonical_identifier(printed) == canonical


@pytest.mark.parametrize("text", ["", "   ", "LIMA", "LIMA 12", "05", "0512", "05LIMA", "05LIMA123456789", "é" * 500])
def test_no_identifier_gives_nothing(text: str) -> None:
    assert canonical_identifier(text) == ""


def test_canonical_form_of_every_alias_is_that_of_its_identifier_and_stays() -> None:
    for printed, identifier in tables.aliases().items():
        canonical = canonical_identifier(printed)
        assert canonical == canonical_identifier(identifier)
        assert canonical_identifier(canonical) == canonical


@pytest.mark.parametrize(
    ("identifier", "parts"),
    [
        ("05ALMATY538", ("05", "ALMATY", 538)),
        ("1973LIMA2545", ("1973", "LIMA", 2545)),
        ("ALMATY", None),
        ("", None),
    ],
)
def test_split_gives_year_station_and_serial(identifier: str, parts: tuple[str, str, int] | None) -> None:
    assert split_identifier(identifier) == parts
