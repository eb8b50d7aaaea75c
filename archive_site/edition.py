"""The edition of the archive: what its pages are made of beside what the database holds."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings

_FOLDERS = ("archive_site", "cables", "templates")
_FILES = ("requirements.lock",)


@cache
def edition() -> str:
    """Return a short text that is another one after any change of code, templates, libraries, style sheets or name."""
    digest = hashlib.sha256(settings.ARCHIVE_NAME.encode())
    folders = [settings.BASE_DIR / folder for folder in _FOLDERS]
    files = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    files += [*(settings.BASE_DIR / name for name in _FILES), settings.STATIC_ROOT / "staticfiles.json"]
    for file in sorted(files):
        if file.is_file():
            digest.update(f"\n{file}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
