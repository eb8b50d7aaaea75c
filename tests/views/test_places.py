"""Origins: the map, the list by country, a post's page."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from cables.corpus import write_corpus
from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from cables.management.commands.quickstart import invented_posts
from cables.models import Post
from cables.views.world_map import HEIGHT, REACH, WIDTH, marks, project
from tests.invented import body, csv_file
from tests.views.reading import words

HOSTILE = '"><script>alert(1)</script>'


def tree(client, address: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(client.get(address).content)


def post_with_cables(tmp_path: Path, name: str, station: str, cables: int = 1, tags: str = "PGOV", **place) -> Post:
    """Import cables of a post that stands there, and return it."""
    texts = {f"05{station}{number}": body(f"{station} {number}", tags=tags) for number in range(1, cables + 1)}
    import_paths([csv_file(tmp_path / f"{station}.csv", texts, origin=name)])
    Post.objects.filter(name=name).update(**place)
    return Post.objects.get(name=name)


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        # Counted by hand from the polynomial: the equator is 0.8707 of its true length, and so is its scale.
        (0, 0, (500.0, 252.7)),
        (0, 180, (1000.0, 252.7)),
        (0, -180, (0.0, 252.7)),
        (84, 0, (500.0, 0.0)),
        (-57, 0, (500.0, 434.7)),
    ],
)
def test_known_coordinates_have_their_place_on_the_map(latitude, longitude, place):
    assert project(latitude, longitude) == place
    assert (WIDTH, HEIGHT) == (1000, 434.7)


def test_land_is_drawn_to_the_same_measure_as_the_posts():
    # The coastline's picture has ten units to one of ours.
    land = Path("static/land.svg").read_text("utf-8")
    assert f'viewBox="0 0 {WIDTH * 10} {round(HEIGHT * 10)}"' in land


def test_area_grows_with_cables_and_grounds_do_not_overlap():
    near, far = Post(pk=1, name="A", latitude=60, longitude=10), Post(pk=2, name="B", latitude=60, longitude=14)
    alone = Post(pk=3, name="C", latitude=-20, longitude=-60)
    found = marks([near, far, alone], {1: 100, 2: 25, 3: 100})

    assert [mark.post.name for mark in found] == ["A", "C", "B"]  # the largest first
    assert [mark.radius for mark in found] == [20.0, 20.0, 10.0]
    by_name = {mark.post.name: mark for mark in found}
    assert by_name["C"].reach == max(REACH, by_name["C"].radius)
    half = round((by_name["B"].x - by_name["A"].x) / 2, 1)
    assert half < REACH
    assert by_name["B"].reach == max(10.0, half)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(None, 10.0), (10.0, None), (91.0, 0.0), (-89.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)],
)
def test_post_without_a_place_on_the_map_is_in_the_list_only(db, client, tmp_path, latitude, longitude):
    post_with_cables(tmp_path, "Embassy Valdmark", "VALDMARK", latitude=62.4, longitude=10.2, country="Estmark")
    post_with_cables(
        tmp_path, "Embassy Valbrune", "VALBRUNE", latitude=latitude, longitude=longitude, country="Lusarne"
    )
    page = tree(client, "/origins/")
    assert page.xpath("//*[@class='map']//a/@href") == ["/origins/embassy-valdmark/"]
    assert page.xpath("//ul[@class='countries']//li//li/a/text()") == ["Embassy Valdmark", "Embassy Valbrune"]


def test_map_is_left_out_where_no_post_has_a_place(db, client, tmp_path):
    post_with_cables(tmp_path, "Embassy Valdmark", "VALDMARK")
    page = tree(client, "/origins/")
    assert page.xpath("//*[@class='map']") == []
    assert page.xpath("//ul[@class='countries']//li//li/a/text()") == ["Embassy Valdmark"]


def test_map_and_list_say_the_same(db, client, tmp_path):
    place = {"latitude": 62.4, "longitude": 10.2, "country": "Estmark"}
    post_with_cables(tmp_path, "Consulate Skarnhavn", "SKARNHAVN", 2, **place)
    post_with_cables(tmp_path, "Embassy Valdmark", "VALDMARK", **place)
    post_with_cables(tmp_path, "Embassy Valbrune", "VALBRUNE", 3, latitude=46.9, longitude=7.9, country="Lusarne")
    post_with_cables(tmp_path, "Roving Envoy", "ENVOY")
    page = tree(client, "/origins/")

    assert page.xpath("//*[@class='map']//a/title/text()") == [
        "Embassy Valbrune: 3 cables",
        "Consulate Skarnhavn: 2 cables",
        "Embassy Valdmark: 1 cable",
    ]
    assert [words(group) for group in page.xpath("//ul[@class='countries']/li")] == [
        "Estmark 3 Embassy Valdmark 1, 2005 Consulate Skarnhavn 2, 2005",
        "Lusarne 3 Embassy Valbrune 3, 2005",
        "Others 1 Roving Envoy 1, 2005",
    ]
    assert page.xpath("//ul[@class='countries']//h3/a/@href") == [
        "/search/?country=Estmark",
        "/search/?country=Lusarne",
    ]


def test_hostile_names_of_posts_stay_text(db, client, tmp_path):
    post = post_with_cables(tmp_path, f"Embassy {HOSTILE}", "VALDMARK", latitude=1.0, longitude=1.0)
    Post.objects.update(country=HOSTILE, city=HOSTILE)
    for address in ["/origins/", post.get_absolute_url(), "/coverage/", f"/coverage/{post.slug}/"]:
        page = client.get(address).content.decode()
        assert "<script>" not in page, address
        assert escape(f"Embassy {HOSTILE}") in page, address


def test_post_shows_its_time_place_and_subjects(db, client, tmp_path):
    load_reference_tables()
    texts = {
        "05VALDMARK1": body("VALDMARK 1", tags="PGOV, PREL, UN, BR, ZZQX", ref="VALDMARK 77"),
        "05VALDMARK2": body("VALDMARK 2", tags="PGOV, UN"),
    }
    import_paths([csv_file(tmp_path / "c.csv", texts)])
    post = Post.objects.get(name="Embassy Valdmark")
    Post.objects.filter(pk=post.pk).update(latitude=62.4, longitude=10.2, city="Valdmark", country="Estmark")
    post_with_cables(tmp_path, "Embassy Valbrune", "VALBRUNE", tags="ECON")  # must not leak into the other's page
    page = tree(client, post.get_absolute_url())

    (lead,) = page.xpath("//p[@class='lead']")
    assert words(lead) == "2 cables from this post, from 1 March 2005 to 2 March 2005."
    (circle,) = page.xpath("//*[@class='map']//circle")
    assert (float(circle.get("cx")), float(circle.get("cy"))) == project(62.4, 10.2)
    assert [words(caption) for caption in page.xpath("//figure[@class='locator']/figcaption")] == ["Valdmark, Estmark"]
    topics = {words(part.find("h3")): part for part in page.xpath("//*[@class='ways']/section")}
    told = {name: [words(link) for link in part.xpath(".//a[@class='coded']")] for name, part in topics.items()}
    assert told == {
        "Subjects": ["PGOV Internal Governmental Affairs", "PREL External Political Relations"],
        "Countries and regions": ["BR Brazil"],
        "Organizations": ["UN United Nations"],
        "Not in the handbooks": ["ZZQX"],
    }
    counted = topics["Subjects"].xpath(".//a[@class='count']")
    assert [(link.text, link.get("href")) for link in counted] == [
        ("2", "/search/?origin=embassy-valdmark&tag=PGOV"),
        ("1", "/search/?origin=embassy-valdmark&tag=PREL"),
    ]
    (heat,) = page.xpath("//table[contains(@class, 'heat')]")
    assert heat.xpath(".//a/@href") == ["/search/?origin=embassy-valdmark&since=2005-03&until=2005-03"]
    assert "1 cable of this post is cited here and not held." in words(page.find(".//main"))


def test_links_of_a_post_lead_to_searches_that_find_what_they_say(db, client, tmp_path):
    post = post_with_cables(tmp_path, "Embassy Valdmark", "VALDMARK", 2, country="O'Land & Sons")
    for address in tree(client, post.get_absolute_url()).xpath("//main//a[starts-with(@href, '/search/')]/@href"):
        assert words(tree(client, address).find(".//h2[@id='found']/strong")) == "2 cables", address


def test_demo_puts_every_invented_post_on_the_map(db, client, tmp_path):
    Post.objects.bulk_create(invented_posts())
    write_corpus(tmp_path / "corpus", 150, seed=1)
    import_paths([tmp_path / "corpus"])
    page = tree(client, "/origins/")
    listed = page.xpath("//ul[@class='countries']//li//li/a/@href")
    assert len(listed) > 10
    assert set(page.xpath("//*[@class='map']//a/@href")) == set(listed) - {"/origins/secretary-of-state/"}


@pytest.mark.parametrize("address", ["/origins/", "/origins/embassy-valdmark/", "/coverage/", "/coverage.csv"])
def test_three_posts_are_asked_for_as_one_is(db, client, tmp_path, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
            assert response.status_code == 200
            assert not response.streaming or b"".join(response)
        return len(captured)

    place = {"latitude": 1.0, "longitude": 1.0, "country": "Estmark"}
    post_with_cables(tmp_path, "Embassy Valdmark", "VALDMARK", **place)
    with_one = queries()
    post_with_cables(tmp_path, "Embassy Valbrune", "VALBRUNE", tags="ECON, ELAB", **place)
    post_with_cables(tmp_path, "Embassy Drevnograd", "DREVNOGRAD", tags="PREL", **place)
    assert queries() == with_one
