"""Withholding and everything that writes: whatever is made anew, a withheld cable stays behind the curtain."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import ProtectedError

from cables.ingest import bulk, withholding
from cables.ingest.checking import check_archive
from cables.ingest.digest import archive_digest
from cables.ingest.reparse import reparse
from cables.ingest.run import import_paths
from cables.ingest.turns import BusyError
from cables.ingest.undoing import HinderedError, undo_run
from cables.ingest.withholding import give_back, withhold
from cables.models import Cable, ImportProblem, Post, Reference, SearchEntry, SearchGist, Version, Withholding, Word
from tests.ingest.files import many_cables
from tests.invented import body, csv_file

pytestmark = pytest.mark.django_db

NAMES = ["05VALDMARK1", "05VALDMARK2", "05VALDMARK3"]


@pytest.fixture
def three(tmp_path: Path) -> None:
    """Three cables, each but the first citing the one before it."""
    import_paths([many_cables(tmp_path / "cables.csv", 3)])


def cable(name: str = NAMES[1]) -> Cable:
    return Cable.everything.get(identifier=name)


def withheld(name: str = NAMES[1]) -> Withholding:
    """Withhold a cable."""
    (made,) = withhold([cable(name)], reason="A court has ordered it.")
    return made


def derived() -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Return the cables that have an entry and those that have a gist, and which references lead where."""
    entries = SearchEntry.objects.order_by("cable__identifier").values_list("cable__identifier", flat=True)
    gists = SearchGist.objects.order_by("cable__identifier").values_list("cable__identifier", flat=True)
    led = Reference.objects.exclude(target=None).order_by("cable__identifier")
    return list(entries), list(gists), list(led.values_list("cable__identifier", "target__identifier"))


ALL = (NAMES, NAMES, [(NAMES[1], NAMES[0]), (NAMES[2], NAMES[1])])
OTHERS = [NAMES[0], NAMES[2]]
WITHOUT = (OTHERS, OTHERS, [])


def curtain() -> tuple[list[str], list[str], list[tuple[str, str]], list[str]]:
    return *derived(), list(Cable.objects.order_by("identifier").values_list("identifier", flat=True))


def findings() -> list[str]:
    return [finding.what for finding in check_archive(1).findings]


def test_what_is_derived_goes_and_comes_back(three):
    digest = archive_digest()
    assert derived() == ALL

    made = withheld()
    assert curtain() == (*WITHOUT, OTHERS)
    assert findings() == []

    give_back([made])
    assert curtain() == (*ALL, NAMES)
    assert archive_digest() == digest


def test_who_is_withheld_twice_keeps_the_first_reason(three):
    withheld()
    assert withhold([cable(), cable(NAMES[0])], reason="Another.", note="n")[0].cable_id == cable(NAMES[0]).pk
    assert Withholding.objects.get(cable=cable()).reason == "A court has ordered it."


def test_from_its_post_its_tags_and_its_run_no_way_leads_to_it(three):
    run, tag = cable().run, cable().tags.get()
    withheld()
    for cables in (Post.objects.get(name="Embassy Valdmark").cables, tag.cables, run.cables):
        assert sorted(cables.values_list("identifier", flat=True)) == OTHERS


def test_changed_form_is_taken_and_not_shown(three, tmp_path):
    withheld()
    longer = body("VALDMARK 000002", ref="VALDMARK 1", text="1. (C) The harbour is quiet. The lighthouse is not.")
    report = import_paths([csv_file(tmp_path / "changed.csv", {NAMES[1]: longer})])

    assert (report.updated, cable().body.count("lighthouse"), Version.objects.count()) == (1, 1, 1)
    assert curtain() == (*WITHOUT, OTHERS)
    assert findings() == []


def test_newcomer_that_cites_it_or_is_cited_by_it_leads_nowhere(three, tmp_path):
    Reference.objects.filter(cable=cable()).update(target_identifier="05VALDMARK4", target=None)
    withheld()
    import_paths([csv_file(tmp_path / "new.csv", {"05VALDMARK4": body("VALDMARK 000004", ref="VALDMARK 2")})])

    assert derived()[2] == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: call_command("rebuild_search"),
        lambda: reparse(processes=1),
        lambda: (Cable.everything.update(subject="OTHERWISE"), reparse(processes=1)),
        lambda: call_command("reparse", NAMES[1]),
        lambda: (Reference.objects.release_astray(), Reference.objects.settle_all()),
        lambda: Reference.objects.settle([cable(name).pk for name in NAMES]),
        lambda: SearchEntry.objects.refresh([cable(name).pk for name in NAMES]),
    ],
    ids=["rebuild", "reparse", "better parser", "reparse one", "settle all", "settle", "refresh"],
)
def test_whatever_is_made_anew_leaves_it_out(three, make):
    withheld()
    make()
    assert curtain() == (*WITHOUT, OTHERS)
    assert findings() == []


def test_problem_of_it_can_be_retried(three, tmp_path):
    withheld()
    path = csv_file(
        tmp_path / "cut.csv", {NAMES[1]: body("VALDMARK 000002", text="1. (C) A longer text, cut off.\n" * 9)}
    )
    path.write_text(path.read_text().rstrip()[:-1])
    import_paths([path])
    problem = ImportProblem.objects.get(field="")
    ImportProblem.objects.update(text=problem.text + '"')

    call_command("retry_problems")

    assert "cut off" in cable().body
    assert curtain()[0] == OTHERS


