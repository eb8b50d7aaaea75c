"""Problems in the admin: what can be mended, by whom, and trying again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from cables.ingest.run import import_paths
from cables.models import Cable, ImportProblem, ImportRun
from tests.invented import csv_rows, seed_page

LIST = "/admin/cables/importproblem/"


@pytest.fixture
def problem(db, tmp_path) -> ImportProblem:
    """A row that lost its closing quote."""
    rows = csv_rows([("3/1/2005 9:30", "05VALDMARK1", "Embassy Valdmark", "SECRET", "", "", "1. (C) A row.")])
    (tmp_path / "cables.csv").write_text(rows.rstrip()[:-1])
    import_paths([tmp_path / "cables.csv"])
    return ImportProblem.objects.get()


def address(problem: ImportProblem) -> str:
    return f"{LIST}{problem.pk}/change/"


def try_again(client, *problems: ImportProblem) -> str:
    """Run the action on these problems, and return the page that follows."""
    data = {"action": "try_again", "_selected_action": [problem.pk for problem in problems]}
    return client.post(LIST, data, follow=True).content.decode()


def test_mended_text_comes_in_by_trying_again(admin_client, admin_user, problem):
    saved = admin_client.post(address(problem), {"text": problem.text + '"', "reason": "forged"})

    page = try_again(admin_client, problem)

    assert saved.status_code == 302
    assert "1 tried again, 1 settled." in page
    assert Cable.objects.get().identifier == "05VALDMARK1"
    problem.refresh_from_db()
    run = ImportRun.objects.get(files=[{"path": "manage.py retry_problems"}])
    assert (problem.settled_by, run.started_by, problem.reason) == (
        run,
        admin_user,
        "the record has no closing quote: it is cut off",
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_mended_text_keeps_its_line_ends(admin_client, problem, line_end):
    ImportProblem.objects.update(text=f"one{line_end}two")

    admin_client.post(address(problem), {"text": "one\r\ntwo\r\nthree"})

    assert ImportProblem.objects.get().text == f"one{line_end}two{line_end}three"


def test_problem_that_stays_says_why(admin_client, problem):
    page = try_again(admin_client, problem)

    assert "1 tried again, 0 settled." in page
    assert f"{problem.file}: the record has no closing quote: it is cut off" in page


def test_settled_problem_is_neither_changed_nor_tried(admin_client, problem):
    problem.settled_by = problem.run
    problem.save()

    response = admin_client.post(address(problem), {"text": "changed"})

    assert response.status_code == 403
    assert "0 tried again, 0 settled." in try_again(admin_client, problem)
    assert ImportProblem.objects.get().text == problem.text


def test_text_of_a_cable_that_is_kept_whole_is_not_changed(admin_client, tmp_path):
    (tmp_path / "page.txt").write_text(seed_page(identifier="", body="1. (C) Nameless text.\n"))
    import_paths([tmp_path])
    problem = ImportProblem.objects.get(field="")

    assert admin_client.post(address(problem), {"text": "changed"}).status_code == 403


@pytest.mark.parametrize(
    ("permissions", "status", "settled"),
    [(["view_importproblem"], 403, 0), (["view_importproblem", "change_importproblem"], 302, 1)],
)
def test_only_who_may_change_problems_mends_and_tries(client, django_user_model, problem, permissions, status, settled):
    user = django_user_model.objects.create_user("clerk", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    assert client.post(address(problem), {"text": problem.text + '"'}).status_code == status

    try_again(client, problem)
    assert ImportProblem.objects.exclude(settled_by=None).count() == settled
    assert client.get(LIST).status_code == 200


def test_list_tells_settled_from_open_problems(admin_client, problem):
    assert problem.file in admin_client.get(f"{LIST}?settled_by__isempty=1").content.decode()
    assert problem.file not in admin_client.get(f"{LIST}?settled_by__isempty=0").content.decode()
