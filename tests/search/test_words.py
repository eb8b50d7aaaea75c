"""The archive's own words: how they are gathered, and which are like another."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from cables.ingest.run import import_paths
from cables.models import Cable, Word, WordList
from cables.models import word as word_list
from cables.search.words import known, slips, words_beginning, words_like
from tests.ingest.files import many_cables

pytestmark = pytest.mark.django_db


def words() -> dict[str, tuple[str, str, int, int]]:
    return {row[0]: row for row in Word.objects.values_list("text", "folded", "stem", "cables", "subjects")}


def test_words_are_kept_as_written_with_stem_and_counts(worded):
    kept = words()

    assert kept["government"] == ("government", "government", "govern", 2, 2)
    assert kept["lighthouse"] == ("lighthouse", "lighthouse", "lighthous", 2, 0)
    assert kept["ferry"] == ("ferry", "ferry", "ferri", 1, 1)
    assert kept["ferries"] == ("ferries", "ferries", "ferri", 1, 1)
    assert kept["quintéla"] == ("quintéla", "quintela", "quintela", 1, 0)


@pytest.mark.parametrize("absent", ["the", "in", "2005", "xxxxxxxxxxxx", "05valdmark1"])
def test_what_is_no_word_or_never_searched_for_is_not_kept(worded, absent):
    assert absent not in words()


def test_words_are_gathered_when_the_archive_has_grown_by_a_tenth(db, tmp_path):
    import_paths([many_cables(tmp_path / "first.csv", 20)])
    assert WordList.objects.get().held == 20

    import_paths([many_cables(tmp_path / "two.csv", 2, first=100, text="1. (C) A zeppelin.")])
    assert (WordList.objects.get().held, "zeppelin" in words()) == (20, False)

    import_paths([many_cables(tmp_path / "one.csv", 1, first=200, text="1. (C) A zeppelin.")])
    assert (WordList.objects.get().held, "zeppelin" in words()) == (23, True)


def test_dry_run_gathers_no_words(db, tmp_path):
    import_paths([many_cables(tmp_path / "c.csv", 3)], dry_run=True)
    assert (Word.objects.count(), WordList.objects.count()) == (0, 0)


def test_large_archive_is_read_in_part_but_for_its_subjects(db, tmp_path, monkeypatch):
    import_paths([many_cables(tmp_path / "c.csv", 10)])
    assert words()["quiet"][3] == 10

    monkeypatch.setattr(word_list, "TEXTS_READ", 4)
    Word.objects.gather()

    assert WordList.objects.get().step == 3
    assert (words()["quiet"][3], words()["harbour"][3:]) == (4, (10, 10))


def test_rare_words_of_a_large_archive_are_left_out(worded, monkeypatch):
    monkeypatch.setattr(word_list, "SMALL", 3)
    monkeypatch.setattr(word_list, "FEWEST_CABLES", 2)
    Word.objects.gather()

    assert {"government", "lighthouse"} <= set(words())
    assert "quintéla" not in words()


def test_rebuilding_search_gathers_the_words(worded, capsys):
    before = words()
    Word.objects.all().delete()

    call_command("rebuild_search")

    assert words() == before
    assert capsys.readouterr().out == f"4 search entries made anew, {len(before)} words gathered\n"


def test_no_cables_have_no_words(worded):
    Cable.objects.all().delete()
    assert Word.objects.gather() == 0


@pytest.mark.parametrize(
    ("word", "edits", "like"),
    [
        ("goverment", 1, [("government", 1)]),
        ("GOVERMENT", 1, [("government", 1)]),
        ("govermnent", 1, [("government", 1)]),
        ("govrment", 1, []),
        ("govrment", 2, [("government", 2)]),
        ("quintela", 1, [("quintéla", 0)]),
        ("quíntala", 1, [("quintéla", 1)]),
        ("ferry", 2, [("ferry", 0)]),
        ("visa", 1, [("visas", 1)]),
        ("zeppelin", 2, []),
        ("g" * 300, 2, []),
        ("", 2, []),
    ],
)
def test_words_like(worded, word, edits, like):
    assert [(found.text, found.edits) for found in words_like(word, edits)] == like


def test_of_words_equally_near_the_one_of_most_cables_comes_first(worded):
    Word.objects.create(text="gate", folded="gate", stem="gate", cables=3, subjects=0)
    Word.objects.create(text="game", folded="game", stem="game", cables=9, subjects=0)
    assert [like.text for like in words_like("gane", 1)] == ["game", "gate"]


def test_known_counts_a_word_in_all_its_forms(worded):
    assert known(["ferry", "governments", "zeppelin", "the"]) == {"ferry": 2, "governments": 2, "zeppelin": 0}


def test_words_of_subjects_by_beginning(worded):
    assert words_beginning("FERR", 5) == ["ferries", "ferry"]
    assert words_beginning("gov", 1) == ["government"]
    assert words_beginning("light", 5) == []
    assert words_beginning("%", 5) == []


@pytest.mark.parametrize(
    ("one", "other", "edits"), [("", "", 0), ("ab", "ba", 1), ("abc", "ac", 1), ("ac", "abc", 1), ("abcd", "badc", 2)]
)
def test_slips(one, other, edits):
    assert slips(one, other) == edits
