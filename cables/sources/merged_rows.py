"""Cables that an export merged into the body of another: the next rows of its table, their columns parted by tabs.

The dump that such an export was made from writes a row a line, a tab between columns, and a backslash before each line
break inside a text. Where a row went wrong, the rows after it stand, in that form, at the end of its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cables.parsing.records import RawCable

_ROW = re.compile(
    r"^(?P<number>\d{1,7})\t"
    r"(?P<created>(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}) \d{1,2}:\d{2}(?::\d{2})?)\t"
    r"(?P<identifier>\d{2}[^\t\n]{3,60})\t(?P<origin>[^\t\n]{0,80})\t(?P<classification>[^\t\n]{0,60})\t"
    r"(?P<references>[^\t\n]{0,5000})\t",
    re.MULTILINE,
)


def told_apart(raw: RawCable) -> Iterator[RawCable]:
    """Give the cable with its own body, and then each cable whose row stands in that body."""
    rows = list(_ROW.finditer(raw.body)) if "\t" in raw.body else []
    if not rows:
        yield raw
        return
    yield replace(raw, body=raw.body[: rows[0].start()])
    ends = [*(row.start() for row in rows[1:]), len(raw.body)]
    for row, end in zip(rows, ends, strict=True):
        header, tab, body = raw.body[row.end() : end].replace("\\\n", "\n").partition("\t")
        yield RawCable(
            raw.form,
            raw.file,
            raw.line + (raw.header + raw.body[: row.start()]).count("\n"),
            identifier=row["identifier"],
            created=row["created"],
            origin=row["origin"],
            classification=row["classification"],
            references=row["references"],
            header=header if tab else "",
            body=body if tab else header,
            attributes={"number": row["number"], "merged into": raw.identifier},
        )
