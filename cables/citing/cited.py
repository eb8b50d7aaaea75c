"""What is cited: the facts of one cable that a citation gives, as one line of text each."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime

CENTRAL_FILES = (
    "Central Foreign Policy Files, 1973–79; General Records of the Department of State, Record Group 59; "
    "National Archives at College Park, MD"
)
"""Where the originals of cables in the National Archives' own form are kept."""

# Whatever a reader of some format may take for the end of a line, or for a character of its own.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Cited:
    """A cable as it is cited; "" or None is what is not known. `address` and `repository` are always known.

    `sent_at` is UTC. `series` is where the original is kept, `release` the publication that the text came from, and
    `repository` the name of this archive. `paragraph` is the number, as printed, of the paragraph that is meant.
    """

    identifier: str
    address: str
    repository: str
    subject: str = ""
    origin: str = ""
    sent_at: datetime | None = None
    series: str = ""
    release: str = ""
    released_on: date | None = None
    is_extract: bool = False
    summary: str = ""
    tags: tuple[str, ...] = ()
    paragraph: str = ""

    def __post_init__(self) -> None:
        """Make one line of each text: cables break theirs anywhere."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, one_line(value))

    @property
    def title(self) -> str:
        """The subject as printed, or what stands for it where a form needs a title."""
        return self.subject or f"Cable {self.identifier} (no subject)"

    @property
    def place(self) -> str:
        """The address of what is meant: of the cable, or of its paragraph."""
        return f"{self.address}#par{self.paragraph}" if self.paragraph else self.address

    @property
    def sent_on(self) -> date | None:
        """The day, in UTC, that the cable was sent."""
        return self.sent_at.date() if self.sent_at else None

    @property
    def number(self) -> str:
        """The identifier, with a word where only an extract of the cable is held."""
        return f"{self.identifier} (extract)" if self.is_extract else self.identifier


def one_line(text: str) -> str:
    """Return the text without control characters, its white space single blanks."""
    return " ".join(_CONTROLS.sub(" ", text).split())
