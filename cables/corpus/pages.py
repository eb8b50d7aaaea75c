"""Invented cables as web pages: the mirror pages of 2010 and 2011, their partial extracts, and plain seed pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import escape
from random import Random

from cables.corpus.layout import citation_words, spaced_level
from cables.corpus.records import NOTICE, InventedCable
from cables.corpus.telegram import executive_order

PARTIAL_NOTICE = (
    "This record is a partial extract of the original cable. The full text of the original cable is not available."
)
FIRST_RELEASE = datetime(2010, 11, 28, 18, 6)  # noqa: DTZ001 -- the pages print no time zone
NUMBERED = re.compile(r"^(\d+)\.", re.MULTILINE)
TAGS_LINE = re.compile(r"^(TAGS:? )(.+)$", re.MULTILINE)
TAG = re.compile(r"[A-Z]{2,}")
LEVELS = ("SECRET", "SECRET//NOFORN", "CONFIDENTIAL", "CONFIDENTIAL//NOFORN", "UNCLASSIFIED", "LIMITED OFFICIAL USE")


def released(chance: Random) -> datetime:
    """A moment at which a page was put up, between November 2010 and September 2011."""
    return FIRST_RELEASE + timedelta(days=chance.randrange(276), minutes=chance.randrange(24 * 60))


def old_mirror_page(cable: InventedCable) -> str:
    """A page of 2010: four columns, relative links, a copier's comment."""
    root = "../../.."
    cells = [
        ("Reference ID", f"{cable.identifier}.html", cable.identifier),
        ("Date", f"{root}/date/{cable.sent_at:%Y-%m}_0.html", f"{cable.sent_at:%Y-%m-%d %H:%M}"),
        ("Classification", _level_link(root, cable), cable.classification),
        ("Origin", f"{root}/origin/{1 + len(cable.post.name)}_0.html", cable.origin),
    ]
    comment = f"<!-- Copied from cables.example.org/cable/{_path(cable)} -->\n"
    return comment + _page(cable, cells, root, _preformatted(cable.header), _body(cable.body, root))


def mirror_page(cable: InventedCable, chance: Random, *, partial: bool = False) -> str:
    """A page of 2011: five columns with the time of release; a partial extract holds the notice for a header."""
    when = released(chance)
    cells = [
        ("Reference ID", f"/cable/{_path(cable)}", cable.identifier),
        ("Created", f"/date/{cable.sent_at:%Y-%m}_0.html", f"{cable.sent_at:%Y-%m-%d %H:%M}"),
        ("Released", f"/reldate/{when:%Y-%m-%d}_0.html", f"{when:%Y-%m-%d %H:%M}"),
        ("Classification", _level_link("", cable), cable.classification),
        ("Origin", f"/origin/{1 + len(cable.post.name)}_0.html", cable.origin),
    ]
    header = PARTIAL_NOTICE if partial else cable.header
    body = extract(cable, chance) if partial else cable.body
    return _page(cable, cells, "", _preformatted(header), _body(body, ""))


def _path(cable: InventedCable) -> str:
    return f"{cable.sent_at:%Y/%m}/{cable.identifier}.html"


def _level_link(root: str, cable: InventedCable) -> str:
    number = LEVELS.index(cable.classification) + 1 if cable.classification in LEVELS else 7
    return f"{root}/classification/{number}_0.html"


