"""Posts and TAGS as an import meets them."""

from __future__ import annotations

import pytest

from cables.ingest.catalogue import Catalogue
from cables.models import Post, Tag

pytestmark = pytest.mark.django_db

NAMES = [f"Embassy Town {number}" for number in range(20)]
CODES = [f"X{number}" for number in range(20)]


def test_what_is_met_first_is_made():
    catalogue = Catalogue()

    catalogue.meet([*NAMES, ""], CODES)

    assert [catalogue.post(name).name for name in NAMES] == NAMES
    assert [catalogue.post(name).slug for name in NAMES[:2]] == ["embassy-town-0", "embassy-town-1"]
    assert catalogue.post("") is None
    assert catalogue.tags(CODES[::-1]) == [Tag.objects.get(code=code).pk for code in CODES[::-1]]


def test_held_names_are_asked_for_at_once_and_remembered(django_assert_num_queries):
    Catalogue().meet(NAMES, CODES)
    catalogue = Catalogue()

    with django_assert_num_queries(2):
        catalogue.meet(NAMES, CODES)
    with django_assert_num_queries(0):
        catalogue.meet(NAMES, CODES)

    assert Post.objects.filter(name__in=NAMES).count() == 20


def test_forgetful_catalogue_finds_what_is_held_again():
    catalogue = Catalogue()
    catalogue.meet(NAMES, CODES)
    Post.objects.filter(name=NAMES[0]).delete()

    catalogue.forget()
    catalogue.meet(NAMES, CODES)

    assert Post.objects.filter(pk=catalogue.post(NAMES[0]).pk).exists()
