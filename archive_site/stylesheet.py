"""The one style sheet of the public pages, put together from the files that it is written in.

A page asks for one file, and each kind of page keeps its rules in one of its own: plain CSS, joined in order, so that
there is no build step and nothing to install for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/archive.css"
PARTS = (
    "tokens",
    "base",
    "components",
    "heat",
    "home",
    "search",
    "cable",
    "dates",
    "citing",
    "thread",
    "markings",
    "tags",
    "places",
    "help",
    "print",
)
"""The files of static/css, in the order in which a later rule wins."""


class StyleSheetFinder(BaseFinder):
    """Finds NAME among the static files, as new as the newest of its parts."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self._made = FileSystemStorage(settings.DATA_DIR / "stylesheet")

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """Return the path of the style sheet where it is meant, in a list if all are wanted; else an empty list."""
        if path != NAME:
            return []
        made = str(self._put_together())
        return [made] if find_all else made

    def list(self, _ignored: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Return the style sheet's name with the storage that holds it."""
        self._put_together()
        yield NAME, self._made

    def check(self, **_options: Any) -> Any:
        """Return nothing: there is nothing in the settings to be wrong."""
        return []

    def _put_together(self) -> Path:
        sheet = Path(self._made.path(NAME))
        css = "\n".join((settings.BASE_DIR / f"static/css/{part}.css").read_text("utf-8") for part in PARTS)
        if not sheet.is_file() or sheet.read_text("utf-8") != css:
            sheet.parent.mkdir(parents=True, exist_ok=True)
            new = sheet.with_suffix(".new")
            new.write_text(css, "utf-8")
            new.replace(sheet)  # whoever reads it meanwhile reads the old one or the new one
        return sheet
