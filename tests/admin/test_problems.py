"""Problems in the admin: what can be corrected, by whom, trying again, and setting aside."""

from __future__ import annotations

import html

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.ingest.retrying import unsettled
from cables.ingest.run import import_paths
from cables.models import Cable, ImportProblem, ImportRun
from tests.ingest.under_way import import_under_way
from tests.invented import csv_rows, seed_page

WORKED_OFF = pytest.mark.django_db(transaction=True)  # the worker closes its connections
LIST = "/admin/cables/importproblem/"
NAMELESS = "1. (C) Nameless text.\r\n2. (C) <script>alert('ferries')</script>\r\n"


@pytest.fixture
def problem(db, tmp_path) -> ImportProblem:
    """A row that lost its closing quote."""
    rows = csv_rows([("3/1/2005 9:30", "05VALDMARK1", "Embassy Valdmark", "SECRET", "", "", "1. (C) A row.")])
    (tmp_path / "cables.csv").write_text(rows.rstrip()[:-1])
    return ImportProblem.objects.get(run=import_paths([tmp_path / "cables.csv"]).run)


@pytest.fixture
def nameless(db, tmp_path) -> ImportProblem:
    """A cable without an identifier, kept whole."""
    problem = ImportProblem.objects.get(run=import_paths([nameless_page(tmp_path)]).run)
    problem.received["body"] = NAMELESS
    problem.save()
    return problem


def nameless_page(folder):
    """Write the page of a cable without an identifier, and return its path."""
    path = folder / "page.txt"
    path.write_text(seed_page(identifier="", body=NAMELESS))
    return path


def address(problem: ImportProblem) -> str:
    return f"{LIST}{problem.pk}/change/"


def try_selected(client, work_off, *problems: ImportProblem) -> str:
    """Run the action on these problems, let the worker do its part, and return the page that follows."""
    data = {"action": "try_again", "_selected_action": [problem.pk for problem in problems]}
    asked = client.post(LIST, data)
    if asked.status_code != 302 or "/work/" not in asked["Location"]:
        return ""
    waiting = client.get(asked["Location"])
    assert "It waits for the worker" in waiting.content.decode()
    assert waiting["Refresh"] == "2"
    work_off()
    return client.get(asked["Location"], follow=True).content.decode()


def fields_of(client, problem: ImportProblem) -> dict[str, str]:
    """Return what the form of the problem would send if nothing was changed: line ends as browsers send them."""
    form = client.get(address(problem)).context["kept"]
    return {field.name: field.value().replace("\r\n", "\n").replace("\n", "\r\n") for field in form}


def test_mended_text_comes_in_in_one_step(admin_client, admin_user, problem):
    page = admin_client.post(
        address(problem), {"text": problem.text + '"', "reason": "forged", "try": "x"}, follow=True
    ).content.decode()

    assert "Saved: text." in page
    assert "1 tried again, 1 settled." in page
    assert Cable.objects.get().identifier == "05VALDMARK1"
    problem.refresh_from_db()
    run = ImportRun.objects.get(files=[{"path": "manage.py retry_problems"}])
    assert (problem.settled_by, run.started_by, problem.reason) == (
        run,
        admin_user,
        "the record has no closing quote: it is cut off",
    )
    assert f'settled by <a href="/admin/cables/importrun/{run.pk}/change/">' in page


def test_corrected_field_of_a_refused_cable_lets_it_in(admin_client, nameless):
    page = admin_client.get(address(nameless)).content.decode()
    assert "Wrong: It has no identifier, so it can have no page. Wrong: the source gives none" in page
    assert 'aria-describedby="id_identifier_helptext"' in page

    sent = fields_of(admin_client, nameless) | {"identifier": "05VALDMARK7", "subject": "FERRIES", "try": "x"}
    told = admin_client.post(address(nameless), sent, follow=True).content.decode()

    assert "Saved: identifier, subject." in told
    assert "1 tried again, 1 settled." in told
    cable = Cable.objects.get()
    assert (cable.identifier, cable.subject) == ("05VALDMARK7", "FERRIES")
    assert cable.header + cable.body == NAMELESS


def test_received_words_are_shown_escaped(admin_client, client, django_user_model, nameless):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename="view_importproblem"))
    client.force_login(user)
    for page in (admin_client.get(address(nameless)), client.get(address(nameless))):
        text = page.content.decode()
        assert html.escape("<script>alert('ferries')</script>") in text
        assert "<script>alert" not in text


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_keeps_its_line_ends(admin_client, problem, line_end):
    ImportProblem.objects.update(text=f"one{line_end}two")

    admin_client.post(address(problem), {"text": "one\r\ntwo", "save": "x"})
    assert ImportProblem.objects.get().text == f"one{line_end}two"

    admin_client.post(address(problem), {"text": "one\r\ntwo\r\nthree", "save": "x"})
    expected = "\r\n" if line_end == "\r\n" else "\n"
    assert ImportProblem.objects.get().text == f"one{expected}two{expected}three"
    assert not Cable.objects.exists()


def test_saving_what_was_not_changed_changes_nothing(admin_client, nameless):
    before = nameless.received

    admin_client.post(address(nameless), fields_of(admin_client, nameless) | {"save": "x"})

    nameless.refresh_from_db()
    assert nameless.received == before


def test_problem_that_stays_says_why(admin_client, problem):
    page = admin_client.post(address(problem), {"text": problem.text, "try": "x"}, follow=True).content.decode()

    assert "1 tried again, 0 settled." in page
    assert f"{problem.place}: the record has no closing quote: it is cut off" in page


