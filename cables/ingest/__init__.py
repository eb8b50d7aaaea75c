"""Cables in: the only room that writes many rows."""

from cables.ingest.run import ImportReport, import_paths

__all__ = ["ImportReport", "import_paths"]
