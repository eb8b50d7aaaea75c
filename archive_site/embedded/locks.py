"""Locks on files, which the kernel frees when their last holder ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def shared(path: Path) -> int:
    """Return a descriptor that holds `path` together with others, once no one holds it alone."""
    descriptor = _open(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def alone(path: Path) -> int:
    """Return a descriptor that holds `path` alone, once no one else holds it."""
    descriptor = _open(path)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def alone_at_once(path: Path) -> int | None:
    """Return a descriptor that holds `path` alone, or None when someone else holds it."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _open(path: Path) -> int:
    # Read-only is enough to lock, and lets an ordinary user share a file that root made.
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
