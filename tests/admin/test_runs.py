"""The pages of a run: what it did, every cable that it touched, and undoing it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.ingest.digest import archive_digest
from cables.ingest.run import import_paths
from cables.ingest.undoing import undo_run
from cables.models import Cable, ImportProblem, ImportRun
from tests.correcting import corrected
from tests.ingest.files import many_cables
from tests.ingest.under_way import import_under_way
from tests.invented import seed_page

pytestmark = pytest.mark.django_db

WORKED_OFF = pytest.mark.django_db(transaction=True)  # the worker closes its connections


def address(run: ImportRun, page: str = "change/") -> str:
    return f"/admin/cables/importrun/{run.pk}/{page}"


def text_of(client, address: str) -> str:
    """Return the page at the address, which answers, as text with single spaces."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def runs(tmp_path, admin_user) -> list[ImportRun]:
    """A run that created a cable; one that changed it, created another, and met a file that is none; one whose form of
    the first is not shown."""
    folders = {
        "first": {"1.txt": seed_page("05VALDMARK1", subject="FERRIES")},
        "second": {
            "1.txt": seed_page("05VALDMARK1", subject="FERRIES AGAIN", released="2012-01-01"),
            "2.txt": seed_page("05VALDMARK2", subject="HARBOURS <b>"),
            "<i>.txt": "a ferry timetable",
        },
        "third": {"1.txt": seed_page("05VALDMARK1", subject="OLD FERRIES", released="2009-01-01")},
    }
    made = []
    for name, files in folders.items():
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text)
        made.append(import_paths([tmp_path / name], release="invented-9", user=admin_user).run)
    return made


def rows(client, run: ImportRun, query: str = "") -> list[str]:
    """Return the identifiers of a list of the run's cables."""
    shown = client.get(address(run, f"cables/{query}")).context["shown"].rows
    return [getattr(row, "cable", row).identifier for row in shown]


def test_page_of_a_run_tells_what_happened(admin_client, runs):
    run = runs[1]
    page = admin_client.get(address(run))
    text = " ".join(page.content.decode().split())

    assert "This run is <strong>finished</strong>." in text
    assert "UTC by admin</dd>" in text
    assert f"<dd>{run.seconds:.1f} seconds</dd>" in text
    assert "<dt>Release</dt><dd>invented-9</dd>" in text
    assert run.files[0]["path"] in text
    assert run.files[0]["sha256"] in text
    for name, number in (("read", 2), ("created", 1), ("updated", 1), ("unchanged", 0), ("problems", 1)):
        assert f"<dt>{name}</dt><dd>{number}</dd>" in text
    assert "1 open. For 1 of them no cable came in." in text
    assert [(cable.identifier, cable.pk in page.context["changed"]) for cable in page.context["cables"].rows] == [
        ("05VALDMARK1", True),
        ("05VALDMARK2", False),
    ]
    assert "HARBOURS &lt;b&gt;" in text
    assert "&lt;i&gt;.txt" in text
    assert "<i>" not in text


def test_lists_name_every_cable_that_a_run_touched(admin_client, runs):
    first, second, third = runs
    lists = ("", "?show=changed", "?show=not-shown")
    assert [rows(admin_client, first, show) for show in lists] == [[], [], ["05VALDMARK1"]]
    assert [rows(admin_client, second, show) for show in lists] == [["05VALDMARK1", "05VALDMARK2"], ["05VALDMARK1"], []]
    assert [rows(admin_client, third, show) for show in lists] == [[], [], ["05VALDMARK1"]]
    assert f">Run {second.pk}</a>" in text_of(admin_client, address(first, "cables/?show=not-shown"))
    assert rows(admin_client, second, "?show=anything&after=x") == ["05VALDMARK1", "05VALDMARK2"]


