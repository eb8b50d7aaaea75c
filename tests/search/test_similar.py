"""Similar cables: what they share."""

from __future__ import annotations

import pytest

from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from cables.models import Cable, WordList
from cables.search.similar import similar
from tests.invented import body, csv_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def forty(tmp_path):
    """Forty cables of common words, some with rare ones or a rare TAG."""
    load_reference_tables()
    rare = {
        1: ("ZEPPELIN HANGAR", "PGOV", "The mooring mast fell."),
        2: ("WEATHER", "PGOV", "The zeppelin left its hangar."),
        3: ("WEATHER", "PGOV", "The zeppelin left; the mast stands; a hangar burns."),
        4: ("WEATHER", "PGOV", "A zeppelin was seen."),
        5: ("LAUNDRY", "PGOV, KFLO", "The laundry of the porcelain guild."),
        6: ("WEATHER", "PGOV, KFLO", "The porcelain is white."),
    }
    cables = {
        f"05VALDMARK{number}": body(subject=subject, tags=tags, text=f"1. (C) The harbour is quiet. {text}")
        for number in range(1, 41)
        for subject, tags, text in [rare.get(number, ("WEATHER", "PGOV", "Nothing else."))]
    }
    import_paths([csv_file(tmp_path / "c.csv", {**dict(list(cables.items())[:28])})])
    import_paths([csv_file(tmp_path / "d.csv", dict(list(cables.items())[28:]))])


def of(identifier: str) -> list[str]:
    return [cable.identifier for cable in similar(Cable.objects.get(identifier=identifier).pk, 5)]


def test_cables_that_share_two_rare_words_the_most_alike_first(forty):
    assert of("05VALDMARK1") == ["05VALDMARK3", "05VALDMARK2"]


def test_rare_word_and_rare_tag_are_two_things_shared(forty):
    assert of("05VALDMARK5") == ["05VALDMARK6"]


def test_one_rare_word_or_common_ones_are_not_enough(forty):
    assert of("05VALDMARK4") == []
    assert of("05VALDMARK20") == []


def test_no_list_of_words_finds_none(forty):
    WordList.objects.all().delete()
    assert of("05VALDMARK1") == []
