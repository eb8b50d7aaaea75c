"""The home page: what is held, and the ways in."""

from __future__ import annotations

from pathlib import Path

import lxml.html

from cables.ingest.run import import_paths
from cables.models import Cable
from tests.invented import body, csv_file, seed_page
from tests.views.reading import words


def home(client) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(client.get("/").content)


def part(page: lxml.html.HtmlElement, heading: str) -> list[str]:
    """Return the rows of the section with this heading."""
    (rows,) = page.xpath(f"//section[h2 = '{heading}']/*[self::ul or self::ol]")
    return [words(row) for row in rows]


def test_home_counts_what_is_held(archive, client):
    (holdings,) = home(client).xpath("//p[@class='holdings']/text()[1]")
    assert " ".join(holdings.split()) == "3 cables from 1 post, 10 February 2005 to 2 March 2005."


def test_home_names_the_releases_that_imports_were_told_of(archive, client, tmp_path: Path):
    for name, number in (("Orlania papers", 701), ("Second release", 702), ("Orlania papers", 703)):
        new = csv_file(tmp_path / f"{number}.csv", {f"05VALDMARK{number}": body()})
        import_paths([new], release=name)
    told = words(home(client).xpath("//p[@class='holdings']")[0])
    assert "; releases: Orlania papers, Second release." in told


def test_months_lead_to_their_cables(archive, client):
    page = home(client)
    assert [
        (link.get("href"), link.get("aria-label"), link.get("class"))
        for link in page.xpath("//table[contains(@class, 'strip')]//a")
    ] == [("/dates/2005/02/", "February 2005: 1", "heat-4"), ("/dates/2005/03/", "March 2005: 2", "heat-5")]
    assert page.xpath("//table[contains(@class, 'strip')]/thead//th/text()") == ["2005"]


def test_newest_arrivals_are_those_imported_last_whatever_their_date(archive, client, tmp_path: Path):
    old = seed_page("72VALDMARK1", subject="OLD BUT NEW HERE", created="1972-01-02 03:04:00", release="Late release")
    (tmp_path / "old.txt").write_text(old)
    import_paths([tmp_path / "old.txt"])

    page = home(client)
    rows = part(page, "Newest arrivals")
    assert rows[0] == "OLD BUT NEW HERE Embassy Valdmark, 2 January 1972"
    by_arrival = Cable.objects.order_by("-pk").values_list("subject", flat=True)
    assert len(rows) == 4
    assert all(row.startswith(subject) for row, subject in zip(rows, by_arrival, strict=True))
    (note,) = page.xpath("//section[h2 = 'Newest arrivals']/p")
    assert words(note).endswith("brought 1 cable; the newest are of the release Late release.")


def test_most_cited_cables_have_the_number_that_their_pages_have(archive, client, tmp_path: Path):
    citing = {
        "05VALDMARK701": body(ref="VALDMARK 347"),
        "05VALDMARK702": body(ref="VALDMARK 347; VALDMARK 600"),
    }
    import_paths([csv_file(tmp_path / "citing.csv", citing)])

    rows = part(home(client), "Most cited")
    assert rows == [
        "FERRYMEN THREATEN A STRIKE Embassy Valdmark, 1 March 2005 · cited by 3 cables",
        "VISAS FOR SAILORS Embassy Valdmark, 2 March 2005 · cited by 1 cable",
    ]
    cable = lxml.html.fromstring(client.get("/cable/05VALDMARK347/").content)
    assert len(cable.xpath("//section[contains(h2, 'cite this one')]//li")) == 3


def test_nothing_cited_has_no_such_part(db, client, tmp_path: Path):
    import_paths([csv_file(tmp_path / "one.csv", {"05VALDMARK1": body(ref="VALDMARK 9")})])
    page = home(client)
    assert page.xpath("//h2/text()") == ["Month by month", "By origin", "By subject", "Newest arrivals"]


def test_ways_in_are_the_posts_and_subjects_with_most_cables(archive, client):
    page = home(client)
    assert part(page, "By origin") == ["Embassy Valdmark 3"]
    assert part(page, "By subject") == [
        "Internal Governmental Affairs 2",
        "Visas 1",
        "Economic Conditions 1",
        "Labor Sector Affairs 1",
        "External Political Relations 1",
    ]