def test_long_list_is_walked_both_ways(admin_client, tmp_path):
    run = import_paths([many_cables(tmp_path / "cables.csv", 250)]).run
    all_of_them = list(Cable.objects.order_by("pk").values_list("identifier", flat=True))
    slices = []
    query = ""
    while True:
        shown = admin_client.get(address(run, f"cables/{query}")).context["shown"]
        slices.append([cable.identifier for cable in shown.rows])
        if not shown.after:
            break
        query = f"?after={shown.after}"

    assert [len(each) for each in slices] == [100, 100, 50]
    assert [identifier for each in slices for identifier in each] == all_of_them
    back = admin_client.get(address(run, f"cables/?before={shown.before}")).context["shown"]
    assert [cable.identifier for cable in back.rows] == slices[1]
    first = admin_client.get(address(run, f"cables/?before={back.before}")).context["shown"]
    assert ([cable.identifier for cable in first.rows], first.before) == (slices[0], None)


def test_pages_ask_as_many_questions_for_one_row_as_for_three(admin_client, tmp_path):
    counts = []
    for serial, number in ((1, 1), (11, 3)):
        run = import_paths([many_cables(tmp_path / f"{serial}.csv", number, first=serial)]).run
        for each in range(number):
            ImportProblem.objects.create(run=run, file="f", reason=f"r{each}")
        for page in ("change/", "cables/", "undo/"):
            with CaptureQueriesContext(connection) as asked:
                assert admin_client.get(address(run, page)).status_code == 200
            counts.append((page, len(asked)))
    assert counts[:3] == counts[3:]


def test_run_that_was_broken_off_says_what_to_do(admin_client, tmp_path):
    run = import_paths([many_cables(tmp_path / "cables.csv", 3)]).run
    ImportRun.objects.update(status=ImportRun.Status.RUNNING, finished_at=None)

    assert "This run was <strong>broken off</strong>." in text_of(admin_client, address(run))
    assert "the import goes on after the first 3 cables and places" in text_of(admin_client, address(run))


@pytest.mark.django_db(transaction=True)
def test_run_that_goes_on_is_not_told_as_broken_off(admin_client, tmp_path):
    run = import_paths([many_cables(tmp_path / "cables.csv", 3)]).run
    ImportRun.objects.update(status=ImportRun.Status.RUNNING, finished_at=None)
    with import_under_way():
        page = text_of(admin_client, address(run))

    assert "This run is <strong>still running</strong>" in page
    assert "Undo" not in page


@WORKED_OFF
def test_run_is_undone_by_the_worker_once_it_is_confirmed(admin_client, admin_user, work_off, tmp_path):
    (tmp_path / "1.txt").write_text(seed_page("05VALDMARK1"))
    import_paths([tmp_path / "1.txt"])
    before = archive_digest()
    (tmp_path / "2.txt").write_text(seed_page("05VALDMARK1", subject="NEWER", released="2012-01-01"))
    run = import_paths([tmp_path / "2.txt", many_cables(tmp_path / "3.csv", 2, first=7)]).run

    assert "Undo this run" in text_of(admin_client, address(run))
    page = text_of(admin_client, address(run, "undo/"))
    assert "<strong>2</strong> cables that it created will go" in page
    assert "<strong>1</strong> cable that it changed will be again as before" in page
    assert Cable.objects.count() == 3

    asked = admin_client.post(address(run, "undo/"))
    again = admin_client.post(address(run, "undo/"))
    assert asked["Location"] == again["Location"]
    assert "This run is <strong>being undone</strong>" in text_of(admin_client, address(run))
    assert "It waits for the worker" in text_of(admin_client, asked["Location"])
    work_off()
    response = admin_client.get(asked["Location"], follow=True)

    assert response.redirect_chain == [(address(run), 302)]
    page = " ".join(response.content.decode().split())
    undoing = ImportRun.objects.get(started_by=admin_user)
    assert f"Run {run.pk} is undone." in page
    assert f'<strong>undone</strong>, by <a href="{address(undoing)}">Run {undoing.pk}</a>' in page
    assert "Undo this run" not in page
    assert archive_digest() == before
    page = text_of(admin_client, address(undoing))
    assert "<dt>taken away</dt><dd>2</dd></div> <div><dt>as before</dt><dd>1</dd>" in page
    assert "undone</td>" in text_of(admin_client, "/admin/cables/importrun/").replace(' class="field-state"', "")


