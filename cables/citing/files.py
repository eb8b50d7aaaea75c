"""Citations as files: for BibTeX, for programs that read RIS or CSL-JSON, and for search engines (schema.org)."""

from __future__ import annotations

import json
import re
from typing import Any

from cables.citing.cited import Cited

_BIBTEX_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces even behind a backslash, so a lone one is written as a word.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)
_NO_KEY = re.compile(r"[^0-9A-Za-z]+")


def bibtex(cited: Cited) -> str:
    """Return an entry for BibTeX and biblatex; name and subject stand in braces of their own, which keep them."""
    key = _NO_KEY.sub("-", f"{cited.identifier}-par{cited.paragraph}" if cited.paragraph else cited.identifier)
    lines = [
        ("author", _braced(cited.origin)),
        ("title", _braced(cited.title)),
        ("howpublished", f"{{Cable {_tex(cited.number)}, {_tex(cited.repository)}}}"),
        ("year", f"{{{cited.sent_on.year}}}" if cited.sent_on else ""),
        ("month", _BIBTEX_MONTHS[cited.sent_on.month - 1] if cited.sent_on else ""),
        ("day", f"{{{cited.sent_on.day}}}" if cited.sent_on else ""),
        ("note", f"{{{_tex(_note(cited))}}}" if _note(cited) else ""),
        ("url", f"{{{cited.place}}}"),
        ("abstract", f"{{{_tex(cited.summary)}}}" if cited.summary else ""),
        ("keywords", f"{{{_tex(', '.join(cited.tags))}}}" if cited.tags else ""),
    ]
    entry = "".join(f"  {name} = {value},\n" for name, value in lines if value)
    return f"@misc{{{key},\n{entry}}}\n"


def ris(cited: Cited) -> str:
    """Return a record in the RIS format, lines ended as it asks for.

    The type is that of reports, whose number (SN), kind (M3) and archive (DB, AN) reference managers take in.
    """
    day = cited.sent_on
    lines = [
        ("TY", "RPRT"),
        ("ID", cited.identifier),
        ("AU", cited.origin),
        ("TI", cited.title),
        ("M3", "Diplomatic cable"),
        ("SN", cited.number),
        ("PY", f"{day:%Y}" if day else ""),
        ("DA", f"{day:%Y/%m/%d/}" if day else ""),
        ("AB", cited.summary),
        *(("KW", tag) for tag in cited.tags),
        ("DB", cited.repository),
        ("AN", "; ".join(filter(None, [cited.series, cited.release]))),
        ("N1", f"Paragraph {cited.paragraph}" if cited.paragraph else ""),
        ("LA", "en"),
        ("UR", cited.place),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value or tag == "ER")


def csl_json(cited: Cited) -> str:
    """Return a list of one item in the JSON that citation processors read (CSL 1.0.2)."""
    day = cited.sent_on
    return _json(
        [
            _known(
                {
                    "id": cited.identifier,
                    "type": "report",
                    "genre": "Diplomatic cable",
                    "number": cited.number,
                    "title": cited.title,
                    "author": [{"literal": cited.origin}] if cited.origin else None,
                    "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
                    "abstract": cited.summary,
                    "keyword": ", ".join(cited.tags),
                    "archive": cited.repository,
                    "archive_collection": "; ".join(filter(None, [cited.series, cited.release])),
                    "note": f"Paragraph {cited.paragraph}" if cited.paragraph else "",
                    "language": "en",
                    "URL": cited.place,
                }
            )
        ]
    )


def json_ld(cited: Cited) -> str:
    """Return the cable as schema.org describes a message that is part of an archive, in JSON-LD."""
    series = "; ".join(filter(None, [cited.series, cited.release]))
    return _json(
        _known(
            {
                "@context": "https://schema.org",
                "@type": ["ArchiveComponent", "Message"],
                "@id": cited.address,
                "url": cited.address,
                "identifier": cited.identifier,
                "name": cited.title,
                "sender": {"@type": "Organization", "name": cited.origin} if cited.origin else None,
                "dateSent": cited.sent_at.isoformat() if cited.sent_at else None,
                "abstract": cited.summary,
                "keywords": list(cited.tags),
                "inLanguage": "en",
                "isPartOf": {"@type": "Collection", "name": series} if series else None,
                "holdingArchive": {"@type": "ArchiveOrganization", "name": cited.repository},
            }
        )
    )


def _note(cited: Cited) -> str:
    """Return where the cable came from and which paragraph is meant, "" where neither is known."""
    paragraph = f"Paragraph {cited.paragraph}" if cited.paragraph else ""
    return "; ".join(filter(None, [paragraph, cited.series, cited.release]))


def _tex(text: str) -> str:
    """Return a text in which nothing is a command of TeX."""
    return text.translate(_TEX)


def _braced(text: str) -> str:
    """Return a text that BibTeX leaves as it is: its capitals, and "and" or commas in a name; "" for none."""
    return f"{{{{{_tex(text)}}}}}" if text else ""


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value."""
    return {name: value for name, value in fields.items() if value}


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
