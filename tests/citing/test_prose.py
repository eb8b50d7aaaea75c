"""Citations in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cables.citing import Cited, chicago, mla, nara

FULL = Cited(
    identifier="05VALDMARK538",
    address="https://cables.example/cable/05VALDMARK538/",
    repository="Cable Archive",
    subject="ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN",
    origin="Embassy Valdmark",
    sent_at=datetime(2005, 2, 10, 7, 16, tzinfo=UTC),
    release="invented-2",
    released_on=date(2011, 10, 4),
)
BARE = Cited("05VALDMARK538", "https://cables.example/cable/05VALDMARK538/", "Cable Archive")
CASES = {
    "full": FULL,
    "paragraph": replace(FULL, paragraph="3"),
    "bare": BARE,
    "no origin": replace(FULL, origin=""),
    "no subject": replace(FULL, subject="", is_extract=True),
    "bare paragraph": replace(BARE, paragraph="12"),
    "series": replace(FULL, series="Central Foreign Policy Files", release="", released_on=None),
    "September": replace(FULL, sent_at=datetime(2009, 9, 1, 23, 59, tzinfo=UTC)),
}


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (
            "full",
            (
                "Telegram 05VALDMARK538 from Embassy Valdmark, “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” "
                "February 10, 2005; invented-2, released October 4, 2011; "
                "Cable Archive [online version at https://cables.example/cable/05VALDMARK538/]."
            ),
        ),
        (
            "paragraph",
            (
                "Telegram 05VALDMARK538 from Embassy Valdmark, “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” "
                "February 10, 2005, paragraph 3; invented-2, released October 4, 2011; "
                "Cable Archive [online version at https://cables.example/cable/05VALDMARK538/#par3]."
            ),
        ),
        (
            "bare",
            (
                "Telegram 05VALDMARK538, origin not stated, no subject, undated; "
                "Cable Archive [online version at https://cables.example/cable/05VALDMARK538/]."
            ),
        ),
        (
            "no origin",
            (
                "Telegram 05VALDMARK538, origin not stated, “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” "
                "February 10, 2005; invented-2, released October 4, 2011; "
                "Cable Archive [online version at https://cables.example/cable/05VALDMARK538/]."
            ),
        ),
        (
            "no subject",
            (
                "Telegram 05VALDMARK538 (extract) from Embassy Valdmark, no subject, February 10, 2005; "
                "invented-2, released October 4, 2011; "
                "Cable Archive [online version at https://cables.example/cable/05VALDMARK538/]."
            ),
        ),
        (
            "series",
            (
                "Telegram 05VALDMARK538 from Embassy Valdmark, “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” "
                "February 10, 2005; Central Foreign Policy Files; "
                "Cable Archive [online version at https://cables.example/cable/05VALDMARK538/]."
            ),
        ),
    ],
)
def test_nara_tells_record_series_release_and_repository(case, words):
    assert nara(CASES[case]) == words


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (
            "full",
            (
                "Embassy Valdmark, “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” cable 05VALDMARK538, "
                "February 10, 2005, Cable Archive, https://cables.example/cable/05VALDMARK538/."
            ),
        ),
        (
            "paragraph",
            (
                "Embassy Valdmark, “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” cable 05VALDMARK538, "
                "February 10, 2005, para. 3, Cable Archive, https://cables.example/cable/05VALDMARK538/#par3."
            ),
        ),
        ("bare", "Cable 05VALDMARK538, n.d., Cable Archive, https://cables.example/cable/05VALDMARK538/."),
        (
            "no origin",
            (
                "“ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN,” cable 05VALDMARK538, "
                "February 10, 2005, Cable Archive, https://cables.example/cable/05VALDMARK538/."
            ),
        ),
        (
            "no subject",
            (
                "Embassy Valdmark, cable 05VALDMARK538 (extract), February 10, 2005, Cable Archive, "
                "https://cables.example/cable/05VALDMARK538/."
            ),
        ),
    ],
)
def test_chicago_is_a_full_note(case, words):
    assert chicago(CASES[case]) == words


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (
            "full",
            (
                "Embassy Valdmark. “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN.” Cable Archive, "
                "cable 05VALDMARK538, 10 Feb. 2005, https://cables.example/cable/05VALDMARK538/."
            ),
        ),
        (
            "September",
            (
                "Embassy Valdmark. “ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN.” Cable Archive, "
                "cable 05VALDMARK538, 1 Sept. 2009, https://cables.example/cable/05VALDMARK538/."
            ),
        ),
        ("bare", "Cable 05VALDMARK538. Cable Archive, https://cables.example/cable/05VALDMARK538/."),
        (
            "bare paragraph",
            "Cable 05VALDMARK538. Cable Archive, par. 12, https://cables.example/cable/05VALDMARK538/#par12.",
        ),
        (
            "no subject",
            (
                "Embassy Valdmark. Cable 05VALDMARK538 (extract). Cable Archive, 10 Feb. 2005, "
                "https://cables.example/cable/05VALDMARK538/."
            ),
        ),
    ],
)
def test_mla_is_an_entry_of_works_cited(case, words):
    assert mla(CASES[case]) == words


@pytest.mark.parametrize(
    ("subject", "with_comma", "with_stop"),
    [
        ("WHO OWNS THE FERRY?", "“WHO OWNS THE FERRY?,”", "“WHO OWNS THE FERRY?”"),
        ("THE FERRY SAILS.", "“THE FERRY SAILS,”", "“THE FERRY SAILS.”"),
        ("AND THEN...", "“AND THEN...,”", "“AND THEN...”"),
        ('THE "LANTERN" AFFAIR', "“THE 'LANTERN' AFFAIR,”", "“THE 'LANTERN' AFFAIR.”"),
        ("THE “LANTERN” AFFAIR", "“THE ‘LANTERN’ AFFAIR,”", "“THE ‘LANTERN’ AFFAIR.”"),
        ("TWO\r\n\x00LINES\u2028OF  IT", "“TWO LINES OF IT,”", "“TWO LINES OF IT.”"),
    ],
)
def test_subject_is_quoted_with_one_mark_at_its_end(subject, with_comma, with_stop):
    cited = replace(FULL, subject=subject)
    assert with_comma in nara(cited)
    assert with_comma in chicago(cited)
    assert f"{with_stop} Cable Archive" in mla(cited)
