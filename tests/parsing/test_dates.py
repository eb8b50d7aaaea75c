"""Dates and times: every form of the sources, and no impossible day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cables.parsing.dates import date_time_group_to_datetime, parse_created


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12/28/1966 18:48", datetime(1966, 12, 28, 18, 48, tzinfo=UTC)),
        ("2/5/1972 9:30", datetime(1972, 2, 5, 9, 30, tzinfo=UTC)),
        ("28/12/1966", datetime(1966, 12, 28, tzinfo=UTC)),
        ("2005-02-10 07:16", datetime(2005, 2, 10, 7, 16, tzinfo=UTC)),
        ("2005-02-10 07:16:05", datetime(2005, 2, 10, 7, 16, 5, tzinfo=UTC)),
        ("2010-02-26T16:42:00Z", datetime(2010, 2, 26, 16, 42, tzinfo=UTC)),
        ("2010-02-26T16:42:00+02:00", datetime(2010, 2, 26, 14, 42, tzinfo=UTC)),
        ("2011/10/04", datetime(2011, 10, 4, tzinfo=UTC)),
        ("Tue Aug 22 00:00:00 +0100 1972", datetime(1972, 8, 22, tzinfo=UTC)),
        ("11 APR 1973", datetime(1973, 4, 11, tzinfo=UTC)),
        ("01-Jan-1994 12:00:00 am", datetime(1994, 1, 1, tzinfo=UTC)),
        ("01-Jan-1994 12:30:00 pm", datetime(1994, 1, 1, 12, 30, tzinfo=UTC)),
        ("01-Jan-1994 1:00:00 pm", datetime(1994, 1, 1, 13, tzinfo=UTC)),
        ("1975 January 1, 00:00 (Wednesday)", datetime(1975, 1, 1, tzinfo=UTC)),
        ("Thursday, 10 February 2005, 07:16", datetime(2005, 2, 10, 7, 16, tzinfo=UTC)),
        ("June 21, 2006", datetime(2006, 6, 21, tzinfo=UTC)),
        ("19730411", datetime(1973, 4, 11, tzinfo=UTC)),
        ("2/30/2005", None),
        ("2005-13-01", None),
        ("31 APR 2005", None),
        ("2005-02-10 25:00", None),
        ("11 ABC 1973", None),
        ("n/a", None),
        ("", None),
        ("1" * 1000, None),
    ],
)
def test_created(text: str, moment: datetime | None) -> None:
    assert parse_created(text) == moment


@pytest.mark.parametrize(
    ("group", "moment"),
    [
        ("110944Z SEP 07", datetime(2007, 9, 11, 9, 44, tzinfo=UTC)),
        ("281848Z DEC 66", datetime(1966, 12, 28, 18, 48, tzinfo=UTC)),
        ("220547 Z JUN 73", datetime(1973, 6, 22, 5, 47, tzinfo=UTC)),
        ("291359Z Nov 2000", datetime(2000, 11, 29, 13, 59, tzinfo=UTC)),
        ("310000Z FEB 07", None),
        ("112460Z SEP 07", None),
        ("112500Z SEP 07", None),
        ("SEP 07", None),
        ("", None),
    ],
)
def test_date_time_group(group: str, moment: datetime | None) -> None:
    assert date_time_group_to_datetime(group) == moment
