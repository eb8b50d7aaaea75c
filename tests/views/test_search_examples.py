"""The examples of the search's language, in an archive that they are made of."""

from __future__ import annotations

import lxml.html
import pytest

from cables.models import Cable
from cables.search.specimens import specimens

pytestmark = pytest.mark.django_db

FINDS_NOTHING = {"country:FR"}
"""No invented post lies in a country of ISO 3166."""


def test_every_example_finds_a_cable_of_this_archive(invented, client):
    links = lxml.html.fromstring(client.get("/help/search/").content).xpath("//table//a")
    without_hits = set()
    for link in links:
        answer = client.get(link.get("href"), follow=True)
        found = lxml.html.fromstring(answer.content)
        if not found.xpath("//ol[@class='cables']/li") and not found.xpath("//article[@class='cable']"):
            without_hits.add(link.text_content())
    assert len(links) == 31
    assert without_hits == FINDS_NOTHING


def test_examples_are_of_one_cable_that_is_held(invented):
    of = specimens()
    cable = Cable.objects.get(identifier=of.identifier)
    assert " ".join(of.pair) in cable.subject.lower()
    assert of.tag in cable.tags.values_list("code", flat=True)
    assert cable.origin.name == of.origin
    assert (cable.sent_at.year, cable.sent_at.month) == (of.year, of.month)
    assert of.cited in cable.references.values_list("target__identifier", flat=True)