@pytest.mark.django_db(transaction=True)
def test_what_was_corrected_is_kept_while_an_import_runs(admin_client, problem):
    with import_under_way():
        sent = {"text": problem.text + '"', "try": "x"}
        page = admin_client.post(address(problem), sent, follow=True).content.decode()

    assert "An import is running. Try again when it has ended." in page
    assert ImportProblem.objects.get().text == sent["text"]
    assert not Cable.objects.exists()


@WORKED_OFF
def test_file_of_which_nothing_is_kept_is_read_again_by_the_worker(admin_client, work_off, tmp_path):
    import_paths([tmp_path / "page.txt"])
    problem = ImportProblem.objects.get()
    (tmp_path / "page.txt").write_text(seed_page())

    asked = admin_client.post(address(problem), {"try": "x"})

    assert not Cable.objects.exists()
    work_off()
    assert "1 tried again, 1 settled." in admin_client.get(asked["Location"], follow=True).content.decode()
    assert Cable.objects.exists()


@WORKED_OFF
def test_settled_problem_is_neither_changed_nor_tried(admin_client, work_off, problem):
    problem.settled_by = problem.run
    problem.save()

    response = admin_client.post(address(problem), {"text": "changed", "save": "x"})

    assert response.status_code == 403
    assert "0 tried again, 0 settled." in try_selected(admin_client, work_off, problem)
    assert ImportProblem.objects.get().text == problem.text


@WORKED_OFF
def test_problem_of_an_undone_run_is_neither_changed_nor_tried(admin_client, work_off, problem):
    ImportRun.objects.filter(pk=problem.run_id).update(undone_by=ImportRun.objects.create())

    assert admin_client.post(address(problem), {"text": "changed", "save": "x"}).status_code == 403
    assert "0 tried again, 0 settled." in try_selected(admin_client, work_off, problem)


@WORKED_OFF
@pytest.mark.parametrize(
    ("permissions", "status"),
    [(["view_importproblem"], 403), (["view_importproblem", "change_importproblem"], 302)],
)
def test_only_who_may_change_problems_mends_and_tries(
    client, django_user_model, work_off, problem, permissions, status
):
    user = django_user_model.objects.create_user("clerk", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    for sent in ({"text": problem.text + '"', "save": "x"}, {"aside": "x", "note": "no"}, {"back": "x"}):
        assert client.post(address(problem), sent).status_code == status

    try_selected(client, work_off, problem)
    assert ImportProblem.objects.settled().exists() == (status == 302)
    assert ImportProblem.objects.get().note == ""
    assert client.get(LIST).status_code == 200
    assert client.get(address(problem)).status_code == 200


def test_problem_set_aside_waits_for_nobody_and_comes_back(admin_client, admin_user, problem):
    refused = admin_client.post(address(problem), {"aside": "x", "note": " "})
    assert "This field is required." in refused.content.decode()

    page = admin_client.post(address(problem), {"aside": "x", "note": "A <b>draft</b>."}, follow=True).content.decode()

    problem.refresh_from_db()
    assert (problem.set_aside_by, problem.note, problem.state) == (admin_user, "A <b>draft</b>.", "set aside")
    assert "set aside by admin on" in page
    assert "A &lt;b&gt;draft&lt;/b&gt;." in page
    assert not unsettled().exists()

    admin_client.post(address(problem), {"back": "x"})
    assert unsettled().get() == problem
    assert (unsettled().get().set_aside_by, unsettled().get().note) == (None, "")


@WORKED_OFF
def test_problem_set_aside_is_tried_where_it_is_named(admin_client, work_off, problem):
    admin_client.post(address(problem), {"text": problem.text + '"', "save": "x"})
    admin_client.post(address(problem), {"aside": "x", "note": "Later."})

    assert "1 tried again, 1 settled." in try_selected(admin_client, work_off, problem)


def test_field_that_was_not_understood_can_be_set_aside_but_not_tried(admin_client, tmp_path):
    (tmp_path / "page.txt").write_text(seed_page(classification="SECRETISH", body="1. (C) A text.\n"))
    import_paths([tmp_path])
    problem = ImportProblem.objects.get(field="classification")

    page = admin_client.get(address(problem)).content.decode()
    admin_client.post(address(problem), {"try": "x"})
    admin_client.post(address(problem), {"aside": "x", "note": "As printed."})

    assert 'name="try"' not in page
    assert "<strong>classification</strong>" in page
    assert ImportRun.objects.count() == 1
    problem.refresh_from_db()
    assert problem.state == "set aside"


def test_list_tells_states_apart(admin_client, problem, nameless):
    def listed(state: str) -> list[int]:
        return [row.pk for row in admin_client.get(f"{LIST}?state={state}").context["cl"].result_list]

    assert listed("open") == listed("to-try") == [nameless.pk, problem.pk]
    admin_client.post(address(problem), {"aside": "x", "note": "no"})
    ImportProblem.objects.filter(pk=nameless.pk).update(settled_by=nameless.run)

    assert (listed("open"), listed("settled"), listed("aside")) == ([], [nameless.pk], [problem.pk])


@pytest.mark.parametrize("query", ["", "?state=open", "?q=page"])
def test_list_asks_as_many_questions_for_one_row_as_for_three(admin_client, tmp_path, query):
    import_paths([nameless_page(tmp_path)])
    with CaptureQueriesContext(connection) as for_one:
        admin_client.get(LIST + query)
    for _ in range(2):
        import_paths([nameless_page(tmp_path)])
    with CaptureQueriesContext(connection) as for_three:
        page = admin_client.get(LIST + query)
    assert len(page.context["cl"].result_list) == 3
    assert len(for_three) == len(for_one)
