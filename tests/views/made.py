"""A cable made for one test, and what its page says."""

from __future__ import annotations

from pathlib import Path

import lxml.html

from cables.ingest.run import import_paths
from tests.invented import body, csv_rows

HEADER = "R 010930Z MAR 05\nFM AMEMBASSY VALDMARK"


def imported(tmp_path: Path, client, identifier: str = "05VALDMARK601", header: str = HEADER, **parts: str):
    """The page of a cable with these parts, as the elements of its content."""
    (tmp_path / "made.csv").write_text(
        csv_rows([("3/1/2005 9:30", identifier, "Embassy Valdmark", "CONFIDENTIAL", "", header, body(**parts))])
    )
    import_paths([tmp_path / "made.csv"])
    return lxml.html.fromstring(client.get(f"/cable/{identifier}/").content)
