"""Invented files of every form, written as the real ones are. Countries, posts and persons do not exist."""

from __future__ import annotations

from pathlib import Path

from cables.parsing.records import RawCable, Unreadable
from cables.sources import read_path

NOTICE = "This record is a partial extract of the original cable. The full text of the original cable is not available."
HEADER = "R 100716Z FEB 05\nFM AMEMBASSY VALDMARK\nTO SECSTATE WASHDC 0347"
BODY = (
    "C O N F I D E N T I A L VALDMARK 000538 \n \nTAGS: PGOV, OR\nSUBJECT: THE FERRYMEN WIN \n\n¶1. (C) It is so.\nREHN"
)
TELEGRAM = f"VZCZCXRO0001\nRR RUEHXX\nDE RUEHVA #0538/01 0410716\nZNY CCCCC ZZH\n{HEADER}\nBT\n{BODY}\n\nNNNN\n"

MIRROR_ROWS = {
    "2010": ("Reference ID", "Date", "Classification", "Origin"),
    "2011": ("Reference ID", "Created", "Released", "Classification", "Origin"),
}
_CELLS = {
    "Reference ID": "<a href='/cable/2005/02/05VALDMARK538.html'>05VALDMARK538</a>",
    "Date": "<a href='../../../date/2005-02_0.html'>2005-02-10 07:16</a>",
    "Created": "<a href='/date/2005-02_0.html'>2005-02-10 07:16</a>",
    "Released": "<a href='/reldate/2011-08-30_0.html'>2011-08-30 01:44</a>",
    "Classification": "<a href='/classification/1_0.html' title='unclassified'>CONFIDENTIAL</a>",
    "Origin": "<a href='/origin/42_0.html'>Embassy Valdmark</a>",
}


def encoded(text: str) -> str:
    """Return text as the mirrors write it in a <pre>: line breaks as entities, a link at each paragraph's sign."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "&#x000A;")
    return escaped.replace("¶", "<a id='par1' href='#par1'>¶</a>").replace(
        "PGOV", "<a href='/tag/PGOV_0.html'>PGOV</a>"
    )


def mirror_page(
    *texts: str,
    generation: str = "2011",
    title: str = "Viewing cable 05VALDMARK538, THE FERRYMEN WIN",
    articles: str = "",
    before: str = "",
) -> str:
    """Return a mirror page with a <pre> for each of the texts, which are as they stand in the file."""
    headings = MIRROR_ROWS[generation]
    row = f"<tr><td colspan='5'>Appears in these articles:<br />{articles}</td></tr>\n" if articles else ""
    return (
        "<?xml version='1.0' encoding='utf-8' ?>\n<!DOCTYPE html>\n<html lang='en'>\n<head><title>Cable Viewer</title>"
        f"</head>\n<body>\n<div class='main'>{before}\n<h3>Browse by origin</h3>\n<h3>{title}</h3>\n"
        f"<table class='cable'>\n<tr>\n{''.join(f'<th>{heading}</th>' for heading in headings)}\n</tr>\n<tr>\n"
        + "".join(f"<td>\n{_CELLS[heading]}\n</td>\n" for heading in headings)
        + f"</tr>\n{row}</table>\n"
        + "".join(f"<code><pre>{text}</pre></code>\n" for text in texts)
        + "</div>\n</body>\n</html>\n"
    )


def csv_record(number: int = 1, *, body: str = BODY, identifier: str = "05VALDMARK538") -> str:
    """Return a record of cables.csv; `body` is as it stands in the file, quotes escaped."""
    return (
        f'"{number}","2/10/2005 7:16","{identifier}","Embassy Valdmark","CONFIDENTIAL",'
        f'"05VALDMARK347|05VALDMARK342","{HEADER}","{body}"\n'
    )


NARA_TEXT = """\
                         Message Text

 CONFIDENTIAL

PAGE 01        VALDMA  02545  111532Z

R 111420Z APR 73
FM AMEMBASSY VALDMARK
1. IT IS SO.
NNNN

*** Current Classification *** UNCLASSIFIED

                         Message Attributes

Automatic Decaptioning: X
Channel Indicators: n/a
Current Classification: UNCLASSIFIED
Draft Date: 11 APR 1973
Document Number: 1973VALDMA02545
From: VALDMARK
Original Classification: CONFIDENTIAL
Page Count: '2'
Reference: (A) STATE 65432; (B) 72 VALDMARK
1234
Review Markings: |-

 n/a

 Declassified/Released
 EO Systematic Review
 30 JUN 2005
Review Release Date: n/a
Subject: 'THE FERRYMEN''S GUILD: A CONCESSION
WON'
TAGS: EFIS, OR
To: STATE
"""


def write(folder: Path, content: str | bytes, name: str = "file.txt") -> Path:
    """Write a file and return its path. Its name tells nothing of its form: content alone must."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes, name: str = "file.txt") -> list[RawCable | Unreadable]:
    """Return what is read from a file of this content."""
    return list(read_path(write(folder, content, name)))


def read_cable(folder: Path, content: str | bytes) -> RawCable:
    """Return the one cable that is read from a file of this content."""
    found = read(folder, content)
    assert [type(item) for item in found] == [RawCable], found
    cable = found[0]
    assert isinstance(cable, RawCable)
    return cable


def reasons(found: list[RawCable | Unreadable]) -> list[str]:
    """Return why each item is no cable."""
    return [item.reason for item in found if isinstance(item, Unreadable)]
