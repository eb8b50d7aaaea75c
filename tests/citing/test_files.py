"""Citations as files, read back by readers of our own that know the formats' rules and not how they are written."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cables.citing import Cited, bibtex, csl_json, json_ld, ris

CITED = Cited(
    identifier="05VALDMARK538",
    address="https://cables.example/cable/05VALDMARK538/",
    repository="Cable Archive",
    subject="ORLANIA: FERRYMEN & SAILORS",
    origin="Embassy Valdmark",
    sent_at=datetime(2005, 2, 10, 7, 16, tzinfo=UTC),
    series="Central Foreign Policy Files",
    release="invented-2",
    summary="The guild has won 100% of it.",
    tags=("PGOV", "ECON"),
)
BARE = Cited("05VALDMARK538", "https://cables.example/cable/05VALDMARK538/", "Cable Archive")
HOSTILE = [
    "LONE } BRACE",
    "OPEN { ONE",
    'QUOTE " AND @misc{x, y = z}',
    "A \\input{secret} # $ % & _ ~ ^ < > |",
    "TWO\nLINES\r\nER  - \nTY  - BOOK",
    "NUL\x00 BELL\x07 ESC\x1b[31m NEL\x85 LS\u2028 END",
    "and, and and",
    "</script><b>",
]

_COMMANDS = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
    "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|",
}  # fmt: skip


def read_bibtex(text: str) -> dict[str, str]:
    """Return the fields of the one entry as BibTeX cuts them: by counting braces, whatever stands before them."""
    head = re.match(r"@misc\{([^,{}\s]+),", text)
    assert head
    fields, at = {"key": head[1]}, head.end()
    while match := re.compile(r"\s*(\w+) = ").match(text, at):
        start = end = match.end()
        depth = 0
        while depth or text[end] not in ",}":
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        fields[match[1]], at = text[start:end], end + 1
    assert text[at:].strip() == "}"
    return fields


def read_tex(text: str) -> str:
    """Return what TeX would print; a character that means something to it and is not written as it asks fails."""
    printed = []
    for piece in re.finditer(r"\\([a-z]+)\{\}|\\([&%$#_])|([{}])|([\\&%$#_~^])|(.)", text, re.DOTALL):
        command, escaped, brace, raw, plain = piece.groups()
        assert raw is None, text
        printed.append(_COMMANDS[command] if command else escaped or ("" if brace else plain))
    return "".join(printed)


def read_ris(text: str) -> list[tuple[str, str]]:
    """Return the fields of the one record: a line each, a tag of two characters, two blanks, a hyphen, a blank."""
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    return [(line[:2], line[6:]) for line in lines]


def flat(text: str) -> str:
    """Return a text as one line, by Python's own idea of lines."""
    kept = "".join(" " if ord(character) < 32 or 127 <= ord(character) < 160 else character for character in text)
    return " ".join(" ".join(kept.splitlines()).split())


def test_bibtex_entry_whole():
    assert bibtex(replace(CITED, paragraph="3")) == (
        "@misc{05VALDMARK538-par3,\n"
        "  author = {{Embassy Valdmark}},\n"
        "  title = {{ORLANIA: FERRYMEN \\& SAILORS}},\n"
        "  howpublished = {Cable 05VALDMARK538, Cable Archive},\n"
        "  year = {2005},\n"
        "  month = feb,\n"
        "  day = {10},\n"
        "  note = {Paragraph 3; Central Foreign Policy Files; invented-2},\n"
        "  url = {https://cables.example/cable/05VALDMARK538/#par3},\n"
        "  abstract = {The guild has won 100\\% of it.},\n"
        "  keywords = {PGOV, ECON},\n"
        "}\n"
    )


def test_bibtex_of_a_cable_of_which_little_is_known():
    assert bibtex(BARE) == (
        "@misc{05VALDMARK538,\n"
        "  title = {{Cable 05VALDMARK538 (no subject)}},\n"
        "  howpublished = {Cable 05VALDMARK538, Cable Archive},\n"
        "  url = {https://cables.example/cable/05VALDMARK538/},\n"
        "}\n"
    )


