"""Reading again what is held: what must stay, what must not stop it, and what it sets right."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from cables.ingest.checking import check_archive
from cables.ingest.digest import archive_digest
from cables.ingest.preparing import content_hash, received_again
from cables.ingest.reparse import reparse
from cables.ingest.run import import_paths
from cables.models import Alias, Cable, Correction, ImportProblem, ImportRun, Paragraph, Post, Reference, Version
from tests.correcting import corrected
from tests.ingest.files import many_cables
from tests.invented import seed_page

pytestmark = pytest.mark.django_db

COLUMNS = ("header", "body", "attributes", "received")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """One cable, in the archive."""
    path = tmp_path / "page.txt"
    path.write_text(seed_page())
    import_paths([path])
    return path


def again():
    """Read the whole archive again, and return the report."""
    return reparse(processes=1)


def received_otherwise(held: str, **values: str) -> None:
    """Leave a cable as if its source had given these values, so that it is read otherwise than it is stored."""
    cable = Cable.objects.get(identifier=held)
    cable.received |= values
    columns = {name: getattr(cable, name) for name in COLUMNS}
    cable.content_hash = content_hash(received_again(cable.form, cable.source_file, cable.source_line, columns))
    cable.save()


def refuse(identifier: str) -> None:
    """Let the database refuse that cable, as it does values that a column cannot hold."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'too long' USING ERRCODE = 'string_data_right_truncation'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE ON cables_cable FOR EACH ROW "
            f"WHEN (NEW.identifier = '{identifier}') EXECUTE FUNCTION refuse()"
        )


def found() -> dict[str, int]:
    """Return what the check finds: how often each thing is wrong."""
    return {finding.what: finding.count for finding in check_archive(1).findings}


def test_cable_imported_before_all_values_were_kept_is_left_as_it_is(page):
    Cable.objects.update(received={}, subject="AN OLDER READING")
    before = archive_digest()

    report = again()

    assert (report.read, report.updated, report.incomplete) == (1, 0, 1)
    assert archive_digest() == before
    assert found() == {}


def test_damaged_cable_is_left_and_told(page):
    Cable.objects.update(body="1. (C) Something else.", subject="AN OLDER READING")
    before = archive_digest()

    report = again()

    assert (report.updated, report.problems) == (0, 1)
    problem = ImportProblem.objects.get()
    assert (problem.identifier, problem.field) == ("05VALDMARK538", "content_hash")
    assert archive_digest() == before


@pytest.mark.parametrize("received", ['{"identifer": "05VALDMARK538"}', '{"header_length": "x"}', "[]"])
def test_values_that_no_import_writes_are_damage(page, received):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cables_cable SET received = %s", [received])

    assert found()["cables whose text or values are not those that came in"] == 1


def test_cable_that_could_not_be_imported_today_is_left_and_told(page):
    received_otherwise("05VALDMARK538", identifier="no identifier")
    before = archive_digest()

    report = again()

    assert (report.updated, report.unchanged, report.problems) == (0, 0, 1)
    assert ImportProblem.objects.get().field == "identifier"
    assert archive_digest() == before
    assert found() == {"cables that today's parser reads otherwise": 1}


def test_new_identifier_that_is_that_of_another_cable_is_not_taken(page, tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 1)])
    received_otherwise("05VALDMARK1", identifier="05VALDMARK538")

    assert again().problems == 1

    assert sorted(Cable.objects.values_list("identifier", flat=True)) == ["05VALDMARK1", "05VALDMARK538"]
    assert "05VALDMARK538" in ImportProblem.objects.get().reason


def test_two_cables_read_as_one_identifier_leave_the_second_as_it_is(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 3)])
    for identifier in ("05VALDMARK1", "05VALDMARK2"):
        received_otherwise(identifier, identifier="05VALDMARK9")

    report = again()

    assert (report.updated, report.problems) == (1, 1)
    assert sorted(Cable.objects.values_list("identifier", flat=True)) == ["05VALDMARK2", "05VALDMARK3", "05VALDMARK9"]


def test_new_identifier_that_leads_to_another_cable_as_an_alias_is_not_taken(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 2)])
    Alias.objects.create(identifier="05VALDMARK9", target="05VALDMARK2")
    received_otherwise("05VALDMARK1", identifier="05VALDMARK9")

    assert again().problems == 1

    assert Alias.objects.get(identifier="05VALDMARK9").target == "05VALDMARK2"
    assert Cable.objects.filter(identifier="05VALDMARK1").exists()


