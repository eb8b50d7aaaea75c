"""The classification authority: the words after "Classified By", mended where a form broke them."""

from __future__ import annotations

import re
from functools import lru_cache

from cables.parsing.located import Located
from cables.parsing.page_breaks import MASK
from cables.parsing.preamble import Preamble, read_preamble

# The form in which posts wrote cables after 2002 cut this field after 71 characters, in the midst of words.
_FORM_WIDTH = 71
_MOST = 1_200

# A label within this reach of another repeats it ("Classified By: Classified by DCM …"), or other words strayed in.
_REPEATS_WITHIN = 250

_END = re.compile(
    r"[ \t]{0,20}"
    r"(?:¶?[ \t]?\d{1,2}[ \t]?\.(?!\d)[ \t]{0,4}[(A-Z]|[-=_*~]{3}|SUMMARY\b|(?:TAGS|SUBJECT|REFS?)[ \t]{0,2}:)",
    re.IGNORECASE,
)
_BLANK = f" \t\r\n{MASK}"


@lru_cache(maxsize=4)  # of one cable, the name and the reasons are read from it
def locate_authority(text: str) -> Located[str]:
    """The words of the classification authority without their label, in one line, and where label and words stand.

    Names, titles and reasons are as printed; words that the form cut are whole again. Where the label is repeated,
    the words after the last one count. The field ends at a blank line, a heading, or the next paragraph or label.
    """
    preamble = read_preamble(text)
    labels = [field for field in preamble.fields if field.kind == "authority"]
    if not labels:
        return Located("")
    last = labels[0]
    for label in labels[1:]:
        if label.start - last.value < _REPEATS_WITHIN:
            last = label
    words, end = _words(preamble, last.value)
    return Located(words, labels[0].start, end) if words else Located("")


def _words(preamble: Preamble, value: int) -> tuple[str, int]:
    """The words from an offset on in one line, and the offset after the last of them."""
    text = preamble.text[: value + _MOST]
    end, start, words, cut = value, value, "", False
    width_before = value - (text.rfind("\n", 0, value) + 1)
    for number, line in enumerate(text[value:].splitlines(keepends=True)):
        bare = line.strip(_BLANK)
        if number and bare and _END.match(line):
            break
        if number and not bare and words and not cut and MASK not in line:
            break
        if bare:
            glue = "" if cut and line[0].isalnum() else " "
            words = f"{words}{glue}{bare}" if words else bare
            end = start + len(line.rstrip(_BLANK))
            cut = width_before + len(line.rstrip(_BLANK)) == _FORM_WIDTH
        width_before = 0
        start += len(line)
    return " ".join(words.replace(MASK, " ").split()).lstrip(" :;,.-"), end
