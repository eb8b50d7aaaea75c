"""The first page of the administrators' side: what it tells, and whom."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import lxml.html
import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.admin import dashboard
from cables.ingest import bulk
from cables.ingest.run import import_paths
from cables.models import ImportProblem, ImportRun, Upload
from tests.ingest.files import many_cables
from tests.ingest.test_resume import BrokenOffError, break_off_after
from tests.ingest.under_way import import_under_way
from tests.invented import body, csv_file

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def imported(db, tmp_path: Path) -> ImportRun:
    """Three cables, and a run that met two problems, of which one is set aside."""
    texts = {f"05VALDMARK{number}": body(tags="PGOV, ECON") for number in (1, 2, 3)}
    import_paths([csv_file(tmp_path / "cables.csv", texts)])
    for name in ("ferry<b>.bin", "harbour.bin"):
        (tmp_path / name).write_bytes(bytes(range(256)) * 100)
    import_paths([tmp_path / "ferry<b>.bin", tmp_path / "harbour.bin"])
    return ImportRun.objects.latest("pk")


def sections(client) -> dict[str, lxml.html.HtmlElement]:
    """Return the page's sections by their headings."""
    page = lxml.html.fromstring(client.get("/admin/").content)
    return {section.xpath(".//h2")[0].text: section for section in page.xpath("//main//section")}


def told(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def signed_in(client, django_user_model, role: str):
    user = django_user_model.objects.create_user("clerk", password="x", is_staff=True)  # noqa: S106
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    return client


def test_runs_are_told_newest_first_with_what_came_of_them(admin_client, imported):
    ImportRun.objects.filter(pk=imported.pk).update(status=ImportRun.Status.FAILED)

    rows = sections(admin_client)["Last imports"].xpath(".//tbody/tr")

    cells = [[told(cell) for cell in row] for row in rows]
    assert [row[:1] + row[3:] for row in cells] == [
        [f"Run {imported.pk}", "ferry<b>.bin, harbour.bin", "0", "0", "2", "broken off"],
        [f"Run {imported.pk - 1}", "cables.csv", "3", "0", "0", "finished"],
    ]


def test_what_is_held_is_counted(admin_client, imported):
    page = lxml.html.fromstring(admin_client.get("/admin/").content.decode())

    (figures,) = page.xpath("//dl[@class='figures']")
    assert [told(figure) for figure in figures] == [
        "cables3",
        "post1",
        "TAGS2",
        "first and last day1 Mar 2005 – 3 Mar 2005",
    ]


def test_open_problems_are_counted_with_their_reasons(admin_client, imported):
    ImportProblem.objects.filter(file__contains="harbour").update(settled_by=imported)
    (reason,) = ImportProblem.objects.open().values_list("reason", flat=True)

    problems = sections(admin_client)["Open problems"]

    assert told(problems) == f"Open problems 1 is open, most often because: 1 {reason} Open problems"


def test_many_problems_are_not_counted_to_their_end(admin_client, imported, monkeypatch):
    monkeypatch.setattr(dashboard, "MOST", 1)

    found = sections(admin_client)

    assert "More than 1 are open" in told(found["Open problems"])
    assert told(found["Last imports"].xpath(".//tbody/tr[1]/td[6]")[0]) == "more than 1"


def test_uploads_that_wait_are_told_and_others_not(admin_client, admin_user):
    states = [Upload.State.READY, Upload.State.TO_READ, Upload.State.IMPORTED, Upload.State.DISCARDED]
    waiting, read, *_ = [Upload.objects.create(uploaded_by=admin_user, state=state, files=[]) for state in states]

    items = sections(admin_client)["Uploads on their way"].xpath(".//li")

    assert [told(item).split(". ")[0] for item in items] == [
        f"{read}: waiting to be looked through",
        f"{waiting}: looked through, to be imported or discarded",
    ]


def test_missing_worker_is_told(admin_client):
    assert "No worker is running." in admin_client.get("/admin/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_first_import_that_was_broken_off_before_search_was_made_is_told(admin_client, tmp_path, monkeypatch):
    path = many_cables(tmp_path / "cables.csv", 450)
    monkeypatch.setattr(bulk, "MUCH", path.stat().st_size)
    with pytest.raises(BrokenOffError):
        import_paths([path], progress=break_off_after(200))
    pages = ["/admin/", f"/admin/cables/importrun/{ImportRun.objects.get().pk}/change/"]

    try:
        told = [told_of_search(admin_client, page) for page in pages]
        with import_under_way():
            meanwhile = [told_of_search(admin_client, page) for page in pages]
    finally:
        import_paths([path])

    assert told == [True, True]
    assert meanwhile == [False, False]
    assert [told_of_search(admin_client, page) for page in pages] == [False, False]


def told_of_search(client, address: str) -> bool:
    return "readers do not find" in client.get(address).content.decode()


@pytest.mark.parametrize(("free", "warned"), [(9, True), (11, False)])
def test_little_room_is_told(admin_client, monkeypatch, free, warned):
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(100 * 2**40, 0, free * 2**40))

    page = admin_client.get("/admin/").content.decode()

    assert ("Little room." in page, f"{free}.0\xa0TB" in page) == (warned, True)


@pytest.mark.parametrize(
    ("role", "headings"),
    [
        ("Importer", ["Last imports", "Open problems", "Room", "Lists"]),
        ("Editor", ["Last imports", "Open problems", "Room", "Lists"]),
        ("none", ["Lists"]),
    ],
)
def test_each_sees_what_is_theirs(client, django_user_model, imported, role, headings):
    client = signed_in(client, django_user_model, role)

    assert list(sections(client)) == headings
    assert ("Import cables" in client.get("/admin/").content.decode()) == (role == "Importer")
    assert ("No worker" in client.get("/admin/").content.decode()) == (role == "Importer")


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (
            "Importer",
            {
                "Import": ["Uploads", "Import runs", "Import problems"],
                "Correct": ["Cables", "Corrections", "TAGS", "Posts", "Aliases"],
            },
        ),
        (
            "Administrator",
            {
                "Import": ["Uploads", "Import runs", "Import problems"],
                "Correct": ["Cables", "Corrections", "Withheld cables", "TAGS", "Posts", "Aliases"],
                "Accounts": ["Users", "Audit trail", "Failed sign-ins and locks"],
            },
        ),
    ],
)
def test_lists_are_grouped_by_what_one_does(client, django_user_model, role, groups):
    lists = sections(signed_in(client, django_user_model, role))["Lists"]

    assert {
        group.xpath("h3")[0].text: [link.text for link in group.xpath(".//li/a[1]")]
        for group in lists.xpath(".//div[h3]")
    } == groups


def test_every_list_is_in_the_head_of_every_page(admin_client, imported):
    page = lxml.html.fromstring(admin_client.get("/admin/cables/tag/").content)

    assert page.xpath("//nav[@id='lists']//a[@aria-current]/text()") == ["TAGS"]
    assert "/admin/cables/cable/" in page.xpath("//nav[@id='lists']//a/@href")


def test_first_page_asks_little(admin_client, imported):
    with CaptureQueriesContext(connection) as captured:
        admin_client.get("/admin/")

    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SET "))]
    # Four of them read all entries into memory: a transaction that has written does so, no other.
    assert len(asked) <= 12 + 4