def test_former_identifier_leads_to_the_new_one_whatever_it_was_an_alias_of(page, client):
    Cable.objects.update(identifier="05VALDMARC538")
    Alias.objects.create(identifier="05VALDMARC538", target="05NOWHERE1")
    Alias.objects.create(identifier="05VALD538", target="05VALDMARC538")

    again()

    for name in ("05VALDMARC538", "05VALD538"):
        assert client.get(f"/cable/{name}/").headers["Location"] == "/cable/05VALDMARK538/"


def test_values_that_the_database_refuses_leave_the_cable_as_it_is_and_the_others_go_on(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 3)])
    Cable.objects.update(subject="AN OLDER READING")
    refuse("05VALDMARK2")

    report = again()

    assert (report.updated, report.problems) == (2, 1)
    assert list(Cable.objects.filter(subject="AN OLDER READING").values_list("identifier", flat=True)) == [
        "05VALDMARK2"
    ]
    problem = ImportProblem.objects.get()
    assert problem.identifier == "05VALDMARK2"
    assert problem.field != ""  # a problem without a field is a cable that did not come in: it would be retried


def test_post_that_an_administrator_renamed_keeps_its_name_and_its_cables(page):
    Post.objects.filter(name="Embassy Valdmark").update(name="Embassy Valdmark (Orlania)")
    assert found() == {}
    Cable.objects.update(subject="AN OLDER READING")

    again()

    cable = Cable.objects.get()
    assert (cable.subject == "AN OLDER READING", cable.origin.name) == (False, "Embassy Valdmark (Orlania)")
    assert Post.objects.filter(name__contains="Valdmark").count() == 1


def test_correction_made_meanwhile_stays(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 450)])
    Cable.objects.update(summary="AN OLDER READING")

    def correct(report):
        if report.read == 200:
            corrected("05VALDMARK300", subject="CORRECTED")

    reparse(processes=1, progress=correct)

    cable = Cable.objects.get(identifier="05VALDMARK300")
    assert (cable.subject, cable.summary) == ("CORRECTED", "")
    assert Correction.objects.get().received == "HARBOUR"


def test_version_is_kept_only_of_what_a_version_holds(page):
    Paragraph.objects.filter(position=2).update(text="as an older parser read it")

    assert again().updated == 1

    assert not Version.objects.exists()
    assert found() == {}


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE cables_reference SET target_id = NULL",
        "UPDATE cables_reference SET target_id = cable_id",
        "UPDATE cables_reference SET target_id = (SELECT id FROM cables_cable WHERE identifier = '05VALDMARK4')",
    ],
)
def test_references_lead_to_what_they_mean_again(tmp_path, harm):
    import_paths([many_cables(tmp_path / "cables.csv", 4)])
    before = archive_digest()
    with connection.cursor() as cursor:
        cursor.execute(harm)
    assert archive_digest() != before

    again()

    assert archive_digest() == before
    assert found() == {}


def test_reference_by_an_alias_that_does_not_lead_to_its_cable_is_found(tmp_path):
    Alias.objects.create(identifier="05VALDMARK77", target="05VALDMARK1")
    import_paths([many_cables(tmp_path / "cables.csv", 2)])
    Reference.objects.filter(target_identifier="05VALDMARK1").update(target_identifier="05VALDMARK77", target=None)

    assert found()["references whose cable is held and that do not lead to it"] == 1


def test_run_that_is_broken_off_says_so(page):
    def stop(report):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reparse(processes=1, progress=stop)

    run = ImportRun.objects.get(files=[{"path": "manage.py reparse"}])
    assert (run.status, run.finished_at is None) == (ImportRun.Status.FAILED, False)


def test_exit_status_tells_whether_all_could_be_read(page):
    def status():
        try:
            call_command("reparse", "--workers", "1", "--json", stdout=StringIO())
        except SystemExit as stop:
            return stop.code
        return 0

    assert status() == 0
    Cable.objects.update(body="1. (C) Something else.")
    assert status() == 1


def test_report_counts_the_fields_that_changed(page):
    Cable.objects.update(subject="AN OLDER READING", summary="")
    out = StringIO()

    call_command("reparse", "--workers", "1", "--json", stdout=out)

    assert json.loads(out.getvalue())["fields"] == {"subject": 1, "summary": 1}
