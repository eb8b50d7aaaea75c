"""What pages tell of cables that are not held, where a table of known identifiers was loaded."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from django.core.management import call_command

from cables.ingest.run import import_paths
from cables.models import KnownCount
from cables.search.known import Known, what_is_known
from tests.invented import body, csv_file

KNOWN = "05VALDMARK2,3\n05VALDMARK3,11\n1975ORHAVEN7,1\n"


def load(folder: Path, text: str = KNOWN) -> None:
    path = folder / "known.csv"
    path.write_text(text)
    call_command("load_known_identifiers", str(path))


def test_table_tells_of_the_stations_and_years_that_it_lists(db, tmp_path):
    load(tmp_path)
    asked = ["05VALDMARK2", "05VALDMARK3", "05VALDMARK4", "04VALDMARK2", "05ORHAVEN7", "1975ORHAVEN7", "nonsense", ""]
    assert what_is_known(asked) == {
        "05VALDMARK2": Known.LISTED,
        "05VALDMARK3": Known.LISTED,
        "05VALDMARK4": Known.UNLISTED,
        "1975ORHAVEN7": Known.LISTED,
    }


def test_table_loaded_before_serials_were_kept_tells_nothing(db, tmp_path):
    load(tmp_path)
    KnownCount.objects.update(serials=[])
    assert what_is_known(["05VALDMARK2", "05VALDMARK4"]) == {}


@pytest.mark.parametrize(
    ("loaded", "told"),
    [
        (False, ["not held here", "not held here"]),
        (True, ["known to exist, not held here", "not held here; no cable of this number is known"]),
    ],
)
def test_reference_that_is_not_held_is_told_by_what_is_known(db, client, tmp_path, loaded, told):
    citing = body("VALDMARK 1", ref="A. VALDMARK 2 B. VALDMARK 4 C. SMITH-JONES TELCON OF 3/1/05")
    import_paths([csv_file(tmp_path / "c.csv", {"05VALDMARK1": citing})])
    if loaded:
        load(tmp_path)

    page = lxml.html.fromstring(client.get("/cable/05VALDMARK1/").content)
    assert page.xpath("//ol[@class='references']/li/span[@class='soft']/text()") == [*told, "a telephone call"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("05VALDMARK2", "It is known to exist: the list of known cables that this archive has names it."),
        ("05valdmark0002", "It is known to exist: the list of known cables that this archive has names it."),
        ("05VALDMARK4", "names others of that sender and year, and not this one."),
        ("04VALDMARK2", None),
    ],
)
def test_page_of_a_cable_that_is_not_held_says_whether_it_is_known(db, client, tmp_path, name, told):
    load(tmp_path)
    response = client.get(f"/cable/{name}/")
    assert response.status_code == 404
    lead = lxml.html.fromstring(response.content).xpath("string(//p[@class='lead'])")
    assert lead.endswith(told) if told else lead.endswith(f"is called {name}.")
