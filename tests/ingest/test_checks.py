"""check_archive: harm to what hangs together, what is no fault, and how the command ends."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cables.ingest.checking import check_archive
from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from cables.models import Alias, Cable, CableTag, Post, Reference, SearchEntry
from tests.correcting import corrected
from tests.ingest.files import many_cables
from tests.invented import seed_page

pytestmark = pytest.mark.django_db


def behind_the_entry(**values):
    """Correct a cable without letting its search entry know."""
    before = SearchEntry.objects.get()
    corrected("05VALDMARK538", **values)
    before.save()


ENTRIES = "search entries that say otherwise than their cable"


@pytest.fixture
def page(tmp_path):
    """One cable, in the archive."""
    path = tmp_path / "page.txt"
    path.write_text(seed_page())
    import_paths([path])
    return path


def found():
    """Return what the check finds: how often each thing is wrong."""
    return {finding.what: finding.count for finding in check_archive(1).findings}


@pytest.mark.parametrize(
    "harm",
    [
        lambda: behind_the_entry(sent_at="2005-02-11T07:16:00+00:00"),
        lambda: behind_the_entry(origin=""),
        lambda: SearchEntry.objects.update(classification=5),
        lambda: SearchEntry.objects.update(tag_ids=[]),
        lambda: SearchEntry.objects.update(captions=["NODIS"]),
        lambda: SearchEntry.objects.update(marks=[]),
    ],
)
def test_search_entry_that_disagrees_is_found(page, harm):
    harm()
    assert found() == {ENTRIES: 1}


@pytest.mark.parametrize(
    "table",
    [
        "cables_paragraph",
        "cables_cabletag",
        "cables_reference",
        "cables_searchentry",
        "cables_version",
        "cables_correction",
    ],
)
def test_rows_of_no_cable_are_found(page, tmp_path, table):
    (tmp_path / "later.txt").write_text(seed_page(released="2012-01-01"))
    import_paths([tmp_path / "later.txt"])
    corrected("05VALDMARK538", subject="FERRIES")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - one of those above
        (count,) = cursor.fetchone()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")  # as when constraints were off
        cursor.execute("DELETE FROM cables_cable")
        cursor.execute("SET LOCAL session_replication_role = origin")

    assert count > 0
    assert found()[f"rows of {table} that belong to no cable"] == count


def test_reference_of_a_cable_to_itself_by_name_is_found(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 2)])
    Reference.objects.filter(cable__identifier="05VALDMARK1").update(target_identifier="05VALDMARK1")

    assert found()["cables that cite themselves"] == 1


def test_reference_to_an_alias_agrees(tmp_path):
    Alias.objects.create(identifier="05VALDMARK0", target="05VALDMARK2")
    import_paths([many_cables(tmp_path / "cables.csv", 2)])

    assert Reference.objects.get(cable__identifier="05VALDMARK1").target.identifier == "05VALDMARK2"
    assert found() == {}


def test_alias_to_nothing_is_a_note_and_no_fault(page):
    load_reference_tables()
    assert check_archive(1).notes == []
    Alias.objects.create(identifier="05VALDMARK77", target="05NOWHERE1")

    check = check_archive(1)

    assert (check.findings, check.exit_status) == ([], 0)
    assert [(note.what, note.examples) for note in check.notes] == [
        ("aliases of cables that are not held (yet)", ["05VALDMARK77 05NOWHERE1"])
    ]


def test_examples_are_the_first_twenty_and_all_are_counted(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 30)])
    SearchEntry.objects.all().delete()

    (finding,) = check_archive(1).findings

    assert finding.count == 30
    assert finding.examples == sorted(f"05VALDMARK{serial}" for serial in range(1, 31))[:20]


def test_cables_of_several_batches_are_all_read_once_by_several_processes(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 450)])
    Cable.objects.filter(identifier__in=["05VALDMARK1", "05VALDMARK300", "05VALDMARK450"]).update(subject="OLDER")
    seen = []

    check = check_archive(2, lambda report: seen.append((report.phase, report.done, report.total)))

    assert check.cables == 450
    assert check.fields == {"subject": 3}
    assert [one for one in seen if one[0] == "Reading again"] == [
        ("Reading again", done, 450) for done in (200, 400, 450)
    ]


@pytest.mark.django_db(transaction=True)
def test_check_that_cannot_be_made_ends_with_2(page):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cables_paragraph RENAME TO elsewhere")

    try:
        with pytest.raises(CommandError, match="The check could not be made") as stopped:
            call_command("check_archive", "--workers", "1", stdout=StringIO())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO cables_paragraph")

    assert stopped.value.returncode == 2


def test_digest_is_all_that_is_printed(page):
    out, as_json = StringIO(), StringIO()
    call_command("check_archive", "--digest", stdout=out)
    call_command("check_archive", "--digest", "--json", stdout=as_json)
    assert json.loads(as_json.getvalue()) == {"digest": out.getvalue().strip()}


def test_check_writes_nothing(page):
    models = (Cable, CableTag, Reference, SearchEntry, Post, Alias)
    Cable.objects.update(subject="OLDER")
    before = [list(model.objects.order_by("pk").values()) for model in models]

    check_archive(1)

    assert [list(model.objects.order_by("pk").values()) for model in models] == before
