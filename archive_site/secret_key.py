"""The key that signs sessions: from the environment, or made once for this archive and kept beside its data."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path


def secret_key(environ: Mapping[str, str], folder: Path) -> str:
    """Return SECRET_KEY of the environment, else the key kept in `folder`, making it at the first call.

    Raises OSError when the folder cannot be written. Two processes that start at once end with the same key.
    """
    if key := environ.get("SECRET_KEY"):
        return key
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret-key.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(draft)  # fails when another process was first; its key is then the key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
