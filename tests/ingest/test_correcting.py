"""Corrections by hand: they are shown, and stay, whatever comes in or is read again, until they are taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cables.ingest.checking import check_archive
from cables.ingest.correcting import RefusedError, let_stand, take_back
from cables.ingest.digest import archive_digest
from cables.ingest.layers import shown_of
from cables.ingest.plan import Plan
from cables.ingest.preparing import content_hash, prepare
from cables.ingest.preview import Preview
from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.reparse import reparse
from cables.ingest.run import import_paths
from cables.ingest.store import Outcome
from cables.models import Alias, Cable, Correction, Post, Reference, SearchEntry, Version
from cables.sources import read_path
from tests.correcting import corrected
from tests.ingest.files import many_cables
from tests.invented import BODY, body, csv_file, seed_page

pytestmark = pytest.mark.django_db

HELD = "05VALDMARK538"
ADDRESSEE = {"name": "AMEMBASSY SUNDHAVN", "route": "RUXX", "precedence": "", "number": "", "excluded": ["A | B"]}
VALUES: dict[str, Any] = {
    "identifier": "05VALDMARK5380",
    "origin": "consulate-sundhavn",
    "subject": "FERRIES",
    "sent_at": "2006-03-11T08:00:00+00:00",
    "released_on": "2030-01-01",
    "classification": "SECRET",
    "captions": ["NODIS"],
    "tags": ["ECON", "ELAB"],
    "references": [
        {"label": "A", "kind": "cable", "text": "VALDMARK 347", "target": "05VALDMARK600"},
        {"label": "B", "kind": "cable", "text": "VALDMARK 342", "target": ""},
    ],
    "recipients": [ADDRESSEE],
    "info_recipients": [ADDRESSEE],
    "signers": ["HALVORSEN"],
    "classified_by": "Tavo Rehn",
    "classification_reasons": ["1.4(a)"],
    "declassify_on": "",
    "declassify_condition": "OADR",
    "summary": "The ferrymen have it.",
    "comment": "",
    "precedence": "FLASH",
    "date_time_group": "110800Z MAR 06",
    "sections": 3,
    "redaction": "redacted",
    "is_partial": True,
}
"""A value of each field, other than what the file says."""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Three cables, of which the first is to be corrected."""
    load_reference_tables()
    Post.objects.create(name="Consulate Sundhavn", slug="consulate-sundhavn")
    path = tmp_path / "page.txt"
    path.write_text(seed_page())
    others = {f"05VALDMARK{serial}": body(f"VALDMARK {serial:06}", ref="VALDMARK 538") for serial in (347, 600)}
    import_paths([path, csv_file(tmp_path / "cables.csv", others)])
    return path


def held() -> Cable:
    """The cable that was corrected, whatever it is called."""
    return Cable.objects.select_related("origin").get(form="seed-text")


def shown() -> dict[str, Any]:
    return shown_of(held())


def found() -> dict[str, int]:
    return {finding.what: finding.count for finding in check_archive(1).findings}


def newer(page: Path, **parts: Any) -> None:
    """Import a newer form of the cable."""
    path = page.with_name("newer.txt")
    path.write_text(seed_page(**{"released": "2012-01-01", "body": BODY.replace("lunch", "dinner")} | parts))
    import_paths([path])


def test_a_value_of_every_field_is_tried():
    assert VALUES.keys() == set(Correction.Field.values)


@pytest.mark.parametrize("field", Correction.Field.values)
def test_correction_is_shown_and_stays_until_it_is_taken_back(client, page, field):
    before, digest = shown(), archive_digest()
    value = VALUES[field]

    corrected(HELD, **{field: value})

    expected = before | {field: value}
    assert shown() == expected
    assert found() == {}
    name = expected["identifier"]
    record = json.loads(client.get(f"/cable/{name}.json").content)
    assert [each["field"] for each in record["corrections"]] == [field]
    assert client.get(f"/cable/{name}/").content.decode().count('id="corrected"') == 1

    import_paths([page])
    assert shown() == expected

    reparse(processes=1)
    assert shown() == expected
    assert found() == {}

    take_back(Correction.objects.get())
    assert archive_digest() == digest
    assert not Correction.objects.exists()


