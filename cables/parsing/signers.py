"""Who signed a cable: the surname of the chief of mission, or of the Secretary, alone at its end (5 FAH-2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from cables.parsing.body_lines import TEXT, Lines, split_lines
from cables.parsing.located import Located
from cables.parsing.numbering import ends_sentence

_CAPITALS = r"(?:(?:DE|DEL|LA|LE|VAN|VON|DER|EL|AL|ST\.?|MC|MAC) ){0,2}[A-Z][A-Z'’\-]{1,24}(?: (?:JR|SR|III|II)\.?)?"
_SURNAME_ALONE = re.compile(rf"(?:{_CAPITALS}|(?:(?:Van|Von|De|La|Le) )?[A-Z][A-Za-z'’\-]{{2,24}})")
_TWO_NAMES = re.compile(rf"({_CAPITALS}) ?(?:/|,| AND | & ) ?({_CAPITALS})", re.ASCII)
_FULL_NAME = re.compile(r"[A-Z]{3,15}(?: [A-Z]\.?)? [A-Z][A-Z'’\-]{2,20}")
_GLUED = re.compile(rf"[.!?][)\"'”’]*\s*({_CAPITALS})$")
_TRAILING = "#>*\\ "
_NO_NAMES = frozenset((
    "ACTION", "BT", "CLASSIFIED", "COMMENT", "CONFIDENTIAL", "CONSIDERED", "END", "EXEMPT", "EXDIS", "FYI", "GDS",
    "LIMDIS", "MINIMIZE", "N/A", "NA", "NNNN", "NO", "NODIS", "NOFORN", "NONE", "NOTE", "OADR", "PERIOD", "QUOTE",
    "RDS", "RPT", "SECRET", "SIPDIS", "STADIS", "STOP", "SUMMARY", "TEXT", "THE", "UNCLAS", "UNCLASSIFIED", "UNQUOTE",
    "XGDS", "YES",
))  # fmt: skip


class Signature(NamedTuple):
    """The lines of a signature, lines[first:end], and its names.

    first == end where the name is glued to the last line of the text, or there is none.
    """

    first: int
    end: int
    names: list[str]


def parse_signers(text: str) -> list[str]:
    """Return the names under a cable as printed, empty where the text ends in running text."""
    return locate_signers(text).value


def locate_signers(text: str) -> Located[list[str]]:
    """Return the names under a cable and the place of the line or lines they stand on."""
    lines = split_lines(text)
    return located_names(lines, find_signature(lines))


def located_names(lines: Lines, signature: Signature) -> Located[list[str]]:
    """Return the names of a signature and the place of its lines."""
    if not signature.names:
        return Located([])
    first = min(signature.first, signature.end - 1)
    return Located(signature.names, lines.starts[first], lines.starts[signature.end])


def find_signature(lines: Lines) -> Signature:
    """Return the signature of a cable; what follows it (classification, NNNN, stamps) is passed over.

    A name alone on its line is taken if the text before it has come to an end: a blank line, a sentence's end, or
    capitals after small letters. A name in capitals right after the last sentence ("END COMMENT.HALE") is taken too.
    """
    end = lines.kinds.rfind(TEXT) + 1
    if not end:
        return Signature(0, 0, [])
    text = lines.texts[end - 1].rstrip(_TRAILING)
    names = _names(text)
    if not names:
        match = _GLUED.search(text[-60:])
        glued = [match[1]] if match and _is_name(match[1]) else []
        return Signature(end, end, glued)
    if end > 1 and lines.kinds[end - 2] == TEXT:
        before = lines.texts[end - 2]
        if len(names) == 1 and names[0].isupper() and len(above := _names(before)) == 1 and above[0].isupper():
            third = lines.texts[end - 3] if end > 2 and lines.kinds[end - 3] == TEXT else "."
            if ends_sentence(third):
                return Signature(end - 2, end, above + names)
        capitals_after_small = text.isupper() and not before.isupper()
        if not (ends_sentence(before) or capitals_after_small or len(before) < 12):
            return Signature(end, end, [])
    return Signature(end - 1, end, names)


def _names(text: str) -> list[str]:
    if _SURNAME_ALONE.fullmatch(text) or _FULL_NAME.fullmatch(text):
        return [text] if _is_name(text) else []
    if (match := _TWO_NAMES.fullmatch(text)) and _is_name(match[1]) and _is_name(match[2]):
        return [match[1], match[2]]
    return []


def _is_name(text: str) -> bool:
    return not set(text.upper().split()) & _NO_NAMES and len(set(text)) > 1
