"""Lists of the administrators' side: what they find, what they say when there is nothing, and what they never do."""

from __future__ import annotations

import re

import lxml.html
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.admin import lists
from cables.ingest.run import import_paths
from cables.ingest.withholding import withhold
from cables.models import Alias, Cable, ImportProblem, ImportRun, SearchEntry
from tests.invented import body, csv_file, csv_rows

CABLES = "/admin/cables/cable/"
LISTS = [
    f"/admin/cables/{name}/"
    for name in (
        "alias", "cable", "correction", "importproblem", "importrun", "post", "tag", "upload", "withholding",
    )
]  # fmt: skip


@pytest.fixture
def three(db, tmp_path) -> None:
    """Three cables, of two years and classifications; the first has an alias."""
    rows = [
        ("2/10/2005 7:16", "05VALDMARK538", "Embassy Valdmark", "SECRET", "", "", body(subject="FERRY CONCESSION")),
        ("2/11/2005 7:16", "05VALDMARK540", "Embassy Valdmark", "CONFIDENTIAL", "", "", body(subject="HARBOUR DUES")),
        ("3/1/2006 9:00", "06PORTALDWIN7", "Embassy Port Aldwin", "CONFIDENTIAL", "", "", body(subject="FERRY STRIKE")),
    ]
    (tmp_path / "cables.csv").write_text(csv_rows(rows))
    import_paths([tmp_path / "cables.csv"])
    Alias.objects.create(identifier="05OLDNAME01", target="05VALDMARK538")


def page_of(client, address: str, **asked: str) -> lxml.html.HtmlElement:
    response = client.get(address, asked, follow=True)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


def rows(client, address: str = CABLES, **asked: str) -> list[str]:
    """Return the first cell of each row, in order."""
    return [
        cell.text_content() for cell in page_of(client, address, **asked).xpath("//table[@id='result_list']//tbody//th")
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["06PORTALDWIN7", "05VALDMARK540", "05VALDMARK538"]),
        ("05VALDMARK538", ["05VALDMARK538"]),
        ("05valdmark54", ["05VALDMARK540"]),
        ("05 Valdmark 000538", ["05VALDMARK538"]),
        ("2005VALDMARK538", ["05VALDMARK538"]),
        ("2005valdmark", ["05VALDMARK540", "05VALDMARK538"]),
        ("05OLDNAME01", ["05VALDMARK538"]),
        ("05oldn", ["05VALDMARK538"]),
        ("ferry", ["06PORTALDWIN7", "05VALDMARK538"]),
        ("concessions ferries", ["05VALDMARK538"]),
        ("origin:aldwin", ["06PORTALDWIN7"]),
        ("ferry class:secret", ["05VALDMARK538"]),
        ("zeppelin", []),
        ("%", ["06PORTALDWIN7", "05VALDMARK540", "05VALDMARK538"]),
        ("05_ALDMARK538", []),
        ("zeppelin" * 600, []),
        ("05" + "VALDMARK" * 60, []),
    ],
)
def test_cables_are_found_newest_first(admin_client, three, typed, found):
    assert rows(admin_client, q=typed) == found


def test_cable_without_a_search_entry_is_found_by_its_name(admin_client, three):
    SearchEntry.objects.all().delete()

    assert rows(admin_client, q="05valdmark54") == ["05VALDMARK540"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"year": "2005"}, ["05VALDMARK540", "05VALDMARK538"]),
        ({"class": "confidential"}, ["06PORTALDWIN7", "05VALDMARK540"]),
        ({"year": "2005", "class": "confidential"}, ["05VALDMARK540"]),
        ({"q": "ferry", "year": "2005"}, ["05VALDMARK538"]),
        ({"q": "ferry", "year": "1999"}, []),
        ({"q": "05valdmark", "class": "secret"}, ["05VALDMARK538"]),
        ({"year": "x"}, []),
        ({"class": "x"}, []),
        ({"year": "2005", "o": "1"}, ["05VALDMARK538", "05VALDMARK540"]),
        ({"q": "ferry", "o": "4"}, ["05VALDMARK538", "06PORTALDWIN7"]),
    ],
)
def test_filters_words_and_order_go_together(admin_client, three, asked, found):
    assert rows(admin_client, **asked) == found


def test_filters_tell_how_many_cables_they_leave(admin_client, three):
    page = page_of(admin_client, CABLES)

    assert [link.text_content().strip() for link in page.xpath("//*[@id='changelist-filter']//a")] == [
        "All", "Yes", "No",
        "All", "2006 (1)", "2005 (2)",
        "All", "SECRET (1)", "CONFIDENTIAL (2)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [("05old", ["05OLDNAME01"]), ("05valdmark5", ["05OLDNAME01"]), ("old", []), ("", ["05OLDNAME01"])],
)
def test_aliases_are_found_by_either_beginning(admin_client, three, typed, found):
    assert rows(admin_client, "/admin/cables/alias/", q=typed) == found


@pytest.mark.parametrize(
    ("address", "sortable"),
    [
        (CABLES, ["Identifier", "Sent at"]),
        ("/admin/cables/tag/", ["Code"]),
        ("/admin/cables/post/", ["Name"]),
        ("/admin/cables/alias/", ["Identifier", "Target"]),
        ("/admin/cables/importrun/", ["Started at"]),
        ("/admin/cables/importproblem/", []),
    ],
)
def test_only_columns_with_an_index_order_a_list(admin_client, three, tmp_path, address, sortable):
    (tmp_path / "bad.bin").write_bytes(bytes(range(256)) * 100)
    import_paths([tmp_path / "bad.bin"])

    page = page_of(admin_client, address)

    assert page.xpath("//table[@id='result_list']//tbody//th"), "there is a list"
    assert [link.text for link in page.xpath("//thead//div[@class='text']/a")] == sortable


