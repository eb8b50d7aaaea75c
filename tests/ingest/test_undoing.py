"""Runs undone: the archive is again what it was before, in whatever order files came; or nothing happens at all."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.core.management import call_command

from cables.ingest.digest import archive_digest
from cables.ingest.hindrances import examine
from cables.ingest.reparse import reparse
from cables.ingest.retrying import retry_problems, unsettled
from cables.ingest.run import import_paths
from cables.ingest.undoing import HinderedError, undo_run
from cables.models import (
    Alias,
    Cable,
    CableTag,
    ImportProblem,
    ImportRun,
    Paragraph,
    Reference,
    SearchEntry,
    SearchGist,
    Version,
)
from cables.search.holdings import holdings
from tests.correcting import corrected
from tests.ingest.files import many_cables
from tests.ingest.test_resume import BrokenOffError, break_off_after
from tests.invented import seed_page

pytestmark = pytest.mark.django_db

# Two forms of cable 1, the second newer; cable 2, which cites 1 and 3; cable 3 under a misprinted name, from a post and
# with a TAG that no other has.
FORMS = {
    "first": seed_page("05VALDMARK1", body="REF: VALDMARK 3\n\n1. (C) The first form.\n", tags="PGOV PREL"),
    "newer": seed_page("05VALDMARK1", body="REF: VALDMARK 2\n\n1. (C) The newer form.\n", released="2012-01-01"),
    "older": seed_page("05VALDMARK1", body="1. (C) The older form.\n", released="2010-01-01", tags="ECON"),
    "citing": seed_page("05VALDMARK2", body="REF: A. VALDMARK 1\n     B. VALDMARK 3\n\n1. (C) It cites.\n"),
    "cited": seed_page("05SECTION01OF02VALDMARK3", origin="Consulate Sundhavn", tags="ZZFERRY", body="1. (C) Cited.\n"),
}


@pytest.fixture
def bring(tmp_path):
    """Return what imports these forms, as one folder, and returns the run."""

    def bring(*names: str) -> ImportRun:
        folder = tmp_path / "-".join(names)
        folder.mkdir(exist_ok=True)
        for place, name in enumerate(names):
            (folder / f"{place}.txt").write_text(FORMS[name])
        run = import_paths([folder]).run
        assert run is not None
        return run

    return bring


@pytest.mark.parametrize("order", list(permutations(FORMS))[::7])
def test_undone_one_after_the_other_each_run_leaves_what_was_there_before(bring, order):
    digests, runs = [archive_digest()], []
    for name in order:
        runs.append(bring(name))
        digests.append(archive_digest())

    for run in reversed(runs):
        assert archive_digest() == digests.pop()
        undo_run(run)
        assert archive_digest() == digests[-1]

    for model in (Cable, Paragraph, CableTag, Reference, SearchEntry, SearchGist, Version, Alias):
        assert not model.objects.exists()


@pytest.mark.parametrize("order", list(permutations(("older", "first", "newer"))))
def test_run_that_brought_several_forms_of_a_cable_is_undone_as_one(bring, order):
    before = bring("first", "citing")
    digest = archive_digest()
    run = bring(*order, "cited")

    undo_run(run)

    assert archive_digest() == digest
    undo_run(before)
    assert not Cable.objects.exists()


def test_what_was_undone_can_be_imported_again(bring):
    bring("first")
    run = bring("newer", "cited")
    digest = archive_digest()
    undo_run(run)

    again = bring("newer", "cited")

    assert (again.created, again.updated, again.items) == (1, 1, 2)
    assert archive_digest() == digest


def test_what_is_gone_leaves_search_and_counts_and_is_cited_as_not_held(bring, client):
    bring("citing")
    run = bring("newer", "cited")
    assert "VALDMARK3" in client.get("/search/?q=sundhavn").content.decode()

    undo_run(run)

    assert client.get("/cable/05VALDMARK3/").status_code == 404
    assert client.get("/cable/05SECTION01OF02VALDMARK3/").status_code == 404
    assert "VALDMARK3" not in client.get("/search/?q=sundhavn").content.decode()
    assert "Consulate Sundhavn" not in client.get("/origins/").content.decode()
    assert "ZZFERRY" not in client.get("/tags/").content.decode()
    assert holdings().cables.tolist() == [Cable.objects.get().pk]
    references = Reference.objects.values_list("target_identifier", "target")
    assert list(references) == [("05VALDMARK1", None), ("05VALDMARK3", None)]


def test_reference_that_led_by_a_name_that_came_with_the_run_is_open_again(bring, tmp_path):
    (tmp_path / "held.txt").write_text(seed_page("05VALDMARK3", body="1. (C) Held.\n", released="2009-01-01"))
    import_paths([tmp_path / "held.txt"])
    bring("citing")
    citing, held = Cable.objects.get(identifier="05VALDMARK2"), Cable.objects.get(identifier="05VALDMARK3")
    Reference.objects.create(cable=citing, position=9, kind="cable", target_identifier="05SECTION01OF02VALDMARK3")
    digest = archive_digest()
    run = bring("cited")
    assert Reference.objects.get(position=9).target == held

    undo_run(run)

    assert Reference.objects.get(position=9).target is None
    assert Reference.objects.get(cable=citing, target_identifier="05VALDMARK3").target == held
    assert archive_digest() == digest


def test_undoing_is_a_run_of_its_own_with_its_counts(bring, admin_user):
    bring("first")
    run = bring("newer", "citing", "cited")

    report = undo_run(run, user=admin_user)

    run.refresh_from_db()
    undoing = ImportRun.objects.get(pk=report.run.pk)
    assert run.undone_by == undoing
    assert (undoing.started_by, undoing.status, undoing.files) == (
        admin_user,
        ImportRun.Status.FINISHED,
        [{"path": f"undo of run {run.pk}"}],
    )
    assert (undoing.removed, undoing.updated, undoing.read, undoing.created) == (2, 1, 3, 0)


def test_run_that_is_undone_is_left_alone_and_its_undoing_is_not_undone(bring):
    run = bring("first")
    undoing = undo_run(run).run

    assert undo_run(run).run == undoing
    with pytest.raises(HinderedError, match="import the same file again"):
        undo_run(undoing)
    assert ImportRun.objects.count() == 2


def refused(run: ImportRun) -> str:
    """Try to undo the run, see that nothing changed, and return what is said."""
    digest = archive_digest()
    with pytest.raises(HinderedError) as error:
        undo_run(run)
    assert archive_digest() == digest
    run.refresh_from_db()
    assert run.undone_by is None
    assert str(examine(run)) == str(error.value)
    return str(error.value)


@pytest.mark.parametrize("later", ["newer", "older"])
@pytest.mark.parametrize("before", [[], ["older"], ["newer"]])
def test_later_form_of_a_cable_hinders(bring, before, later):
    if later in before:
        return
    if before:
        bring(*before)
    run = bring("first", "cited")
    other = bring(later)

    why = f"05VALDMARK1: Run {other.pk} brought another form of it, or read it again"
    assert refused(run) == f"1 of its cables stand against it. {why}."
    undo_run(other)
    undo_run(run)
    assert Cable.objects.count() == len(before)


def test_later_form_hinders_a_run_that_was_gone_on_with_after_it(tmp_path, bring):
    """The number of the later run is the greater one, and what it brought lies between two forms of the earlier."""
    path = many_cables(tmp_path / "cables.csv", 250)
    extra = tmp_path / "zz.txt"
    extra.write_text(FORMS["older"])
    with pytest.raises(BrokenOffError):
        import_paths([path, extra], progress=break_off_after(200))
    run = ImportRun.objects.get()
    other = bring("newer")
    assert import_paths([path, extra]).run == run

    assert f"05VALDMARK1: Run {other.pk}" in refused(run)


def test_first_hindrances_are_named_and_all_are_counted(tmp_path):
    run = import_paths([many_cables(tmp_path / "1.csv", 30)]).run
    other = import_paths([many_cables(tmp_path / "2.csv", 25, text="1. (C) The harbour is very quiet indeed.")]).run

    why = refused(run)

    assert why.startswith(f"25 of its cables stand against it. 05VALDMARK1: Run {other.pk} ")
    assert why.count("VALDMARK") == 20
    assert why.endswith("; and 5 more.")


def test_correction_by_hand_hinders(bring):
    run = bring("first", "cited")
    corrected("05VALDMARK3", sent_at="", subject="FERRIES")

    assert refused(run) == "1 of its cables stand against it. 05VALDMARK3: corrected by hand: sent_at, subject."


def test_correction_stays_over_the_form_that_returns(bring):
    bring("first")
    corrected("05VALDMARK1", subject="FERRIES")
    before = archive_digest()
    run = bring("newer")

    undo_run(run)

    assert Cable.objects.get(identifier="05VALDMARK1").subject == "FERRIES"
    assert archive_digest() == before


def test_reading_again_hinders_where_it_changed_a_cable_and_is_not_undone_itself(bring):
    run = bring("first")
    Cable.objects.update(subject="MISREAD")
    reading = reparse().run

    assert f"05VALDMARK1: Run {reading.pk}" in refused(run)
    assert "nothing came in" in refused(reading)


def test_reading_again_that_only_cut_the_text_otherwise_does_not_hinder(bring):
    run = bring("first")
    Paragraph.objects.filter(kind="paragraph").update(number="9")
    assert reparse().updated == 1

    undo_run(run)

    assert not Cable.objects.exists()


def test_versions_from_before_the_archive_noted_who_recorded_them_hinder(bring):
    bring("first")
    run = bring("newer")
    Version.objects.update(recorded_in=None)

    assert "another run, of which the archive keeps no record" in refused(run)


def test_run_that_cannot_be_told_whole_is_not_undone(bring):
    """Archives read again by an earlier release named the reading as the run of a cable."""
    run = bring("first", "cited")
    Cable.objects.filter(identifier="05VALDMARK3").update(run=None)

    assert refused(run).startswith("Not all that it did can be told any more")


def test_form_of_which_not_all_is_kept_stops_the_undoing_and_nothing_is_changed(bring):
    bring("first")
    run = bring("newer", "cited")
    version = Version.objects.get()
    version.fields["received"] = {}
    version.save()
    digest = archive_digest()

    with pytest.raises(HinderedError, match="05VALDMARK1 cannot return"):
        undo_run(run)

    assert archive_digest() == digest
    assert ImportRun.objects.get(files=[{"path": f"undo of run {run.pk}"}]).status == ImportRun.Status.FAILED


def test_run_without_cables_has_nothing_to_undo(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    assert refused(import_paths([tmp_path]).run) == "It has brought nothing that could be taken back."


def test_problems_that_the_run_settled_are_open_again_and_those_of_an_undone_run_wait_for_nobody(tmp_path):
    (tmp_path / "nameless.txt").write_text(seed_page(identifier="", body="1. (C) Nameless text.\n"))
    (tmp_path / "page.txt").write_text(seed_page())
    run = import_paths([tmp_path]).run
    problem = unsettled().get()
    problem.received["identifier"] = "05VALDMARK7"
    problem.save()
    retry = retry_problems(unsettled()).run
    assert ImportProblem.objects.settled().count() == 1

    undo_run(retry)
    assert unsettled().get() == problem
    assert Cable.objects.get().identifier == "05VALDMARK538"

    undo_run(run)
    assert not unsettled().exists()


def test_import_that_was_broken_off_is_undone_and_begins_anew(tmp_path):
    path = many_cables(tmp_path / "cables.csv", 450)
    with pytest.raises(BrokenOffError):
        import_paths([path], progress=break_off_after(200))
    run = ImportRun.objects.get()

    undo_run(run)

    assert not Cable.objects.exists()
    report = import_paths([path])
    assert (report.run == run, report.again_from, report.created) == (False, 0, 450)


def test_post_that_was_given_another_name_keeps_it(bring):
    bring("first")
    Cable.objects.get().origin.__class__.objects.update(name="Embassy at Valdmark")
    run = bring("newer")
    call_command("check_archive")
    undo_run(run)

    assert Cable.objects.get().origin.name == "Embassy at Valdmark"
