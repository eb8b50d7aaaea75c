"""Coverage: held against known, by post, year and month, as pages and as CSV."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from django.core.management import CommandError, call_command

from cables.ingest.run import import_paths
from cables.models import Cable, KnownCount, Post, Reference, SearchEntry
from cables.views.spreadsheets import harmless
from tests.invented import body, csv_file

KNOWN = """\
05VALDMARK1,3
05VALDMARK0001,3
05VALDMARK7,3
05VALDMARK8,4
99NOSUCHPLACE5,12
"""


@pytest.fixture
def held(db: None, tmp_path: Path) -> Path:
    """Two cables of a post, of March 2005, that cite two that are not held, each other, and one of them itself."""
    citing = body("VALDMARK 1", ref="VALDMARK 2; VALDMARK 8; 04 VALDMARK 9")
    import_paths([csv_file(tmp_path / "c.csv", {"05VALDMARK1": citing, "05VALDMARK2": body("VALDMARK 2")})])
    cable = Cable.objects.get(identifier="05VALDMARK2")
    Reference.objects.create(cable=cable, position=1, kind="cable", target_identifier=cable.identifier)
    return tmp_path


def load(folder: Path, text: str, name: str = "known.csv") -> None:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    call_command("load_known_identifiers", str(path))


def table(client, address: str) -> list[list[str]]:
    page = lxml.html.fromstring(client.get(address).content)
    return [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//main//table//tr")]


def csv_of(client) -> str:
    response = client.get("/coverage.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("name", ["known.csv", "known.csv.gz"])
def test_known_identifiers_are_counted_once_by_station_and_month(db, tmp_path, name, capsys):
    load(tmp_path, KNOWN, name)
    assert list(KnownCount.objects.order_by("month").values_list("station", "month", "number")) == [
        ("NOSUCHPLACE", date(1999, 12, 1), 1),
        ("VALDMARK", date(2005, 3, 1), 2),
        ("VALDMARK", date(2005, 4, 1), 1),
    ]
    assert capsys.readouterr().out == "4 identifiers of 2 stations\n"


def test_a_table_takes_the_place_of_the_one_before(db, tmp_path):
    load(tmp_path, KNOWN)
    load(tmp_path, "05VALDMARK7,3\n")
    assert KnownCount.objects.count() == 1


def test_lines_that_are_no_identifiers_are_told_and_the_rest_is_loaded(db, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        load(tmp_path, "identifier,month\n05VALDMARK7,3\n\n05VALDMARK8,13\n05VALDMARK9\n05VALDMARK10,²\n\x00,1\n")
    assert ended.value.code == 1
    assert list(KnownCount.objects.values_list("number", flat=True)) == [1]
    assert capsys.readouterr().err.splitlines()[-1] == "5 lines could not be read"


@pytest.mark.parametrize("content", [b"", b"nonsense\n", b"\x1f\x8bbroken", None])
def test_unreadable_table_leaves_what_was_loaded(db, tmp_path, content):
    load(tmp_path, KNOWN)
    path = tmp_path / "other.csv.gz" if content and content.startswith(b"\x1f") else tmp_path / "other.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError) as failed:
        call_command("load_known_identifiers", str(path))
    assert failed.value.returncode == 2
    assert KnownCount.objects.count() == 3


def test_without_a_table_the_page_shows_what_is_held_and_how_to_load_one(held, client):
    assert table(client, "/coverage/") == [
        ["Post", "2005", "All", "Cited, not held"],
        ["Embassy Valdmark", "2", "2", "2"],
    ]
    assert "manage.py load_known_identifiers" in client.get("/coverage/").content.decode()
    assert csv_of(client) == "origin,station,month,held,known\r\nEmbassy Valdmark,VALDMARK,2005-03,2,\r\n"


def test_matrix_shows_held_and_known_of_posts_and_stations(held, client):
    load(held, KNOWN)
    assert table(client, "/coverage/") == [
        ["Post", "1999", "2005", "All", "Cited, not held"],
        ["Embassy Valdmark", "", "2/3", "2/3", "2"],
        ["Station NOSUCHPLACE", "0/1", "", "0/1", ""],
    ]
    page = lxml.html.fromstring(client.get("/coverage/").content)
    assert page.xpath("//table//td/@class") == ["held-7", "held-0"]
    assert page.xpath("//tbody//th/a/@href") == ["/coverage/embassy-valdmark/"]


def test_post_by_month_and_what_is_cited_of_each_year(held, client):
    load(held, KNOWN)
    rows = table(client, "/coverage/embassy-valdmark/")
    assert rows[1:] == [
        ["2004", *[""] * 12, "", "1"],
        ["2005", "", "", "2/2", "0/1", *[""] * 8, "2/3", "1"],
    ]
    page = lxml.html.fromstring(client.get("/coverage/embassy-valdmark/").content)
    assert page.xpath("//table//a/@href") == ["/search/?origin=embassy-valdmark&since=2005-03&until=2005-03"]


def test_more_held_than_listed_are_known_as_well(held, client):
    load(held, "05VALDMARK1,3\n")
    assert csv_of(client).splitlines()[1:] == ["Embassy Valdmark,VALDMARK,2005-03,2,2"]


def test_csv_has_every_post_and_month(held, client):
    load(held, KNOWN)
    import_paths([csv_file(held / "more.csv", {"05VALBRUNE4": body("VALBRUNE 4")}, origin="Embassy Valbrune")])
    undated = Cable.objects.get(identifier="05VALBRUNE4")
    Cable.objects.filter(pk=undated.pk).update(sent_at=None)
    SearchEntry.objects.refresh([undated.pk])
    assert csv_of(client) == (
        "origin,station,month,held,known\r\n"
        "Embassy Valbrune,VALBRUNE,,1,1\r\n"
        "Embassy Valdmark,VALDMARK,2005-03,2,2\r\n"
        "Embassy Valdmark,VALDMARK,2005-04,0,1\r\n"
        "Station NOSUCHPLACE,NOSUCHPLACE,1999-12,0,1\r\n"
    )


def test_csv_has_no_formulas(held, client):
    Post.objects.update(name='=HYPERLINK("http://example.org","x"), really')
    (_, row) = csv.reader(csv_of(client).splitlines())
    assert row == ['\'=HYPERLINK("http://example.org","x"), really', "VALDMARK", "2005-03", "2", ""]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", " =1", "  @x"])
def test_what_begins_a_formula_is_made_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Embassy Valdmark", "US-Mission", "1+1"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_newly_imported_cables_count_at_once(held, client):
    load(held, KNOWN)
    client.get("/coverage/")
    more = {"05VALDMARK8": body("VALDMARK 8")}
    import_paths([csv_file(held / "more.csv", more)])
    assert table(client, "/coverage/")[1] == ["Embassy Valdmark", "", "3/4", "3/4", "1"]


def test_newly_loaded_table_counts_at_once(transactional_db, client, tmp_path):
    # Between transactions of its own, as in service: there the coverage is kept while nothing changes.
    import_paths([csv_file(tmp_path / "c.csv", {"05VALDMARK1": body("VALDMARK 1")})])
    answers = []
    for table in (KNOWN, "05VALDMARK7,3\n05VALDMARK8,3\n05VALDMARK9,3\n"):
        load(tmp_path, table)
        answers.append(csv_of(client).splitlines()[1])
    assert answers == ["Embassy Valdmark,VALDMARK,2005-03,1,2", "Embassy Valdmark,VALDMARK,2005-03,1,3"]


def test_empty_archive_has_an_empty_coverage(db, client):
    assert csv_of(client) == "origin,station,month,held,known\r\n"
    assert "No cable is held yet." in client.get("/coverage/").content.decode()


def test_station_is_the_post_that_sent_most_of_its_cables(db, client, tmp_path):
    one = {"05VALDMARK1": body("VALDMARK 1"), "05VALDMARK2": body("VALDMARK 2"), "05OLDMARK1": body("OLDMARK 1")}
    import_paths([csv_file(tmp_path / "one.csv", one)])
    import_paths([csv_file(tmp_path / "other.csv", {"05VALDMARK3": body("VALDMARK 3")}, origin="Embassy Anvers")])
    load(tmp_path, "04VALDMARK5,1\n04OLDMARK6,1\n")
    assert csv_of(client).splitlines()[1:] == [
        "Embassy Anvers,,2005-03,1,1",
        "Embassy Valdmark,VALDMARK,2004-01,0,2",
        "Embassy Valdmark,VALDMARK,2005-03,3,3",
    ]


def test_station_of_the_table_of_posts_counts_for_its_post(db, client, tmp_path):
    Post.objects.create(name="Embassy Reykjavik", slug="embassy-reykjavik")
    load(tmp_path, "05REYKJAVIK5,1\n")
    assert table(client, "/coverage/")[1] == ["Embassy Reykjavik", "0/1", "0/1", ""]
