"""The server's memory, by the machine's."""

from __future__ import annotations

import pytest

from archive_site.embedded.tuning import memory, settings

GIB = 1024**3


@pytest.mark.parametrize(
    ("available", "shared", "cache", "maintenance"),
    [
        (GIB // 16, "32MB", "64MB", "32MB"),
        (GIB, "256MB", "768MB", "32MB"),
        (4 * GIB, "1024MB", "3072MB", "128MB"),
        (64 * GIB, "2048MB", "49152MB", "512MB"),
    ],
)
def test_memory_settings_follow_the_machine(available: int, shared: str, cache: str, maintenance: str) -> None:
    made = settings(available)
    names = ("shared_buffers", "effective_cache_size", "maintenance_work_mem")
    assert tuple(made[name] for name in names) == (shared, cache, maintenance)


def test_this_machine_has_memory() -> None:
    assert 2**26 < memory() < 2**50