def _page(cable: InventedCable, cells: list[tuple[str, str, str]], root: str, header: str, body: str) -> str:
    # The mirror took its heading from the SUBJECT line, so SUBJ left it empty.
    subject = "" if re.search(r"^SUBJ: ", cable.body, re.MULTILINE) else cable.subject
    heads = "\n".join(f"<th>{name}</th>" for name, _, _ in cells)
    values = "\n".join(f"<td>\n<a href='{link}'>{escape(text)}</a>\n</td>" for _, link, text in cells)
    return f"""<?xml version='1.0' encoding='utf-8' ?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html lang='en' xml:lang='en' xmlns='http://www.w3.org/1999/xhtml'>
<head>
<title>Cable Viewer</title>
<link href='{root}/static/css/cables.css' rel='stylesheet' type='text/css' />
</head>
<body>
<div class='main'>
<h3>Viewing cable {cable.identifier}, {escape(subject, quote=False)}</h3>
<table class='cable'>
<tr>
{heads}
</tr>
<tr>
{values}
</tr>
<tr>
<td colspan='{len(cells)}'></td>
</tr>
</table>
<code><pre>{header}</pre></code>
<code><pre>{body}</pre></code>
</div>
</body>
</html>
"""


def _preformatted(text: str) -> str:
    return escape(text, quote=False).replace("\n", "&#x000A;")


def _body(text: str, root: str) -> str:
    """The body with the mirror's marks before numbers and its links on the codes of the TAGS line."""
    marked = escape(text, quote=False)
    marked = TAGS_LINE.sub(
        lambda line: line[1] + TAG.sub(rf"<a href='{root}/tag/\g<0>_0.html'>\g<0></a>", line[2]), marked
    )
    marked = NUMBERED.sub(r"<a id='par\1' href='#par\1'>¶</a>\1.", marked)
    return marked.replace("\n", "&#x000A;")


def extract(cable: InventedCable, chance: Random) -> str:
    """A partial extract's body: a date in words, few lines of preamble, some paragraphs, each on one line."""
    draft, year = cable.draft, cable.year
    lines = [
        f"{cable.sent_at:%A, %d %B %Y, %H:%M}",
        f"{spaced_level(draft.level)} {cable.post.words} {cable.serial:06}",
    ]
    lines += [caption for caption in draft.captions if caption in {"SIPDIS", "NOFORN"}]
    lines += [executive_order(draft.level, cable.sent_at, chance).replace("E.O.", "EO", 1).replace(":", "", 1)]
    lines += [f"TAGS {', '.join(draft.tags)}", f"SUBJECT: {draft.subject}"]
    if draft.citations:
        words = [citation_words(citation, year) for citation in draft.citations]
        lines.append(f"REF: {' '.join(f'{letter}. {word}' for letter, word in zip('ABCDEF', words, strict=False))}")
    if draft.classifier:
        lines.append(f"Classified By: {draft.classifier}")
    lines += ["", NOTICE, ""]
    for number, paragraph in enumerate(draft.paragraphs, start=1):
        # The first paragraph is always given; of the others about one in three is left out.
        if number > 1 and chance.random() < 0.3:
            continue
        if paragraph.heading:
            lines += [paragraph.heading, ""]
        mark = f"({paragraph.marking}) " if paragraph.marking else ""
        lines += [_curled(f"{number}. {mark}{' '.join((paragraph.text, *paragraph.lines))}"), ""]
    return "\n".join([*lines, draft.signer])


def _curled(text: str) -> str:
    """The text with single blanks, typographic quotation marks and dashes."""
    single = " ".join(text.split())
    return re.sub(r'"([^"]*)"', r"“\1”", single).replace("'", "’").replace(" -- ", " – ")


def seed_page(cable: InventedCable, chance: Random) -> str:
    """A page of the old reading site, as plain text."""
    redacted = "was" if "XXXX" in cable.body else "was not"
    return f"""US embassy cable - {cable.identifier}

{cable.subject}

Identifier: {cable.identifier}
Wikileaks: View {cable.identifier} at Wikileaks.org
Origin: {cable.origin}
Created: {cable.sent_at:%Y-%m-%d %H:%M:%S}
Classification: {cable.classification}
Tags: {" ".join(sorted(cable.tags))}
Redacted: This cable {redacted} redacted by Wikileaks.

{cable.body}


Latest source of this page is cablebrowser-2, released {released(chance):%Y-%m-%d}
"""
