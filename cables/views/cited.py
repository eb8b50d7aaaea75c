"""A cable as its pages cite it: facts from its row, the archive's name and address from the request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from cables.citing import CENTRAL_FILES, Cited, bibtex, chicago, csl_json, json_ld, mla, nara, ris
from cables.corpus import RELEASE
from cables.models import Cable, Paragraph
from cables.sources.nara_text import FORM as NARA_TEXT


@dataclass(frozen=True, slots=True)
class FileForm:
    """A form of citation that is a file: its name, its address's name and ending, how it is sent and written."""

    label: str
    address_name: str
    ending: str
    content_type: str
    write: Callable[[Cited], str]


WORDED = (("National Archives", nara), ("Chicago, note", chicago), ("MLA, works cited", mla))
BIBTEX = FileForm("BibTeX", "cables:cable-bib", "bib", "application/x-bibtex; charset=utf-8", bibtex)
RIS = FileForm("RIS", "cables:cable-ris", "ris", "application/x-research-info-systems; charset=utf-8", ris)
CSL_JSON = FileForm("CSL-JSON", "cables:cable-csl", "csl.json", "application/vnd.citationstyles.csl+json", csl_json)
JSON_LD = FileForm("JSON-LD", "cables:cable-jsonld", "jsonld", "application/ld+json", json_ld)
FILES = (BIBTEX, RIS, CSL_JSON)
"""The forms for reference managers; JSON_LD is for search engines."""


def cited(request: HttpRequest, cable: Cable, codes: Iterable[str] | None = None, *, paragraph: str = "") -> Cited:
    """Return a cable, or one of its paragraphs, as it is cited; the codes of its TAGS are asked for if not given."""
    if codes is None:
        codes = cable.tags.order_by("cabletag__position").values_list("code", flat=True)
    return Cited(
        identifier=cable.identifier,
        address=request.build_absolute_uri(cable.get_absolute_url()),
        repository=settings.ARCHIVE_NAME,
        subject=cable.subject,
        origin=cable.origin.name if cable.origin else "",
        sent_at=cable.sent_at,
        series=_series(cable),
        release=cable.release_name,
        released_on=cable.released_on,
        is_extract=cable.is_partial,
        summary=cable.summary,
        tags=tuple(codes),
        paragraph=paragraph,
    )


def worded(what: Cited) -> list[tuple[str, str]]:
    """Return the citations in words, each with the name of its form."""
    return [(label, write(what)) for label, write in WORDED]


def paragraph_numbers(cable: Cable) -> list[str]:
    """Return the numbers of a cable's paragraphs as printed, in order."""
    printed = Paragraph.objects.filter(cable=cable).exclude(number="").order_by("position")
    return list(dict.fromkeys(printed.values_list("number", flat=True)))


def _series(cable: Cable) -> str:
    """Return where the original is kept, which the National Archives' own form tells; of an invented one nowhere."""
    if cable.form != NARA_TEXT or cable.release_name == RELEASE:
        return ""
    film = cable.attributes.get("Film Number")
    return f"film number {film}, {CENTRAL_FILES}" if film else CENTRAL_FILES
