"""What the corpus is made of: one invented cable and the paragraphs in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cables.corpus.world import Post

NOTICE = "THIS CABLE IS INVENTED. ITS COUNTRIES, POSTS AND PERSONS DO NOT EXIST."


@dataclass(frozen=True, slots=True)
class Citation:
    """One item of a REF line: the cable meant, by its year, the station's name in words and its serial number."""

    identifier: str
    year: int
    station: str
    serial: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph: the heading that opens before it, its portion mark without brackets ("SBU"), its
    sentences as one text, and the lines of a list or table that follow the text."""

    text: str
    marking: str = ""
    heading: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a cable says, before any form: captions without the classification, and every text in sentence case.

    level is "UNCLASSIFIED", "LIMITED OFFICIAL USE", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "CONFIDENTIAL",
    "SECRET", or one of these with "//NOFORN". classifier is name and title as printed, "" where the era or
    the level has no such line. info are the posts that read along, precedence the letter of the action addressee
    (ACP-127), attention the desk that the drafter wants it to reach.
    """

    subject: str
    level: str
    captions: tuple[str, ...]
    tags: tuple[str, ...]
    citations: tuple[Citation, ...]
    paragraphs: tuple[Paragraph, ...]
    signer: str
    action: Post
    info: tuple[Post, ...] = ()
    precedence: str = "R"
    classifier: str = ""
    attention: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A draft as a file holds it: header, body, and the attributes that an archive adds."""

    header: str
    body: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InventedCable:
    """One invented cable: what a catalogue says of it, header and body as a file holds them, and its draft.

    identifier is canonical; references are the canonical identifiers of the REF line in order. Cables of 1973-79
    have the National Archives' form in `header` and `body`, the later ones that of a telegram of their years.
    """

    identifier: str
    post: Post
    serial: int
    sent_at: datetime
    classification: str
    subject: str
    tags: tuple[str, ...]
    references: tuple[str, ...]
    header: str
    body: str
    draft: Draft
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """The sender as an archive names it: "Embassy Valdmark"."""
        return self.post.name

    @property
    def year(self) -> int:
        """The year of sending, in four digits."""
        return self.sent_at.year