@pytest.mark.parametrize("field", Correction.Field.values)
def test_correction_stays_over_a_newer_form_of_which_the_rest_is_shown(page, field):
    before = shown()
    corrected(HELD, **{field: VALUES[field]})

    newer(page)

    assert Cable.objects.count() == 3
    newer_form = before | {"released_on": "2012-01-01"}
    assert "dinner" in held().body
    assert shown() == newer_form | {field: VALUES[field]}
    assert found() == {}
    assert Correction.objects.get().received == newer_form[field]
    version = Version.objects.get()
    assert version.fields["identifier"] == HELD
    file_says = Cable(**{name: version.fields[name] for name in ("subject", "classification", "captions")})
    assert (file_says.subject, file_says.classification, file_says.captions) == (
        before["subject"],
        4,
        before["captions"],
    )
    assert version.fields["tags"] == before["tags"]
    assert version.fields["origin"] == Post.objects.get(name="Embassy Valdmark").pk

    take_back(Correction.objects.get())
    assert shown() == newer_form
    assert found() == {}


def test_former_reading_is_kept_as_the_file_says_it(page):
    corrected(HELD, subject="FERRIES", tags=["ECON"])
    Cable.objects.filter(identifier=HELD).update(summary="an older reading")

    reparse(processes=1)

    fields = Version.objects.get().fields
    assert (fields["subject"], fields["tags"], fields["summary"]) == (
        "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN",
        ["PGOV", "PREL", "ECON"],
        "an older reading",
    )
    assert shown()["subject"] == "FERRIES"


def test_form_that_is_kept_as_a_version_changes_no_correction(page):
    corrected(HELD, subject="FERRIES")

    newer(page, released="2001-01-01", subject="AN OLDER FORM")

    correction = Correction.objects.get()
    assert (correction.received, correction.changed_at) == ("ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN", None)
    assert Version.objects.get().fields["subject"] == "AN OLDER FORM"


@pytest.mark.parametrize(("subject", "agrees"), [("FERRIES", True), ("SOMETHING ELSE", False)])
def test_file_that_changes_is_noted_and_overwrites_nothing(page, subject, agrees):
    corrected(HELD, subject="FERRIES", signers=["HALVORSEN"])

    newer(page, subject=subject, body=BODY.replace("ORLANIA: HARBOUR CONCESSION GOES TO THE\nFERRYMEN", subject))

    correction = Correction.objects.get(field="subject")
    assert (shown()["subject"], correction.received, correction.agrees) == ("FERRIES", subject, agrees)
    assert correction.changed_in == held().run
    assert Correction.objects.get(field="signers").changed_at is None
    let_stand(correction)
    assert Correction.objects.get(field="subject").changed_at is None


def test_value_that_the_file_says_takes_the_correction_back(page):
    corrected(HELD, subject="FERRIES")
    corrected(HELD, subject="ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN")
    assert not Correction.objects.exists()


def test_second_correction_keeps_what_the_file_says(page):
    corrected(HELD, subject="FERRIES")
    corrected(HELD, subject="BOATS", note="They are boats.")
    correction = Correction.objects.get()
    assert (correction.value, correction.received, correction.note) == (
        "BOATS",
        "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN",
        "They are boats.",
    )


def test_renamed_cable_is_found_and_cited_by_both_names(client, page):
    corrected(HELD, identifier="05VALDMARK5380")

    assert client.get(f"/cable/{HELD}/").headers["Location"] == "/cable/05VALDMARK5380/"
    assert set(Reference.objects.filter(target=held()).values_list("cable__identifier", flat=True)) == {
        "05VALDMARK347",
        "05VALDMARK600",
    }
    assert "05VALDMARK5380" in client.get("/search/?q=05VALDMARK5380", follow=True).content.decode()

    take_back(Correction.objects.get())

    assert client.get("/cable/05VALDMARK5380/").status_code == 404
    assert Reference.objects.filter(target=held()).count() == 2
    assert not Alias.objects.filter(target__startswith="05VALDMARK538").exists()


def test_open_reference_to_the_new_name_leads_to_the_renamed_cable_only_while_it_has_it(tmp_path, page):
    citing = {"05VALDMARK700": body("VALDMARK 000700", ref="VALDMARK 5380")}
    import_paths([csv_file(tmp_path / "citing.csv", citing)])
    reference = Reference.objects.filter(cable__identifier="05VALDMARK700")
    assert reference.get().target is None

    corrected(HELD, identifier="05VALDMARK5380")
    assert reference.get().target == held()
    take_back(Correction.objects.get())
    assert reference.get().target is None