def test_entry_or_reference_that_is_there_all_the_same_is_found_and_mended(three):
    Withholding.objects.create(cable=cable(), reason="Half done.")
    assert findings() == [
        "search entries of cables that are withheld",
        "references from or to cables that are withheld",
    ]
    call_command("rebuild_search")
    reparse(processes=1)
    assert derived() == WITHOUT
    assert findings() == []


def test_words_that_only_it_has_are_offered_no_more(tmp_path):
    texts = {
        NAMES[0]: body("VALDMARK 1", subject="QUAGGA SIGHTED", text="1. (C) The lighthouse."),
        NAMES[1]: body("VALDMARK 2", subject="QUAGGA LOST", text="1. (C) The lighthouse of Mumblethorpe."),
        NAMES[2]: body("VALDMARK 3", subject="NOTE", text="1. (C) Nothing."),
    }
    import_paths([csv_file(tmp_path / "cables.csv", texts)])
    Word.objects.gather()
    before = (Word.objects.get(text="quagga").cables, Word.objects.get(text="quagga").subjects)
    words = set(Word.objects.values_list("text", flat=True))
    assert {"quagga", "lost", "lighthouse", "mumblethorpe"} <= words

    made = withheld()
    assert words - set(Word.objects.values_list("text", flat=True)) == {"lost", "mumblethorpe"}
    Word.objects.gather()
    assert words - set(Word.objects.values_list("text", flat=True)) == {"lost", "mumblethorpe"}
    assert before == (2, 2)
    assert (Word.objects.get(text="quagga").cables, Word.objects.get(text="quagga").subjects) == (1, 1)

    give_back([made])
    Word.objects.gather()
    assert set(Word.objects.values_list("text", flat=True)) == words


def test_withheld_cable_cannot_be_deleted(three):
    withheld()
    with pytest.raises(ProtectedError):
        cable().delete()


def test_run_that_created_it_is_not_undone(tmp_path):
    run = import_paths([many_cables(tmp_path / "cables.csv", 3)]).run
    made = withheld()
    with pytest.raises(HinderedError, match=f"{NAMES[1]}: withheld from the public"):
        undo_run(run)
    assert Cable.everything.count() == 3

    give_back([made])
    undo_run(run)
    assert Cable.everything.count() == 0


def test_run_that_changed_it_is_undone_and_it_stays_withheld(three, tmp_path):
    digest, shorter = archive_digest(), cable().body
    longer = body("VALDMARK 000002", ref="VALDMARK 1", text="1. (C) The harbour is quiet. The lighthouse is not.")
    run = import_paths([csv_file(tmp_path / "changed.csv", {NAMES[1]: longer})]).run
    made = withheld()
    assert cable().body != shorter

    undo_run(run)
    assert (cable().body, curtain()) == (shorter, (*WITHOUT, OTHERS))
    give_back([made])
    assert archive_digest() == digest


@pytest.fixture
def committed(transactional_db: None, tmp_path: Path) -> None:
    """The three cables, seen by other connections too, with no search entry and no reference that leads anywhere."""
    import_paths([many_cables(tmp_path / "cables.csv", 3)])
    SearchEntry.objects.all().delete()
    Reference.objects.update(target=None)


def test_end_of_a_large_import_leaves_it_out(committed):
    withheld()
    bulk.finish(1, lambda phase, done, total: None)
    assert curtain() == (*WITHOUT, OTHERS)


def test_copies_that_browsers_keep_are_not_shown_any_more(committed, client):
    address = f"/cable/{NAMES[1]}/"
    kept = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=kept).status_code == 304

    made = withheld()
    answer = client.get(address, headers=kept)
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-cache")

    give_back([made])
    assert client.get(address, headers=kept).status_code == 200


def while_making(make, meanwhile) -> Future:
    """Make something in a transaction; begin the other thing in another before it ends, and let it wait there."""

    def by_another() -> object:
        try:
            return meanwhile()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as executor:
        with transaction.atomic():
            make()
            begun = executor.submit(by_another)
            while not (begun.done() or _waits()):
                time.sleep(0.01)
            assert not begun.done()
        return begun


def _waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "make",
    [
        lambda: SearchEntry.objects.refresh([cable().pk]),
        lambda: Reference.objects.settle([cable().pk]),
        Reference.objects.settle_all,
    ],
    ids=["entry", "references", "all references"],
)
def test_what_is_being_made_while_it_is_withheld_goes(committed, make):
    while_making(make, withheld).result()

    assert derived() == ([], OTHERS, [])


def test_what_is_made_while_it_is_being_withheld_is_not_made(committed):
    number = cable().pk
    while_making(withheld, lambda: (Reference.objects.settle([number]), SearchEntry.objects.refresh([number]))).result()

    assert derived() == ([], OTHERS, [])


def test_who_waits_too_long_for_an_import_is_told_and_nothing_changes(committed, monkeypatch):
    monkeypatch.setattr(withholding, "SECONDS", 0.2)

    def told() -> str:
        try:
            withheld()
        except BusyError as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with transaction.atomic(), ThreadPoolExecutor(1) as executor:
        Withholding.objects.among([])
        assert executor.submit(told).result() == "An import is writing. Nothing was changed: try again in a moment."
    assert not Withholding.objects.exists()
