"""The page of classifications and captions."""

from __future__ import annotations

from pathlib import Path

import lxml.html

from cables.ingest.run import import_paths
from cables.models import Classification
from cables.reference_data import tables
from tests.invented import body, csv_file


def entries(client) -> list[list[str]]:
    """Return of each marking its link and its words, part by part."""
    page = lxml.html.fromstring(client.get("/classifications/").content)
    return [
        [entry.find(".//a").get("href"), *(" ".join(part.text_content().split()) for part in entry)]
        for entry in page.xpath("//ul[@class='markings']/li")
    ]


def test_every_marking_has_its_number_its_years_and_its_meaning(db, client, tmp_path: Path):
    cables = {
        "05VALDMARK1": body(),
        "05VALDMARK2": body().replace("E.O. 12958", "NODIS\nE.O. 12958"),
        "05VALDMARK3": body().replace("E.O. 12958", "NODIS\n\nE.O. 12958"),
    }
    import_paths([csv_file(tmp_path / "c.csv", cables)])
    (level,) = [entry for entry in tables.classifications() if entry.level == "confidential"]
    assert entries(client) == [
        [
            "/search/?classification=confidential",
            "CONFIDENTIAL",
            "3 cables",
            "2005",
            f"{level.meaning} (E.O. 12958, section 1.3; E.O. 13526, section 1.2)",
        ],
        [
            "/search/?caption=NODIS",
            "NODIS No Distribution",
            "2 cables",
            "2005",
            "Only to the addressee; further distribution by the Executive Secretary alone",
        ],
    ]


def test_columns_of_all_markings_stand_over_the_same_years(db, client, tmp_path: Path):
    early = csv_file(tmp_path / "a.csv", {"03VALDMARK1": body()}).read_text().replace("/2005", "/2003")
    (tmp_path / "a.csv").write_text(early)
    later = {"05VALDMARK2": body().replace("C O N F I D E N T I A L", "S E C R E T")}
    late = csv_file(tmp_path / "b.csv", later).read_text().replace('"CONFIDENTIAL"', '"SECRET"')
    (tmp_path / "b.csv").write_text(late)
    import_paths([tmp_path / "a.csv", tmp_path / "b.csv"])

    page = lxml.html.fromstring(client.get("/classifications/").content)
    assert page.xpath("//li//svg/@viewbox") == ["0 0 3 100", "0 0 3 100"]
    assert page.xpath("//li//path/@d") == ["M2.1 100V0h.8V100", "M0.1 100V0h.8V100"]


def test_every_level_has_a_meaning():
    assert [entry.level for entry in tables.classifications()] == [level.slug for level in reversed(Classification)]
    assert all(entry.meaning.endswith(".") for entry in tables.classifications())
