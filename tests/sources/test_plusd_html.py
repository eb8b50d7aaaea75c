from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.invented_files import read_cable

PAIRS = {
    "Canonical ID": "1976VALDMA18106_b",
    "Date": "1976 July 22, 01:11 (Thursday)",
    "Original Classification": "SECRET",
    "Current Classification": "UNCLASSIFIED",
    "Handling Restrictions": "EXDIS - Exclusive Distribution Only",
    "Executive Order": "-- N/A or Blank --",
    "TAGS": "<a>EFIS - Economic Affairs--Fisheries</a> | <a href='/o'>OR - Orlania</a> | PREL - Politics, Other",
    "Concepts": "-- Not Assigned --",
    "From": "Orlania Valdmark",
    "To": "Department of State",
    "Markings": "Declassified/Released US Department of State EO Systematic Review 04 MAY 2006",
}
TEXT = "PAGE 01 VALDMA 18106\n\nS E C R E T VALDMARK 18106\n1. IT IS SO."


def page(text: str = f"<pre>{TEXT}</pre>", subject: str = "THE FERRYMEN WIN", **changes: str) -> str:
    pairs = PAIRS | {name.replace("_", " "): value for name, value in changes.items()}
    rows = "".join(
        f"<tr><td><div class='s_key'>{key}:</div>\n<div class='s_val'>{value}</div></td></tr>"
        for key, value in pairs.items()
    )
    return (
        f"<html><body><table id='synopsis'><tr><td colspan='2'> {subject} </td></tr>{rows}</table>"
        f"<div id='tagged-text'>{text}</div><div id='raw-text'><pre>raw</pre></div></body></html>"
    )


def test_page_gives_every_field(tmp_path: Path) -> None:
    cable = read_cable(tmp_path, page())

    assert cable.form == "plusd-html"
    assert cable.identifier == "1976VALDMA18106"
    assert cable.subject == "THE FERRYMEN WIN"
    assert cable.created == "1976 July 22, 01:11 (Thursday)"
    assert cable.released == "04 MAY 2006"
    assert cable.classification == "SECRET"
    assert cable.tags == "EFIS, OR, PREL"
    assert cable.origin == "Orlania Valdmark"
    assert cable.body == TEXT
    assert cable.attributes["Canonical ID"] == "1976VALDMA18106_b"
    assert cable.attributes["TAGS"] == "EFIS - Economic Affairs--Fisheries | OR - Orlania | PREL - Politics, Other"
    assert cable.attributes["To"] == "Department of State"


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"subject": "-- N/A or Blank --"}, "subject", ""),
        ({"TAGS": "-- Not Assigned --"}, "tags", ""),
        ({"Canonical_ID": "72VALDMARK1164_a"}, "identifier", "72VALDMARK1164"),
        ({"Original_Classification": "-- Not Assigned --"}, "classification", "UNCLASSIFIED"),
        ({"text": "<p>PAGE 01</p><p>1. IT IS<br>SO.</p>"}, "body", "PAGE 01\n1. IT IS\nSO."),
        ({"text": ""}, "body", ""),
    ],
)
def test_absent_values_are_empty(tmp_path: Path, changes: dict[str, str], field: str, value: str) -> None:
    assert getattr(read_cable(tmp_path, page(**changes)), field) == value
