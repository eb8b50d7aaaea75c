"""The largest memory that a process, or one that it started, has held (Linux)."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType

SECONDS_BETWEEN = 0.5


class PeakMemory:
    """Watches a process and its children meanwhile; `peak_mb` is the peak of the largest of them, in MB."""

    def __init__(self, pid: int) -> None:
        self.peak_mb = 0.0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN):
            for pid in _family(self._pid):
                self.peak_mb = max(self.peak_mb, _peak_mb(pid))


def _family(pid: int) -> list[int]:
    """Return the process and all below it that still run."""
    found = [pid]
    for parent in found:
        try:
            tasks = Path(f"/proc/{parent}/task").iterdir()
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _peak_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0.0)
