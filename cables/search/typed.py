"""The text of a query before it is read: cleaned for everybody, and made ready for the grammar."""

from __future__ import annotations

import re

LONGEST = 1000
LONGEST_WORD = 300
REDACTED = "redactedname0"
"""What stands for a name that was crossed out in a text that is ready for the grammar."""

# Two characters of the private-use area mark hits in snippets; they and NUL never come from a reader.
_UNWANTED = re.compile("[\x00-\x1f\x7f\ue000\ue001\ud800-\udfff\u200b-\u200f\u2028\u2029\ufeff]")
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"', "‘": "'", "’": "'", "：": ":"})
_REDACTION = re.compile(r"\[redacted\]|(?<!\w)x{5,}(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(r'("[^"]*")')
_TOO_LONG = re.compile(rf'([^\s"()]{{{LONGEST_WORD}}})[^\s"()]+')
# Outside of quotation marks: what other languages than ours write, what is one word though it has brackets or colons,
# and marks that are no syntax of ours.
_REWRITTEN = [
    (re.compile(r"(?<!\S)&&(?!\S)"), "AND"),
    (re.compile(r"(?<!\S)\|\|(?!\S)"), "OR"),
    (re.compile(r"(?<!\S)!(?=[\w(])"), "-"),
    (re.compile(r"(?<=[\[{])(\S+) to (\S+)(?=[\]}])", re.IGNORECASE), r"\1 TO \2"),
    (re.compile(r"(?<!\w)\w+://[^\s()]+"), r'"\g<0>"'),
    (re.compile(r"(?<![\w:/])\d[\w.]*(?:\(\w{1,3}\))+(?!\w)"), r'"\g<0>"'),
    (re.compile(r"(?<![^\s(:])'+|'+(?![^\s)])"), ""),
]


def clean(typed: str) -> str:
    """Return the query without characters that no query holds, its quotation marks straight, at most LONGEST long."""
    return " ".join(_UNWANTED.sub(" ", typed).translate(_PLAIN).split())[:LONGEST].rstrip()


def ready(query: str) -> tuple[str, list[str]]:
    """Return a cleaned query ready for the grammar, and what to tell of what that changed."""
    pieces = _QUOTED.split(_REDACTION.sub(REDACTED, query))
    for place in range(0, len(pieces), 2):
        for pattern, written in _REWRITTEN:
            pieces[place] = pattern.sub(written, pieces[place])
    text, cut = _TOO_LONG.subn(r"\1", "".join(pieces))
    return text, [f"Of a word, only the first {LONGEST_WORD} characters were read."] if cut else []