def test_list_tells_states_apart(admin_client, runs):
    undoing = undo_run(runs[2]).run
    ImportRun.objects.filter(pk=runs[0].pk).update(status=ImportRun.Status.FAILED)

    def listed(state: str) -> list[int]:
        rows = admin_client.get(f"/admin/cables/importrun/?state={state}").context["cl"].result_list
        return [run.pk for run in rows]

    states = ("failed", "finished", "undone", "running")
    assert [listed(state) for state in states] == [[runs[0].pk], [undoing.pk, runs[1].pk], [runs[2].pk], []]


def test_what_stands_against_undoing_is_named_and_nothing_is_asked_of_the_worker(admin_client, runs):
    page = text_of(admin_client, address(runs[1], "undo/"))

    assert "1 of its cables has been changed since" in page
    assert f"Run {runs[2].pk} brought another form of it, or read it again" in page
    assert 'type="submit" class="default"' not in page
    assert admin_client.post(address(runs[1], "undo/")).status_code == 200
    assert "being undone" not in text_of(admin_client, address(runs[1]))


@WORKED_OFF
def test_what_came_between_asking_and_undoing_is_told(admin_client, work_off, runs):
    undo_run(runs[2])
    asked = admin_client.post(address(runs[1], "undo/"))
    corrected("05VALDMARK2", subject="BOATS")
    work_off()

    page = admin_client.get(asked["Location"], follow=True).content.decode()

    assert f"Run {runs[1].pk} was not undone, and nothing was changed." in page
    assert "05VALDMARK2: corrected by hand: subject." in page


def test_undone_run_and_its_undoing_are_not_undone(admin_client, runs):
    undoing = undo_run(runs[2]).run

    assert "It is undone already" in text_of(admin_client, address(runs[2], "undo/"))
    assert "import the same file again" in text_of(admin_client, address(undoing, "undo/"))


@WORKED_OFF
def test_all_problems_of_a_run_are_tried_again_and_no_other(admin_client, work_off, tmp_path):
    made = []
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("")
        made.append(import_paths([tmp_path / f"{name}.txt"]).run)
        (tmp_path / f"{name}.txt").write_text(seed_page(f"05VALDMARK{len(made)}"))
    ImportProblem.objects.update(text="")

    asked = admin_client.post(address(made[1], "retry/"))
    work_off()
    response = admin_client.get(asked["Location"], follow=True)

    assert "1 tried again, 1 settled." in response.content.decode()
    assert Cable.objects.get().identifier == "05VALDMARK2"
    assert response.redirect_chain == [(address(Cable.objects.get().run), 302)]
    assert "1 settled since" in text_of(admin_client, address(made[1]))


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("view_importrun", {"change/", "cables/"}),
        ("undo_importrun", {"undo/"}),
        ("change_importproblem", set()),
        ("add_importrun", set()),
    ],
)
def test_each_page_is_for_those_who_may(client, django_user_model, runs, permission, allowed):
    user = django_user_model.objects.create_user("clerk", password="x", is_staff=True)  # noqa: S106
    user.user_permissions.set(Permission.objects.filter(codename=permission))
    client.force_login(user)

    assert {
        page for page in ("change/", "cables/", "undo/") if client.get(address(runs[2], page)).status_code == 200
    } == allowed
    assert client.post(address(runs[2], "retry/")).status_code == (302 if permission == "change_importproblem" else 403)
    assert client.post(address(runs[2], "undo/")).status_code == (302 if permission == "undo_importrun" else 403)


def test_addresses_that_lead_nowhere(admin_client, runs):
    missing = "00000000-0000-4000-8000-000000000000"
    assert admin_client.get(f"/admin/cables/importrun/work/{missing}/").status_code == 404
    assert admin_client.get("/admin/cables/importrun/999999/cables/").status_code == 404
    assert admin_client.get("/admin/cables/importrun/999999/undo/").status_code == 404
    assert admin_client.get(address(runs[0], "retry/")).status_code == 405
