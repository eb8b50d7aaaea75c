"""What a name means, for fields and filters alike."""

from __future__ import annotations

import pytest

from cables.ingest.reference_tables import load_reference_tables
from cables.models import Classification, Post
from cables.search.values import countries_named, country_name, levels_named


@pytest.mark.parametrize(
    ("value", "countries"),
    [
        ("KZ", ["KZ"]),
        ("kz", ["KZ"]),
        ("Kazakhstan", ["KZ"]),
        ("cote d'ivoire", ["CI"]),
        ("Ivory Coast", ["CI"]),
        ("The Netherlands", ["NL"]),
        ("Burma", ["MM"]),
        ("orlania", ["Orlania"]),
        ("Órlania", ["Orlania"]),
        ("Guinea", ["GN"]),
        ("Aruba", []),  # no post is there
        ("Atlantis", []),
        ("", []),
    ],
)
def test_country_is_known_by_code_and_by_every_name(db, value, countries):
    load_reference_tables()
    Post.objects.create(name="Embassy Valdmark", slug="embassy-valdmark", country="Orlania")

    assert countries_named(value) == countries


@pytest.mark.parametrize(("country", "name"), [("KZ", "Kazakhstan"), ("Orlania", "Orlania"), ("ZZ", "ZZ")])
def test_country_is_shown_by_its_name(country, name):
    assert country_name(country) == name


@pytest.mark.parametrize(
    ("value", "levels"),
    [
        ("s", [Classification.SECRET]),
        ("SECRET", [Classification.SECRET]),
        ("top-secret", [Classification.TOP_SECRET]),
        ("Top Secret", [Classification.TOP_SECRET]),
        ("LOU", [Classification.LIMITED_OFFICIAL_USE]),
        ("for official use only", [Classification.FOR_OFFICIAL_USE_ONLY]),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", [Classification.FOR_OFFICIAL_USE_ONLY]),
        ("cosmic", []),
    ],
)
def test_level_is_known_by_name_address_and_abbreviation(value, levels):
    assert levels_named(value) == levels
