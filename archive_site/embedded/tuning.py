"""The server's settings for this machine."""

from __future__ import annotations

import locale
import os
from pathlib import Path

from archive_site.embedded.place import MIB

CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def memory() -> int:
    """Return the bytes of memory that this process may count on: the machine's, or its container's limit."""
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        limit = CGROUP_LIMIT.read_text().strip()
    except OSError:
        return physical
    return min(physical, int(limit)) if limit.isdecimal() else physical


def settings(available: int) -> dict[str, str]:
    """Return PostgreSQL's settings for a machine with `available` bytes of memory."""
    quarter = available // 4 // MIB
    return {
        "shared_buffers": f"{min(max(quarter, 32), 2048)}MB",
        "effective_cache_size": f"{max(3 * quarter, 64)}MB",
        "maintenance_work_mem": f"{min(max(quarter // 8, 32), 512)}MB",
        "max_connections": "60",
        "max_wal_size": "2GB",  # an import writes much at once; fewer checkpoints
        "random_page_cost": "1.1",  # the disks of today have no head to move
        "jit": "off",  # compiling costs more than these short queries
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_checkpoints": "off",
        "log_min_error_statement": "panic",  # what readers search for is written nowhere
    }


def character_type() -> str:
    """Return the name of a locale of this system that knows UTF-8's letters, "C" when it has none.

    The text search parser asks it which characters are letters: under "C" a curly quotation mark is one.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        locale.setlocale(locale.LC_CTYPE, before)
        return name
    return "C"