def test_file_that_has_the_old_and_the_new_name_is_of_one_cable(tmp_path, page):
    corrected("05VALDMARK347", identifier="05VALDMARK3470")
    both = {f"05VALDMARK{serial}": body(f"VALDMARK {serial:06}", text="1. (C) Newer.") for serial in (347, 3470)}

    report = import_paths([csv_file(tmp_path / "both.csv", both)])

    assert (report.created, report.updated, report.problems) == (0, 2, 0)
    assert (Cable.objects.count(), Version.objects.count()) == (3, 2)
    assert found() == {}


def test_name_of_another_cable_is_refused(page):
    Alias.objects.create(identifier="05VALD600", target="05VALDMARK600")
    for name in ("05VALDMARK600", "05VALD600"):
        with pytest.raises(RefusedError, match="leads to another cable"):
            corrected(HELD, identifier=name)
    assert (shown()["identifier"], Correction.objects.count()) == (HELD, 0)


def test_dry_run_knows_a_renamed_cable_and_what_of_it_would_change(page):
    corrected(HELD, identifier="05VALDMARK5380", subject="FERRIES", released_on="2030-01-01")
    page.write_text(seed_page(released="2012-01-01", tags="PGOV", body=BODY.replace("PGOV, PREL, ECON", "PGOV")))
    (raw,) = read_path(page, lambda count: None)
    preview = Preview()

    (planned,) = Plan(preview).write([prepare(raw, content_hash(raw))])

    assert planned.outcome is Outcome.UPDATED
    (change,) = preview.changed
    assert (change.identifier, change.shown) == (HELD, True)
    assert change.fields == [("TAGS", "PGOV", "PGOV; PREL; ECON")]


def test_what_the_file_says_of_an_older_correction_is_found_out_by_reading_again(page):
    corrected(HELD, subject="FERRIES")
    Correction.objects.update(received=None)
    reparse(processes=1)
    correction = Correction.objects.get()
    assert (correction.received, correction.changed_at) == ("ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN", None)

    Correction.objects.update(received=None)
    take_back(Correction.objects.get())
    assert shown()["subject"] == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"


def test_correction_is_searched_by_its_words_and_counted_by_its_values(client, page):
    corrected(HELD, subject="ZEPPELINS", sent_at="1999-03-11T08:00:00+00:00", tags=["ELAB"])

    assert HELD in client.get("/search/?q=zeppelins&tag=ELAB&since=1999&until=1999").content.decode()
    entry = SearchEntry.objects.get(cable=held())
    assert (entry.year, len(entry.tag_ids)) == (1999, 1)


def test_import_asks_for_corrections_once_a_batch(tmp_path):
    import_paths([many_cables(tmp_path / "cables.csv", 30)])
    corrected("05VALDMARK3", subject="FERRIES")
    path = many_cables(tmp_path / "newer.csv", 30, text="1. (C) The harbour is less quiet.")
    with CaptureQueriesContext(connection) as captured:
        import_paths([path])

    asked = [query["sql"] for query in captured if 'FROM "cables_correction"' in query["sql"]]
    assert len(asked) == 1
    assert Cable.objects.get(identifier="05VALDMARK3").subject == "FERRIES"


def test_post_that_was_renamed_is_met_by_its_name_in_files(page, tmp_path):
    Post.objects.filter(name="Embassy Valdmark").update(name="Embassy Valdmark (Orlania)")
    more = {"05VALDMARK700": body("VALDMARK 000700")}
    import_paths([csv_file(tmp_path / "more.csv", more)])
    load_reference_tables()

    assert Cable.objects.get(identifier="05VALDMARK700").origin.name == "Embassy Valdmark (Orlania)"
    assert Post.objects.filter(slug__startswith="embassy-valdmark").count() == 1


def test_tables_are_loaded_again_beside_what_was_corrected(db):
    load_reference_tables()
    post = Post.objects.get(name="Embassy Athens")
    Post.objects.filter(pk=post.pk).update(name="Embassy Athens (Greece)", latitude=1.0)
    alias = Alias.objects.earliest("identifier")
    Alias.objects.filter(pk=alias.pk).update(target="")

    assert load_reference_tables() == {"TAGS": 0, "posts": 0, "aliases": 0}

    post.refresh_from_db()
    assert (post.name, post.latitude) == ("Embassy Athens (Greece)", 1.0)
    assert Alias.objects.get(pk=alias.pk).target == ""
