"""check_archive, reparse and retry_problems: what they find, change and leave alone."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cables.ingest.checking import check_archive
from cables.ingest.digest import archive_digest
from cables.ingest.preparing import LONGEST_IDENTIFIER
from cables.ingest.run import import_paths
from cables.models import (
    Alias,
    Cable,
    CableTag,
    Correction,
    ImportProblem,
    Paragraph,
    Reference,
    SearchEntry,
    Version,
    identifier_field,
)
from tests.correcting import corrected
from tests.ingest.files import many_cables
from tests.ingest.test_resume import empty_archive
from tests.invented import csv_rows, seed_page

pytestmark = pytest.mark.django_db


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


def run(command, *arguments):
    """Return the exit status and what was printed."""
    out = StringIO()
    try:
        call_command(command, *arguments, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


def test_archive_just_imported_agrees(page, tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 30)])

    status, printed = run("check_archive", "--workers", "1")

    assert status == 0
    assert "31 cables read again." in printed
    assert "All agrees." in printed


def test_every_form_of_the_demo_corpus_is_verified(tmp_path):
    call_command("make_corpus", 120, out=tmp_path / "demo", stdout=StringIO())
    import_paths([tmp_path / "demo"])

    check = check_archive(1)

    assert (check.cables, check.unverified, check.findings) == (120, 0, [])


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        ("UPDATE cables_cable SET body = body || 'x'", "cables whose text or values are not those that came in"),
        ("UPDATE cables_cable SET subject = 'AN OLDER READING'", "cables that today's parser reads otherwise"),
        ("DELETE FROM cables_cabletag", "cables that today's parser reads otherwise"),
        ("DELETE FROM cables_searchentry", "cables without a search entry"),
        ("UPDATE cables_searchentry SET year = 1999", "search entries that say otherwise than their cable"),
        ("UPDATE cables_paragraph SET start = start + 1", "cables whose pieces do not cover the text"),
        ("UPDATE cables_reference SET target_id = cable_id WHERE position = 0", "cables that cite themselves"),
        ("DROP INDEX search_words", "the index of the search is missing"),
    ],
)
def test_harm_is_found(page, harm, what):
    with connection.cursor() as cursor:
        cursor.execute(harm)

    assert found()[what] == 1


def test_reference_that_lost_its_cable_is_found(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 3)])
    Reference.objects.update(target=None)

    assert found() == {"references whose cable is held and that do not lead to it": 2}


def test_outcome_as_json_counts_the_fields_that_would_change(page):
    Cable.objects.update(subject="AN OLDER READING", summary="")

    status, printed = run("check_archive", "--json", "--workers", "1")

    outcome = json.loads(printed)
    assert status == 1
    assert outcome["fields"] == {"subject": 1, "summary": 1}
    assert outcome["findings"][0]["examples"] == ["05VALDMARK538: subject, summary"]


def test_digest_does_not_depend_on_the_order_of_imports(tmp_path):
    first, second = many_cables(tmp_path / "1.csv", 5), many_cables(tmp_path / "2.csv", 5, first=6)
    import_paths([first, second])
    _, one = run("check_archive", "--digest")
    empty_archive()
    import_paths([second])
    import_paths([first])

    _, other = run("check_archive", "--digest")

    assert one == other


@pytest.mark.parametrize(
    "change",
    [
        lambda: Cable.objects.update(subject="x"),
        lambda: Paragraph.objects.filter(position=2).update(text="x"),
        lambda: CableTag.objects.filter(position=0).delete(),
        lambda: Reference.objects.filter(position=0).delete(),
        lambda: SearchEntry.objects.update(year=1900),
        lambda: Alias.objects.create(identifier="05X1", target="05VALDMARK538"),
    ],
)
def test_digest_changes_with_any_content(page, change):
    before = archive_digest()
    change()
    assert archive_digest() != before


def older_reading():
    """Leave the cable as an older parser would have: another subject, a TAG less, one paragraph only."""
    Cable.objects.update(subject="AN OLDER READING", summary="")
    CableTag.objects.filter(tag__code="ECON").delete()
    Paragraph.objects.filter(position__gt=1).delete()


def test_reparse_brings_what_the_parser_reads_now_and_keeps_what_it_read_before(page):
    expected = archive_digest()
    older_reading()

    status, printed = run("reparse", "--json", "--workers", "1")

    assert status == 0
    assert json.loads(printed)["updated"] == 1
    version = Version.objects.get()
    assert version.former_reading
    assert version.fields["subject"] == "AN OLDER READING"
    assert version.fields["tags"] == ["PGOV", "PREL"]
    version.delete()
    assert archive_digest() == expected


def test_reparse_a_second_time_changes_nothing(page):
    older_reading()
    run("reparse", "--workers", "1")
    before = archive_digest()

    _, printed = run("reparse", "--json", "--workers", "1")

    report = json.loads(printed)
    assert (report["read"], report["updated"], report["unchanged"]) == (1, 0, 1)
    assert archive_digest() == before


def test_reparse_leaves_what_an_administrator_corrected(page):
    older_reading()
    corrected("05VALDMARK538", subject="FERRIES")

    run("reparse", "--workers", "1")

    cable = Cable.objects.get()
    assert cable.subject == "FERRIES"
    assert cable.summary == "The harbour authority has given the concession to the ferrymen's guild."
    assert Correction.objects.get().received == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"
    assert found() == {}


def test_reparse_fills_a_field_that_a_new_version_of_the_archive_brings(page):
    Cable.objects.update(comment="")  # as a migration leaves it

    _, printed = run("reparse", "--json", "--workers", "1")

    assert json.loads(printed)["fields"] == {"comment": 1}
    assert Cable.objects.get().comment == "We expect an appeal."
    assert Version.objects.get().fields["comment"] == ""
    assert found() == {}


def test_reparse_dry_run_writes_nothing(page):
    older_reading()
    before = archive_digest()

    _, printed = run("reparse", "--dry-run", "--json", "--workers", "1")

    assert json.loads(printed)["updated"] == 1
    assert archive_digest() == before


def test_identifier_that_is_read_otherwise_now_keeps_the_old_address(page, client):
    Cable.objects.update(identifier="05VALDMARC538")

    run("reparse", "--workers", "1")

    assert Cable.objects.get().identifier == "05VALDMARK538"
    assert client.get("/cable/05VALDMARC538/").headers["Location"] == "/cable/05VALDMARK538/"


def test_reparse_of_a_cable_that_is_not_held_says_so(page):
    with pytest.raises(CommandError, match="Not held: 05NOWHERE1"):
        run("reparse", "05NOWHERE1")


def test_refused_cable_comes_in_once_its_reason_is_gone(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(seed_page(identifier="", body="1. (C) Nameless text.\n"))
    import_paths([path])
    problem = ImportProblem.objects.get(field="")
    assert problem.received["body"] == "1. (C) Nameless text."
    problem.received["identifier"] = "05VALDMARK9"
    problem.save()

    status, printed = run("retry_problems", "--json")

    assert status == 0
    assert json.loads(printed)["created"] == 1
    assert Cable.objects.get().identifier == "05VALDMARK9"
    problem.refresh_from_db()
    assert problem.settled_by_id == json.loads(printed)["run"]


def test_row_comes_in_once_its_text_is_mended(tmp_path):
    rows = csv_rows([("3/1/2005 9:30", "05VALDMARK1", "Embassy Valdmark", "SECRET", "", "", "1. (C) A row.")])
    path = tmp_path / "cables.csv"
    path.write_text(rows.rstrip()[:-1])
    import_paths([path])
    problem = ImportProblem.objects.get(field="")
    assert "closing quote" in problem.reason
    assert run("retry_problems")[0] == 1

    problem.text += '"'
    problem.save()

    assert run("retry_problems")[0] == 0
    assert Cable.objects.get().identifier == "05VALDMARK1"
    assert run("retry_problems", "--json")[1].startswith('{"run"')
    assert Cable.objects.count() == 1


def test_file_that_was_missing_comes_in_once_it_is_there(tmp_path):
    path = tmp_path / "page.txt"
    import_paths([path])
    path.write_text(seed_page())

    assert run("retry_problems")[0] == 0

    assert Cable.objects.get().identifier == "05VALDMARK538"


def test_longest_identifier_is_what_its_column_holds():
    assert LONGEST_IDENTIFIER == identifier_field.LONGEST_IDENTIFIER
