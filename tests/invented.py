"""Invented cables in the forms that files have. Countries, posts and persons do not exist."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

BODY = """\
C O N F I D E N T I A L VALDMARK 000538

SIPDIS

E.O. 12958: DECL: 02/10/2015
TAGS: PGOV, PREL, ECON
SUBJECT: ORLANIA: HARBOUR CONCESSION GOES TO THE
FERRYMEN

REF: A. VALDMARK 347
     B. VALDMARK 342

Classified By: Ambassador Ilse Brandvik, reasons 1.4 (b) and (d).

1. (C) Summary: The harbour authority has given the concession
to the ferrymen's guild.  End summary.

The guild wins
--------------

2. (S/NF) Minister Tavo Rehn said over lunch that the bids had
been close.

3. (SBU) Comment: We expect an appeal.  End comment.
BRANDVIK

NNNN
"""

PARTIAL_NOTICE = (
    "This record is a partial extract of the original cable. The full text of the original cable is not available."
)


def seed_page(
    identifier: str = "05VALDMARK538",
    *,
    subject: str = "ORLANIA: HARBOUR CONCESSION GOES TO THE FERRYMEN",
    origin: str = "Embassy Valdmark",
    created: str = "2005-02-10 07:16:00",
    classification: str = "CONFIDENTIAL",
    tags: str = "PGOV PREL ECON",
    redacted: str = "This cable was not redacted by Wikileaks.",
    partial: bool = False,
    body: str = BODY,
    release: str = "invented-2",
    released: str = "2011-10-04",
) -> str:
    """Return a page of the original site as text."""
    notice = f"{PARTIAL_NOTICE}\n" if partial else ""
    return (
        f"US embassy cable - {identifier}\n\nDisclaimer: invented.\n\n{subject}\n\n"
        f"Identifier: {identifier}\nWikileaks: View {identifier} at Wikileaks.org\nOrigin: {origin}\n"
        f"Created: {created}\nClassification: {classification}\nTags: {tags}\nRedacted: {redacted}\n{notice}\n"
        f"{body}\nLatest source of this page is {release}, released {released}"
    )


def csv_rows(rows: Iterable[tuple[str, ...]]) -> str:
    """Return a cables.csv: running number first, every field quoted, quotes and backslashes escaped by a backslash.

    Each row is (created as M/D/YYYY H:MM, identifier, origin, classification, references, header, body).
    """
    lines = []
    for number, row in enumerate(rows, 1):
        fields = (field.replace("\\", "\\\\").replace('"', '\\"') for field in (str(number), *row))
        lines.append(",".join(f'"{field}"' for field in fields))
    return "\n".join(lines) + "\n"


def body(
    identifier_line: str = "VALDMARK 000538",
    *,
    subject: str = "HARBOUR",
    tags: str = "PGOV",
    ref: str = "",
    text: str = "1. (C) The harbour is quiet.",
) -> str:
    """Return the body of a telegram with these parts."""
    reference = f"REF: {ref}\n\n" if ref else ""
    return (
        f"C O N F I D E N T I A L {identifier_line}\n\nE.O. 12958: DECL: 02/10/2015\nTAGS: {tags}\n"
        f"SUBJECT: {subject}\n\n{reference}{text}\n"
    )


def csv_file(path: Path, cables: dict[str, str], *, origin: str = "Embassy Valdmark") -> Path:
    """Write a cables.csv of {identifier: body}, a day apart, and return its path."""
    rows = [
        (
            f"3/{day}/2005 9:30",
            identifier,
            origin,
            "CONFIDENTIAL",
            "",
            "R 010930Z MAR 05\nFM AMEMBASSY VALDMARK",
            text,
        )
        for day, (identifier, text) in enumerate(cables.items(), 1)
    ]
    path.write_text(csv_rows(rows))
    return path
