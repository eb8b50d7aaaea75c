"""What an import writes, leaves alone, keeps and tells."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.postgres.search import SearchQuery

from cables.ingest.run import import_paths
from cables.models import (
    Alias,
    Cable,
    CableTag,
    Classification,
    ImportProblem,
    ImportRun,
    Paragraph,
    Redaction,
    Reference,
    SearchEntry,
    Version,
)
from tests.invented import BODY, body, csv_file, seed_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(seed_page())
    return path


def counts(report):
    return report.read, report.created, report.updated, report.unchanged


def test_every_field_of_the_page_is_stored(page):
    import_paths([page])

    cable = Cable.objects.get()
    assert cable.identifier == "05VALDMARK538"
    assert cable.subject == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"
    assert cable.origin.name == "Embassy Valdmark"
    assert cable.sent_at == datetime(2005, 2, 10, 7, 16, tzinfo=UTC)
    assert cable.classification == Classification.CONFIDENTIAL
    assert cable.redaction == Redaction.NOT_REDACTED
    assert cable.is_partial is False
    assert cable.release_name == "invented-2"
    assert cable.released_on.isoformat() == "2011-10-04"
    assert cable.summary == "The harbour authority has given the concession to the ferrymen's guild."
    assert cable.comment == "We expect an appeal."
    assert cable.classified_by == "Ilse Brandvik"
    assert cable.classification_reasons == ["1.4(b)", "1.4(d)"]
    assert [tag.code for tag in cable.tags.order_by("cabletag__position")] == ["PGOV", "PREL", "ECON"]
    assert list(cable.references.values_list("label", "target_identifier")) == [
        ("A", "05VALDMARK347"),
        ("B", "05VALDMARK342"),
    ]


def test_paragraphs_put_together_are_the_body(page):
    import_paths([page])

    cable = Cable.objects.get()
    assert "".join(piece.raw for piece in Paragraph.objects.of(cable)) == cable.body
    assert BODY.strip() in cable.body


def test_second_import_changes_nothing(page):
    import_paths([page])
    tables = [Cable, CableTag, Paragraph, Reference, SearchEntry, Version, Alias]
    before = [list(table.objects.order_by("pk").values()) for table in tables]

    report = import_paths([page])

    assert counts(report) == (1, 0, 0, 1)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_later_release_takes_the_place_and_the_former_is_kept(page, tmp_path):
    later = tmp_path / "later.txt"
    later.write_text(seed_page(subject="A BETTER SUBJECT", released="2012-01-01"))
    import_paths([page])

    report = import_paths([later])

    assert counts(report) == (1, 0, 1, 0)
    assert Cable.objects.get().subject == "A BETTER SUBJECT"
    version = Version.objects.get()
    assert version.fields["subject"] == "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN"
    assert version.fields["tags"] == ["PGOV", "PREL", "ECON"]
    assert version.fields["body"] in seed_page()


def test_extract_never_takes_the_place_of_a_full_text(page, tmp_path):
    extract = tmp_path / "extract.txt"
    extract.write_text(seed_page(partial=True, body="1. (C) Only this.\n", released="2020-01-01"))
    import_paths([page])

    import_paths([extract])

    assert Cable.objects.get().is_partial is False
    assert Version.objects.get().fields["is_partial"] is True
    assert counts(import_paths([page, extract])) == (2, 0, 0, 2)


@pytest.mark.parametrize("order", [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_two_forms_of_a_cable_give_one_cable_in_any_order(tmp_path, order):
    (tmp_path / "a.txt").write_text(seed_page(released="2011-01-01"))
    (tmp_path / "b.txt").write_text(seed_page(released="2011-09-09"))

    import_paths([tmp_path / name for name in order])

    assert Cable.objects.get().released_on.isoformat() == "2011-09-09"
    assert Version.objects.get().fields["released_on"] == "2011-01-01"


def test_reference_settles_when_its_target_arrives_later(tmp_path):
    first = csv_file(tmp_path / "1.csv", {"05VALDMARK20": body("VALDMARK 000020", ref="VALDMARK 10")})
    second = csv_file(tmp_path / "2.csv", {"05VALDMARK10": body("VALDMARK 000010")})
    import_paths([first])
    assert Reference.objects.get().target is None

    import_paths([second])

    assert Reference.objects.get().target.identifier == "05VALDMARK10"


def test_reference_by_an_alias_settles(tmp_path):
    Alias.objects.create(identifier="05VALDMARK77", target="05VALDMARK10")
    cables = {
        "05VALDMARK10": body("VALDMARK 000010"),
        "05VALDMARK20": body("VALDMARK 000020", ref="VALDMARK 77"),
    }

    import_paths([csv_file(tmp_path / "cables.csv", cables)])

    assert Reference.objects.get().target.identifier == "05VALDMARK10"


def test_cable_that_cites_itself_cites_nothing(tmp_path):
    cables = {"05VALDMARK10": body("VALDMARK 000010", ref="VALDMARK 10")}

    import_paths([csv_file(tmp_path / "cables.csv", cables)])

    assert not Reference.objects.exclude(target_identifier="").exists()


def test_good_cables_come_in_beside_bad_files(page, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "binary.html").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "other.html").write_text("<!doctype html><title>Ferry times</title><p>The ferry sails at nine.</p>")
    csv = csv_file(tmp_path / "cut.csv", {"05VALDMARK1": body(), "05VALDMARK2": body()})
    csv.write_text(csv.read_text()[:-200])
    (tmp_path / "long.txt").write_bytes(b"x" * 20_000_000)

    report = import_paths([tmp_path])

    assert sorted(Cable.objects.values_list("identifier", flat=True)) == ["05VALDMARK1", "05VALDMARK538"]
    unread = ImportProblem.objects.filter(field="").values_list("file", flat=True)
    assert {Path(file).name for file in unread} == {
        "empty.csv",
        "binary.html",
        "other.html",
        "cut.csv",
        "long.txt",
    }
    assert report.exit_status == 1
    assert ImportRun.objects.get().status == ImportRun.Status.FINISHED


def test_missing_path_is_a_problem_that_names_it(tmp_path):
    report = import_paths([tmp_path / "nowhere.csv"])

    assert report.exit_status == 2
    assert ImportProblem.objects.get().file.endswith("nowhere.csv")


def test_cable_without_identifier_is_a_problem_with_its_text(tmp_path):
    (tmp_path / "page.txt").write_text(seed_page(identifier="", body="1. (C) Nameless text.\n"))

    import_paths([tmp_path])

    assert not Cable.objects.exists()
    assert "Nameless text" in ImportProblem.objects.filter(field="").get().text


def test_cable_whose_words_fit_no_vector_comes_in_and_its_first_words_are_found(tmp_path):
    many = " ".join(f"word{number:x}" for number in range(200_000))
    cables = {"05VALDMARK1": body(), "05VALDMARK2": body(text=f"1. (C) {many}"), "05VALDMARK3": body()}

    report = import_paths([csv_file(tmp_path / "cables.csv", cables)])

    assert counts(report) == (3, 3, 0, 0)
    assert many in Cable.objects.get(identifier="05VALDMARK2").body
    first, last = (
        list(SearchEntry.objects.filter(vector=SearchQuery(word, config="cables")).values_list("cable__identifier"))
        for word in ("word1", "word30d3f")
    )
    assert (first, last) == ([("05VALDMARK2",)], [])
    problem = ImportProblem.objects.get(field="search")
    assert problem.identifier == "05VALDMARK2"
    assert "200,000" in problem.reason


def test_dry_run_reports_the_same_and_writes_nothing(page, tmp_path):
    (tmp_path / "again.txt").write_text(seed_page())

    planned = import_paths([tmp_path], dry_run=True)

    assert not Cable.objects.exists()
    assert not ImportRun.objects.exists()
    assert counts(planned) == counts(import_paths([tmp_path]))


def test_release_given_is_used_where_the_file_names_none(tmp_path):
    import_paths([csv_file(tmp_path / "cables.csv", {"05VALDMARK1": body()})], release="Leak of the ferry office")

    assert Cable.objects.get().release_name == "Leak of the ferry office"


def test_run_names_the_file_by_its_hash(page):
    import_paths([page])

    (file,) = ImportRun.objects.get().files
    assert file["path"] == str(page)
    assert file["bytes"] == page.stat().st_size
    assert len(file["sha256"]) == 64


def test_later_cable_cites_one_of_the_1970s_by_two_digits(tmp_path):
    cables = {
        "1977VALDMARK14": body("VALDMARK 00014"),
        "05VALDMARK20": body("VALDMARK 000020", ref="77 VALDMARK 14"),
    }

    import_paths([csv_file(tmp_path / "cables.csv", cables)])

    assert Reference.objects.get().target.identifier == "1977VALDMARK14"
