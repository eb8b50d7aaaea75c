"""The kinds of paper that a REF line cites beside cables."""

from __future__ import annotations

import re

_KINDS = (
    ("web", re.compile(r"https?:|\bwww\.|\bweb ?(?:site|page)|\binternet\b|\b(?:sipr|intra)net site", re.IGNORECASE)),
    ("e-mail", re.compile(r"\be-?mails?\b", re.IGNORECASE)),
    ("telephone", re.compile(r"\btel(?:e?con|ephone)s?\b|\bphone|\bcalls?\b", re.IGNORECASE)),
    ("fax", re.compile(r"\b(?:tele)?fax(?:es)?\b", re.IGNORECASE)),
    ("book", re.compile(r"\bFA[MH](?:-\d)?\b|\b(?:hand|guide)book\b|\bmanual\b|\bCFR\b", re.IGNORECASE)),
    ("report", re.compile(r"\bIIR\b|\bTDX?\b|\bOSC\b|\bFBIS\b|\breports?\b|\breporting\b", re.IGNORECASE)),
    ("memo", re.compile(r"\bmemos?\b|\bmemorand|\bmemcons?\b|\bdiplomatic note\b|\bletters?\b", re.IGNORECASE)),
    ("meeting", re.compile(r"\bmeetings?\b|\bconversations?\b|\bdiscussions?\b|\btalks\b", re.IGNORECASE)),
)  # fmt: skip


def kind_of(text: str) -> str:
    """The kind of paper that an item without a cable names: "e-mail", "report", …, or "other"."""
    return next((kind for kind, words in _KINDS if words.search(text)), "other")
