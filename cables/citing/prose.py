"""Citations in words: as the National Archives, the Chicago Manual of Style and the MLA ask for them.

Subjects stay as printed, in capitals: whether to lower them is the writer's choice, and cannot be undone.
"""

from __future__ import annotations

from datetime import date

from cables.citing.cited import Cited

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORT_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def nara(cited: Cited) -> str:
    """Return the citation that the National Archives ask for: the record, its series, its repository.

    General Information Leaflet 17, "Citing Records in the National Archives of the United States": the parts from the
    smallest to the largest, with semicolons between them; what is not known of the record is said.
    """
    record = _sentence(
        f"Telegram {cited.number} from {cited.origin}" if cited.origin else f"Telegram {cited.number}",
        "" if cited.origin else "origin not stated",
        _quoted(cited.subject, ",") or "no subject",
        _american(cited.sent_on) or "undated",
        f"paragraph {cited.paragraph}" if cited.paragraph else "",
    )
    released = _american(cited.released_on)
    release = _sentence(cited.release, f"released {released}" if released else "")
    parts = [record, cited.series, release, f"{cited.repository} [online version at {cited.place}]"]
    return f"{'; '.join(filter(None, parts))}."


def chicago(cited: Cited) -> str:
    """Return a full note of the Chicago Manual of Style (17th edition, 14.111 and 14.207): author, title, number, date.

    A cable without a subject is told by its kind and number, as untitled papers are.
    """
    words = _sentence(
        cited.origin,
        _quoted(cited.subject, ","),
        f"cable {cited.number}",
        _american(cited.sent_on) or "n.d.",
        f"para. {cited.paragraph}" if cited.paragraph else "",
        cited.repository,
        cited.place,
    )
    return f"{words[0].upper() if not cited.origin else words[0]}{words[1:]}."


def mla(cited: Cited) -> str:
    """Return an entry of the MLA's list of works cited (9th edition): author, title, container, number, date, place.

    A date that is not known is left out, as the handbook says.
    """
    entry = [f"{cited.origin}." if cited.origin else "", _quoted(cited.subject, ".")]
    number = f"cable {cited.number}"
    if not cited.subject:
        entry.append(f"Cable {cited.number}.")
        number = ""
    container = _sentence(
        cited.repository,
        number,
        _short(cited.sent_on),
        f"par. {cited.paragraph}" if cited.paragraph else "",
        cited.place,
    )
    return " ".join(filter(None, [*entry, f"{container}."]))


def _sentence(*parts: str) -> str:
    """Return the parts that there are with commas between them; a quoted part brings its own."""
    words = ""
    for part in filter(None, parts):
        words += part if not words else f" {part}" if words.endswith(",”") else f", {part}"
    return words


def _quoted(title: str, mark: str) -> str:
    """Return a title in quotation marks with a comma or full stop inside them, "" where there is none.

    A full stop gives way to what ends the title; a comma stands after a question (Chicago 6.125 and 14.96).
    """
    title = title.translate(_INNER_QUOTES)
    if title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    if mark == "." and title.endswith(("?", "!", ".")):
        mark = ""
    return f"“{title}{mark}”" if title else ""


def _american(day: date | None) -> str:
    """Return a day as "February 10, 2005", "" for none."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else ""


def _short(day: date | None) -> str:
    """Return a day as "10 Feb. 2005", "" for none."""
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}" if day else ""
