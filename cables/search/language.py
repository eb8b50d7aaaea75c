"""What the reader typed, made fit for the database: words, "phrases", -exclusions and OR. Pure text work."""

from __future__ import annotations

import re

# Two characters of the private-use area mark hits in snippets (engine); they and NUL never come from a reader.
_UNWANTED = re.compile("[\x00\ue000\ue001]")
_EXCLUDED_ONLY = re.compile(r'(?:\s*-(?:"[^"]*"|\S+))+\s*')
LONGEST = 1000


def clean(typed: str) -> str:
    """Return the query without characters that no query holds, at most LONGEST characters of it."""
    return " ".join(_UNWANTED.sub(" ", typed).split())[:LONGEST]


def only_excludes(query: str) -> bool:
    """Return whether a query names only what it does not want ("-visa")."""
    return bool(_EXCLUDED_ONLY.fullmatch(query))
