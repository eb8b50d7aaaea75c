"""What the search takes: bytes of the indexes over bytes of text, and seconds to build them, ours and the peers'."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.searching.laboratory import Laboratory


def measure(room: Laboratory) -> dict[str, Any]:
    """Return the text's size, our tables and indexes, and each peer's files, in bytes; and the seconds of building."""
    ours = [
        {"table": table, "index": index, "bytes": size, "of_the_text": size / room.made["text_bytes"]}
        for table, index, size in room.ours.sizes()
    ]
    begun = time.monotonic()
    room.ours.rebuild_indexes()
    return {
        "text_bytes": room.made["text_bytes"],
        "ours": ours,
        "ours_indexes_seconds": time.monotonic() - begun,
        "ours_import_seconds": room.made.get("import_seconds"),
        "peers": {name: room.made[name] for name in ("fts5", "tantivy_index") if name in room.made},
    }