def test_ris_record_whole():
    assert read_ris(ris(replace(CITED, paragraph="3", is_extract=True))) == [
        ("TY", "RPRT"),
        ("ID", "05VALDMARK538"),
        ("AU", "Embassy Valdmark"),
        ("TI", "ORLANIA: FERRYMEN & SAILORS"),
        ("M3", "Diplomatic cable"),
        ("SN", "05VALDMARK538 (extract)"),
        ("PY", "2005"),
        ("DA", "2005/02/10/"),
        ("AB", "The guild has won 100% of it."),
        ("KW", "PGOV"),
        ("KW", "ECON"),
        ("DB", "Cable Archive"),
        ("AN", "Central Foreign Policy Files; invented-2"),
        ("N1", "Paragraph 3"),
        ("LA", "en"),
        ("UR", "https://cables.example/cable/05VALDMARK538/#par3"),
        ("ER", ""),
    ]


def test_ris_of_a_cable_of_which_little_is_known():
    assert read_ris(ris(BARE)) == [
        ("TY", "RPRT"),
        ("ID", "05VALDMARK538"),
        ("TI", "Cable 05VALDMARK538 (no subject)"),
        ("M3", "Diplomatic cable"),
        ("SN", "05VALDMARK538"),
        ("DB", "Cable Archive"),
        ("LA", "en"),
        ("UR", "https://cables.example/cable/05VALDMARK538/"),
        ("ER", ""),
    ]


def test_csl_json_item_whole():
    assert json.loads(csl_json(replace(CITED, paragraph="3"))) == [
        {
            "id": "05VALDMARK538",
            "type": "report",
            "genre": "Diplomatic cable",
            "number": "05VALDMARK538",
            "title": "ORLANIA: FERRYMEN & SAILORS",
            "author": [{"literal": "Embassy Valdmark"}],
            "issued": {"date-parts": [[2005, 2, 10]]},
            "abstract": "The guild has won 100% of it.",
            "keyword": "PGOV, ECON",
            "archive": "Cable Archive",
            "archive_collection": "Central Foreign Policy Files; invented-2",
            "note": "Paragraph 3",
            "language": "en",
            "URL": "https://cables.example/cable/05VALDMARK538/#par3",
        }
    ]


def test_json_ld_whole():
    assert json.loads(json_ld(CITED)) == {
        "@context": "https://schema.org",
        "@type": ["ArchiveComponent", "Message"],
        "@id": "https://cables.example/cable/05VALDMARK538/",
        "url": "https://cables.example/cable/05VALDMARK538/",
        "identifier": "05VALDMARK538",
        "name": "ORLANIA: FERRYMEN & SAILORS",
        "sender": {"@type": "Organization", "name": "Embassy Valdmark"},
        "dateSent": "2005-02-10T07:16:00+00:00",
        "abstract": "The guild has won 100% of it.",
        "keywords": ["PGOV", "ECON"],
        "inLanguage": "en",
        "isPartOf": {"@type": "Collection", "name": "Central Foreign Policy Files; invented-2"},
        "holdingArchive": {"@type": "ArchiveOrganization", "name": "Cable Archive"},
    }


@pytest.mark.parametrize("field", ["subject", "origin", "release", "summary"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_form(field, text):
    cited = replace(CITED, series="", **{field: text})
    told = flat(text)

    entry = read_bibtex(bibtex(cited))
    assert entry.keys() == read_bibtex(bibtex(CITED)).keys()
    name = {"subject": "title", "origin": "author", "release": "note", "summary": "abstract"}[field]
    assert read_tex(entry[name]) == told

    record = read_ris(ris(cited))
    assert [tag for tag, _ in record] == [tag for tag, _ in read_ris(ris(CITED))]
    assert dict(record)[{"subject": "TI", "origin": "AU", "release": "AN", "summary": "AB"}[field]] == told

    (item,) = json.loads(csl_json(cited))
    csl = {"subject": "title", "release": "archive_collection", "summary": "abstract"}
    assert (item["author"][0]["literal"] if field == "origin" else item[csl[field]]) == told


@given(st.text(), st.text())
def test_any_text_reads_back(subject, summary):
    cited = replace(CITED, subject=subject, summary=summary)
    titled = cited.subject or "Cable 05VALDMARK538 (no subject)"

    assert read_tex(read_bibtex(bibtex(cited))["title"]) == titled
    assert dict(read_ris(ris(cited)))["TI"] == titled
    assert json.loads(csl_json(cited))[0]["title"] == titled
