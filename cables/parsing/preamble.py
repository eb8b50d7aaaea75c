"""The preamble of a cable's body, what stands before its first paragraph, and the labelled fields in it.

5 FAH-2 orders a preamble as: classification line, captions, passing instructions, E.O., TAGS, SUBJECT, REF, and the
classification authority. Every function that reads one of these fields begins here, so that all agree where a field
starts and where it ends. Offsets are those of the text that was given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cables.parsing.located import in_capitals
from cables.parsing.page_breaks import mask_page_breaks

# No preamble observed is half as long; what comes later in a body without paragraph numbers is text.
PREAMBLE_LIMIT = 16_000

_AUTHORITY = r"(?<!DEC)(?<!UNC)[ \t]?LASS?I?F?I?ED[ \t]{0,4}BY"  # after its first letter
_FIRST_PARAGRAPH = re.compile(
    r"^[ \t]{0,20}(?:¶[ \t]{0,4}\d{1,3}|1)[ \t]?\.(?!\d)[ \t]{0,8}"
    rf"(?!(?:\(\w{{1,4}}\)[ \t]{{0,4}})?C{_AUTHORITY})(?=\S)"
    r"|^[ \t]{0,20}(?:BEGIN[ \t])?SUMMARY[ \t]{0,4}:",
    re.MULTILINE | re.IGNORECASE,
)

# Of capitals. Each begins with a letter of its own, or a line break, since those are searched for fast. A label that
# starts its line may be misspelt or lack its colon; one after other words must be whole.
_LABELS = re.compile(
    r"""
    \n[ \t]{0,40}(?:
        (?P<tags> (?:TAGS?|TAGES|TABS|TGS|TAS|AGS)\b[ \t]{0,8}[:;,.]{0,2} )
        | (?P<subject>
            (?:SUBJ?E?C?T?|UBJECT|SUJ(?:ECT)?|SUBEJCT|S[ ]U[ ]B[ ]J(?:[ ]E[ ]C[ ]T)?)8?[ \t]{0,8}[:;.]
            | (?:SUBJECT|SUBJ|UBJECT|SUBJ8|S[ ]U[ ]B[ ]J)[ \t]{1,8}(?!LINE\b|TO\b|MATTER\b)(?=\S) )
        | (?P<ref>
            (?:PROGRAM[ \t]{1,4})?REF(?:ERENCE)?(?:TEL)?S?(?:\(S\))?[ \t]{0,4}
            (?:[:;.,\-]|(?=[ \t(\[]\S?[^\n]{0,60}\d)) )
    )
    | E(?P<eo> (?<=\bE)\.?[ ]?O\.?[ ]{0,3}:?[ ]{0,3}(?=1\d{3}) )
    | T(?P<tags_2> (?<=\bT)AGS?[ \t]{0,8}[:;] )
    | A(?P<tags_3> (?<=\bA)GS[ \t]{0,8}[:;] )
    | S(?P<subject_2> (?<![(\w]S)UBJ(?:ECT)?[ \t]{0,4}: )
    | R(?P<ref_2> EF(?:ERENCE)?(?:TEL)?(?:S|\(S\))?[ \t]{0,4}: | (?<=\bR)EFS?[ \t]{1,4}(?=[(\[]?A[).\]]) )
    | C(?P<authority> AUTHORITY )
    """.replace("AUTHORITY", _AUTHORITY),
    re.VERBOSE,
)


class Field(NamedTuple):
    """A labelled field: its kind ("eo", "tags", "subject", "ref", "authority") and three offsets.

    The label is text[start:value], the field's words text[value:end]; a field ends where one of another kind begins.
    """

    kind: str
    start: int
    value: int
    end: int


class Preamble(NamedTuple):
    """A preamble with page breaks masked (as long as in the text), the same in capitals, and its fields in order."""

    text: str
    capitals: str
    fields: tuple[Field, ...]

    def first(self, kind: str) -> Field | None:
        """The first field of a kind, None where there is none."""
        for field in self.fields:
            if field.kind == kind:
                return field
        return None


@lru_cache(maxsize=4)
def read_preamble(text: str) -> Preamble:
    """The preamble of a body (or of any piece of one): at most 16,000 characters, up to the first paragraph."""
    head = text[:PREAMBLE_LIMIT]
    first = _FIRST_PARAGRAPH.search(head)
    masked = mask_page_breaks(head[: first.start()] if first else head)
    capitals = in_capitals(masked)
    return Preamble(masked, capitals, _fields(capitals))


def _fields(capitals: str) -> tuple[Field, ...]:
    fields: list[Field] = []
    end = following = len(capitals)
    for found in reversed(list(_LABELS.finditer("\n" + capitals))):
        kind = str(found.lastgroup).partition("_")[0]
        at_line_start = found[0][0] == "\n"
        start, value = found.start() - (not at_line_start), found.end() - 1
        if fields and fields[-1].kind != kind:
            end = following
        fields.append(Field(kind, start, value, end))
        following = start
    return tuple(reversed(fields))
