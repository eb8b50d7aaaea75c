"""Hostile text: patterns of the cables' own grammar, repeated to any length.

The parser's tests draw on them too: a rule that backtracks shows itself on one of these.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """A beginning and a piece that is repeated after it."""

    name: str
    piece: str
    beginning: str = ""

    def text(self, size: int) -> str:
        """Return the beginning and as many pieces as fit into `size` characters."""
        return (self.beginning + self.piece * (size // len(self.piece) + 1))[:size]


_PIECES = [
    "REF: A. A. A. ", "A. ",
    "(A) ", "REF: ", "05 ", "STATE 123, ", "STATE (01) ", "AND ", "; ", "-", "- ", "--\n",
    "TAGS: ((((", "((((", "TAGS: ", "PGOV, ", "PGOV", "A", "OVIP (CLINTON ", ", ", "¶", "¶1. ", "1. ", "1.\n",
    "1. (C) ",
    "(C) ", "(S/", "(((C", "SUBJECT: ", "SUBJ ", "S U B J ", "S E C R E T ", "E.O. 12958: DECL: ", "DECL: ", "12/31/",
    "CLASSIFIED BY ", "Classified By: A B C ", "REASON: 1.4 (", "1.4 (B), (D) ", "SUMMARY", "SUMMARY. ", "END SUMMARY ",
    "COMMENT: ", "COMMENT -- A\n\n", "1. COMMENT -- A\n", "COMMENT\n-------\n\nA\n\n", "END COMMENT ",
    "SECTION 01 OF 02 ", "PAGE 02 ", "PAGE 02 STATE 015113 182333Z\n", "VALDMARK 00000869  002 OF 003\n", "NNNN\n",
    "TO ", "INFO ", "TO RUEHC/SECSTATE WASHDC IMMEDIATE ", "RUEHC/", "XMT ", "AMEMBASSY ", "FM ", "DE ", "VZCZC",
    "ZNY ",
    "O 110944Z SEP 07\n", "XXXXXXXX ", "SIPDIS\n", " ", "\n", "\t", "\r\n", " \n", "\n ", "=", "===\n", "a", "a b ",
    "A B\n", ".", ". ", "'", '"', "\\", "0", "05VALDMARK1 ", "BRANDVIK\n", "\x00", "é", "𝔘", "\u2028", "- - - ",
    "END COMMENT.BRANDVIK", "CONFIDENTIAL\n", "C O N F I D E N T I A L ", "12345678", "REFTEL ", "(NOTAL) ", "[A] ",
]  # fmt: skip

PATTERNS = [Pattern(repr(piece), piece) for piece in _PIECES] + [
    Pattern(f"{beginning!r} and {piece!r}", piece, beginning)
    for beginning in (
        "REF: A. ",
        "TAGS: ",
        "SUBJECT: ",
        "Classified By: ",
        "E.O. 12958: ",
        "TO ",
        "INFO ",
        "SUMMARY: ",
        "1. ",
    )
    for piece in (
        "A ",
        "a",
        " ",
        "\n",
        "1",
        "1 ",
        ".",
        "(",
        "A. 1 ",
        ",",
        "-",
        "\n ",
        "\n1",
        "\nA\n",
        "/",
        "A ----\n",
        "A1\n",
    )
]
