"""The most cited cables: each citing cable counts once, and what changes is followed."""

from __future__ import annotations

import pytest

from cables.ingest.run import import_paths
from cables.models import Cable, Reference
from cables.search.citations import most_cited
from cables.search.holdings import holdings
from tests.invented import body, csv_file

pytestmark = pytest.mark.django_db(transaction=True)


def bring(tmp_path, **cables: str) -> None:
    """Import cables, identifier -> what they cite."""
    texts = {identifier: body(ref=cited) for identifier, cited in cables.items()}
    import_paths([csv_file(tmp_path / f"{'-'.join(cables)}.csv", texts)])


def told(count: int = 9) -> dict[str, int]:
    names = dict(Cable.objects.values_list("pk", "identifier"))
    return {names[cable]: citing for cable, citing in most_cited(holdings(), count).items()}


def test_cables_count_by_how_many_others_cite_them(tmp_path):
    assert told() == {}
    bring(tmp_path, **{"05VALDMARK1": "VALDMARK 1; VALDMARK 9", "05VALDMARK2": "VALDMARK 1"})
    first = Cable.objects.get(identifier="05VALDMARK1")
    again = Reference(position=7, kind="cable", target_identifier=first.identifier, target=first)
    again.cable = Cable.objects.get(identifier="05VALDMARK2")
    again.save()
    assert told() == {"05VALDMARK1": 1}  # not by itself, and once by the cable that cites it twice

    bring(tmp_path, **{"05VALDMARK3": "VALDMARK 2", "05VALDMARK4": "A. VALDMARK 2 B. VALDMARK 1", "05VALDMARK9": ""})
    assert told() == {"05VALDMARK1": 2, "05VALDMARK2": 2, "05VALDMARK9": 1}
    assert list(told(2)) == ["05VALDMARK1", "05VALDMARK2"]

    Cable.objects.filter(identifier__in=["05VALDMARK1", "05VALDMARK3"]).delete()
    assert told() == {"05VALDMARK2": 1}
