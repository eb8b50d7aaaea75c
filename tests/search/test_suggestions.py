"""Suggestions: what is offered for what is typed so far."""

from __future__ import annotations

import pytest

from cables.search.suggestions import suggest

pytestmark = pytest.mark.django_db

GOVERNMENT = ("tag:PGOV", "Internal Governmental Affairs")
VISAS = ("tag:CVIS", "Visas")
POST = ('origin:"Embassy Valdmark"', "Embassy Valdmark")
FIRST = ("05VALDMARK1", "FERRY STRIKE")
FORTIETH = ("05VALDMARK40", "GOVERNMENT RETURNS")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("05valdmark4", [FORTIETH]),
        ("05 Valdmark 00004", [FORTIETH]),
        ("2005VALDMARK0040", [FORTIETH]),
        ("05VALDMARK1", [FIRST]),
        ("05ZZ", []),
        ("ferr", [("ferries", ""), ("ferry", "")]),
        ("Férr", [("ferries", ""), ("ferry", "")]),
        ("pgov", [GOVERNMENT]),
        ("internal gov", [GOVERNMENT, ("internal government", "")]),
        ("strike pgo", [("strike tag:PGOV", GOVERNMENT[1])]),
        ("(ferry OR vis", [("(ferry OR tag:CVIS", "Visas"), ("(ferry OR visas", "")]),
        ("-vis", [("-tag:CVIS", "Visas"), ("-visas", "")]),
        ("valdm", [POST]),
        ("embassy val", [POST, ('embassy origin:"Embassy Valdmark"', "Embassy Valdmark")]),
        ("embassy", [POST]),
        ("tag:vi", [VISAS]),
        ("tag:el", [("tag:ELAB", "Labor Sector Affairs")]),
        ("origin:val", [POST]),
        ('strike origin:"embassy v', [("strike " + POST[0], POST[1])]),
        ("subject:gov", [("subject:government", "")]),
        ('"ferry str', [('"ferry strike', "")]),
        ("id:05", []),
        ("lighthou", []),  # a word of texts only
        ("tag:PHU", []),  # a TAG that no cable has
        ("f", []),
        ("ferry ", []),
        ("%", []),
        ("__", []),
        ("\x00\x00", []),
        ("\\\\", []),
        ("'; --", []),
        ("é" * 5000, []),
    ],
)
def test_suggestions(worded, typed, offered):
    assert [(suggestion.query, suggestion.meaning) for suggestion in suggest(typed)] == offered
