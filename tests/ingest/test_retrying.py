"""Problems tried again: what comes in, as what, and what stays a problem."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from cables.ingest.retrying import retry_problems, unsettled
from cables.ingest.run import import_paths
from cables.ingest.turns import BusyError
from cables.models import Cable, ImportProblem, ImportRun, SearchEntry
from tests.ingest.files import many_cables
from tests.ingest.under_way import import_under_way
from tests.invented import body, csv_file, csv_rows, seed_page

pytestmark = pytest.mark.django_db

FRAGMENT = """05VALDMARK9,THE FERRYMEN WIN,Embassy Valdmark,2005-02-10,CONFIDENTIAL,PGOV,one field too many,"
R 100716Z FEB 05
FM AMEMBASSY VALDMARK
TO SECSTATE WASHDC 0347
C O N F I D E N T I A L VALDMARK 000538
TAGS: PGOV
SUBJECT: THE FERRYMEN WIN
1. (C) It is so."
"""


def again(runs=None, **options):
    """Try the unsettled problems again, and return the report."""
    return retry_problems(unsettled(runs), **options)


def cut_row(folder: Path) -> Path:
    """Write a cables.csv whose second row has lost its closing quote, and return its path."""
    path = csv_file(folder / "cables.csv", {"05VALDMARK1": body(), "05VALDMARK2": body("VALDMARK 000002")})
    path.write_text(path.read_text().rstrip()[:-1])
    return path


def mend(problem: ImportProblem, addition: str) -> None:
    """Add to the text of a problem, as an administrator may."""
    problem.text += addition
    problem.save()


def test_mended_row_comes_in_with_the_file_line_and_release_of_its_import(tmp_path):
    path = cut_row(tmp_path)
    import_paths([path], release="Leak of the ferry office")
    problem = unsettled().get()
    mend(problem, '"')

    report = again()

    assert (report.tried, report.settled, report.created) == (1, 1, 1)
    cable = Cable.objects.get(identifier="05VALDMARK2")
    assert (cable.source_file, cable.source_line) == (str(path), problem.line)
    assert cable.release_name == "Leak of the ferry office"
    assert SearchEntry.objects.filter(cable=cable).exists()
    problem.refresh_from_db()
    assert problem.settled_by == report.run == cable.run


def test_problem_that_stays_says_why_and_makes_no_other(tmp_path):
    import_paths([cut_row(tmp_path)])
    problem = unsettled().get()
    mend(problem, '","a ninth field"')

    report = again()

    assert (report.tried, report.settled, report.problems) == (1, 0, 0)
    assert [(failed.pk, reason) for failed, reason in report.failures] == [(problem.pk, "9 fields instead of 8")]
    assert unsettled().count() == 1


def test_piece_of_a_row_that_looks_like_a_telegram_is_no_cable(tmp_path):
    path = tmp_path / "cables.csv"
    path.write_text("MRN,SUBJECT,FROM,DATE,CLASSIFICATION,TAGS,CONTENT\n" + FRAGMENT)
    import_paths([path])
    assert "8 fields instead of the 7" in unsettled().get().reason

    assert again().settled == 0

    assert not Cable.objects.exists()


def test_row_under_its_heading_comes_in(tmp_path):
    path = tmp_path / "cables.csv"
    heading = "MRN,SUBJECT,FROM,DATE,CLASSIFICATION,TAGS,CONTENT\n"
    path.write_text(heading + FRAGMENT)
    import_paths([path])
    problem = unsettled().get()
    problem.text = heading + problem.text.replace("one field too many,", "")
    problem.save()

    assert again().settled == 1

    assert Cable.objects.get().identifier == "05VALDMARK9"


def test_what_is_not_understood_of_a_cable_that_comes_in_is_recorded(tmp_path):
    rows = csv_rows([("3/1/2005 9:30", "05VALDMARK1", "Embassy Valdmark", "SECRETISH", "", "", "1. (C) A row.")])
    path = tmp_path / "cables.csv"
    path.write_text(rows.rstrip()[:-1])
    import_paths([path])
    mend(unsettled().get(), '"')

    report = again()

    problem = ImportProblem.objects.get(run=report.run)
    assert (problem.identifier, problem.field, report.problems) == ("05VALDMARK1", "classification", 1)
    assert again().tried == 0


def test_same_problem_of_two_imports_is_settled_in_both(tmp_path):
    path = cut_row(tmp_path)
    import_paths([path])
    path.write_text(path.read_text().replace("000002", "000003"))
    import_paths([path])
    for problem in unsettled():
        mend(problem, '"')

    report = again()

    assert (report.tried, report.settled) == (2, 2)
    assert not unsettled().exists()


def test_file_of_many_cables_that_is_there_now_comes_in_and_its_bad_rows_are_problems_of_their_own(tmp_path):
    path = tmp_path / "cables.csv"
    import_paths([path])
    many_cables(path, 450)
    path.write_text(path.read_text().rstrip()[:-1])

    report = again()

    assert (report.tried, report.settled, report.created) == (1, 1, 449)
    assert unsettled().get().run == report.run


def test_member_of_an_archive_comes_in_once_the_archive_is_mended(tmp_path):
    path = tmp_path / "cables.zip"
    for content in (b"%PDF-1.7", seed_page().encode()):
        with ZipFile(path, "w") as archive:
            archive.writestr("page.txt", content)
            archive.writestr("other.txt", b"ferry times")
        if not ImportRun.objects.exists():
            import_paths([path])

    report = again()

    assert (report.tried, report.settled, Cable.objects.get().source_file) == (2, 1, f"{path}/page.txt")
    assert [(problem.file, problem.settled_by) for problem in unsettled()] == [(f"{path}/other.txt", None)]
    assert ImportProblem.objects.filter(field="").count() == 2


def test_upload_is_never_read_from_this_machine(tmp_path, admin_user, monkeypatch):
    monkeypatch.chdir(tmp_path)
    import_paths([tmp_path / "page.txt"], below=tmp_path, user=admin_user)
    (tmp_path / "page.txt").write_text(seed_page())
    assert unsettled().get().file == "page.txt"

    report = again()

    assert [reason for _, reason in report.failures] == ["it was uploaded: upload the file again"]
    assert not Cable.objects.exists()


def test_only_the_problems_of_the_runs_named_are_tried(tmp_path):
    import_paths([tmp_path / "1.txt"])
    (second,) = [import_paths([tmp_path / "2.txt"]).run]
    for name, identifier in (("1.txt", "05VALDMARK1"), ("2.txt", "05VALDMARK2")):
        (tmp_path / name).write_text(seed_page(identifier))

    assert again([second.pk]).settled == 1

    assert Cable.objects.get().identifier == "05VALDMARK2"


def test_nothing_to_try_makes_no_run():
    assert again().tried == 0
    assert not ImportRun.objects.exists()


def test_run_that_does_not_exist_is_told():
    with pytest.raises(CommandError, match="No such run: 7"):
        call_command("retry_problems", "7")


def test_run_that_is_broken_off_says_so_and_keeps_what_was_settled(tmp_path):
    import_paths([cut_row(tmp_path)])
    mend(unsettled().get(), '"')

    def stop(report):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again(progress=stop)

    run = ImportRun.objects.get(files=[{"path": "manage.py retry_problems"}])
    assert (run.status, run.created) == (ImportRun.Status.FAILED, 1)
    assert not unsettled().exists()


@pytest.mark.django_db(transaction=True)
def test_who_does_not_wait_is_told_that_an_import_runs(tmp_path):
    import_paths([cut_row(tmp_path)])
    with import_under_way(), pytest.raises(BusyError):
        again(wait=False)
    assert again(wait=False).tried == 1
