"""Files of many invented cables, for imports of more than one batch."""

from __future__ import annotations

from pathlib import Path

from tests.invented import body, csv_rows


def many_cables(path: Path, count: int, *, first: int = 1, text: str = "1. (C) The harbour is quiet.") -> Path:
    """Write a cables.csv of so many cables, each but the first citing the one before it, and return its path."""
    rows = [
        (
            "3/1/2005 9:30",
            f"05VALDMARK{serial}",
            "Embassy Valdmark",
            "CONFIDENTIAL",
            "",
            "R 010930Z MAR 05\nFM AMEMBASSY VALDMARK",
            body(f"VALDMARK {serial:06}", ref=f"VALDMARK {serial - 1}", text=text),
        )
        for serial in range(first, first + count)
    ]
    path.write_text(csv_rows(rows))
    return path
