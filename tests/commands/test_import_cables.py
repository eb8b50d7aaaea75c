"""manage.py import_cables: what it prints and how it ends."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from cables.models import Cable
from tests.invented import seed_page

pytestmark = pytest.mark.django_db


def run(*arguments) -> tuple[int, str]:
    """Return the exit status and what was printed."""
    out = StringIO()
    try:
        call_command("import_cables", *arguments, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


def test_json_is_one_object_with_the_counts(tmp_path):
    (tmp_path / "page.txt").write_text(seed_page())

    status, printed = run(tmp_path, "--json")

    report = json.loads(printed)
    assert status == 0
    assert report.pop("seconds") > 0
    assert report.pop("run") > 0
    expected = {"read": 1, "created": 1, "updated": 0, "unchanged": 0, "problems": 0, "forms": {"seed-text": 1}}
    assert report == expected


@pytest.mark.parametrize(
    ("files", "status"),
    [({"good.txt": seed_page()}, 0), ({"good.txt": seed_page(), "bad.txt": ""}, 1), ({"bad.txt": ""}, 2)],
)
def test_exit_status_tells_how_it_went(tmp_path, files, status):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert run(tmp_path)[0] == status


def test_report_names_each_problem_with_its_file(tmp_path):
    (tmp_path / "empty[b].txt").write_text("")
    _, printed = run(tmp_path)
    assert f"{tmp_path}/empty[b].txt" in printed


def test_dry_run_says_that_nothing_was_written(tmp_path):
    (tmp_path / "page.txt").write_text(seed_page())
    _, printed = run(tmp_path, "--dry-run")
    assert "Dry run: nothing was written." in printed
    assert not Cable.objects.exists()