@pytest.mark.parametrize("column", ["0", "2", "-2", "3", "2.3", "5", "99", "x"])
def test_order_by_a_column_that_is_not_offered_is_not_taken(admin_client, three, column):
    by_subject = ["05VALDMARK538", "06PORTALDWIN7", "05VALDMARK540"]

    assert rows(admin_client, o=column) == ["06PORTALDWIN7", "05VALDMARK540", "05VALDMARK538"] != by_subject


@pytest.mark.parametrize("address", LISTS)
def test_list_asks_as_much_for_three_rows_as_for_one(admin_client, tmp_path, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(admin_client, address)
        return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SET ")) for query in captured)

    def fill(names: list[str]) -> None:
        files = [csv_file(tmp_path / f"{name}.csv", {f"05{name}1": body(tags=name)}) for name in names]
        bad = [tmp_path / f"{name}.bin" for name in names]
        for path in bad:
            path.write_bytes(bytes(range(256)) * 100)
        for path in [*files, *bad]:
            import_paths([path])
            Alias.objects.create(identifier=f"04{path.name}", target="05VALDMARK1")

    fill(["VALDMARK"])
    with_one = queries()
    fill(["PORTALDWIN", "TIKOUNDA", "RANGABAY"])

    # Four read all entries into memory, twice: a transaction that has written does so each time, no other.
    assert queries() <= with_one <= 8 + 8 * (address == CABLES)


@pytest.mark.parametrize("asked", ["", "?q=ferry", "?q=05", "?year=2005", "?class=confidential", "?o=1", "?p=2"])
@pytest.mark.parametrize("address", LISTS)
def test_nothing_is_counted_to_its_end(admin_client, three, address, asked):
    with CaptureQueriesContext(connection) as captured:
        admin_client.get(f"{address}{asked}", follow=True)

    counts = [query["sql"] for query in captured if "COUNT(" in query["sql"].upper()]
    assert counts
    assert [sql for sql in counts if not re.search(rf"LIMIT {lists.MOST + 1}\) subquery$", sql)] == []


def test_list_does_not_read_texts(admin_client, three):
    with CaptureQueriesContext(connection) as captured:
        page_of(admin_client, CABLES)

    assert not [query["sql"] for query in captured if '"cables_cable"."body"' in query["sql"]]


def test_long_list_shows_its_first_rows_and_says_so(admin_client, three, monkeypatch):
    monkeypatch.setattr(lists, "MOST", 2)

    page = page_of(admin_client, CABLES)

    (told,) = page.xpath("//div[@class='paginator']/p/text()")
    assert told.strip() == "The first 2 cables; search or filter to reach the others."


@pytest.mark.parametrize("address", LISTS)
def test_empty_list_says_what_it_is_for_and_what_to_do(admin_client, address):
    page = page_of(admin_client, address)

    about, nothing = page.xpath("//p[@class='about']/text()"), page.xpath("//p[@class='nothing']/text()")
    assert (len(about), len(nothing)) == (1, 1)
    assert about[0].endswith(".")
    assert "Select" not in page.xpath("//h1")[0].text_content()


def test_cable_list_is_for_those_who_may_see_cables(client, django_user_model, three):
    clerk = django_user_model.objects.create_user("clerk", password="x", is_staff=True)  # noqa: S106
    client.force_login(clerk)
    assert client.get(CABLES).status_code == 403

    clerk.user_permissions.set(Permission.objects.filter(codename="view_cable"))
    assert len(rows(client)) == 3


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("binary", ["harbour-2.bin", "ferry_1.bin"]),
        ("BINA enco", ["harbour-2.bin", "ferry_1.bin"]),
        ("ferry", ["ferry_1.bin"]),
        ("harbour 2 bin", ["harbour-2.bin"]),
        ("arbour", []),
        ("ferry harbour", []),
        ("'; & ! :*", []),
        ("", ["harbour-2.bin", "ferry_1.bin"]),
    ],
)
def test_problems_are_found_by_beginnings_of_words(admin_client, tmp_path, typed, found):
    files = [tmp_path / name for name in ("ferry_1.bin", "harbour-2.bin")]
    for file in files:
        file.write_bytes(bytes(range(256)) * 100)
    import_paths(files, below=tmp_path)

    page = page_of(admin_client, "/admin/cables/importproblem/", q=typed)

    assert page.xpath("//td[@class='field-place']/text()") == found


def test_problem_is_found_by_its_identifier(admin_client, three):
    run = ImportRun.objects.latest("pk")
    for identifier in ("05VALDMARK77", "06TIKOUNDA8"):
        ImportProblem.objects.create(run=run, file="x.csv", identifier=identifier, field="subject", reason="Unclear.")

    page = page_of(admin_client, "/admin/cables/importproblem/", q="05valdmark")

    assert page.xpath("//td[@class='field-identifier']/text()") == ["05VALDMARK77"]


def test_withheld_cable_is_found_by_its_name(admin_client, three):
    (withheld,) = withhold([Cable.objects.get(identifier="05VALDMARK540")], reason="By order.")

    assert rows(admin_client, q="05valdmark540") == [withheld.cable.identifier]
    assert rows(admin_client, withheld="yes") == [withheld.cable.identifier]
    assert rows(admin_client, year="2005", withheld="no") == ["05VALDMARK538"]


@pytest.mark.parametrize(
    "address", ["/admin/accounts/auditentry/", "/admin/accounts/failedsignin/", "/admin/auth/user/"]
)
def test_lists_of_accounts_say_what_they_are_for(admin_client, address):
    page = page_of(admin_client, address)

    (about,) = page.xpath("//p[@class='about']/text()")
    assert about.endswith(".")
    assert page.xpath("//a[text()='Show counts']") == []
