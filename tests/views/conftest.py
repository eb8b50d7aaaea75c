"""An archive with a few invented cables in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from cables.models import Post
from tests.invented import body, csv_file, seed_page


@pytest.fixture
def archive(db: None, tmp_path: Path) -> None:
    """Three cables: 05VALDMARK538 cites 05VALDMARK347, which is held, and 05VALDMARK342, which is not."""
    load_reference_tables()
    (tmp_path / "page.txt").write_text(seed_page())
    csv_file(
        tmp_path / "cables.csv",
        {
            "05VALDMARK347": body("VALDMARK 000347", subject="FERRYMEN THREATEN A STRIKE", tags="PGOV, ELAB"),
            "05VALDMARK600": body("VALDMARK 000600", subject="VISAS FOR SAILORS", tags="CVIS", text="1. (U) Nothing."),
        },
    )
    import_paths([tmp_path])
    Post.objects.update_or_create(name="Embassy Valdmark", defaults={"country": "Orlania"})
