"""The progress of an import on a terminal: a bar for what goes on, its rate and the time left."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from cables.ingest.report import ImportReport

SECONDS_OF_RATE = 60.0


class ImportProgress:
    """Shows each report that it is given, where somebody watches."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
            disable=not console.is_terminal,
            speed_estimate_period=SECONDS_OF_RATE,
        )
        self._task: TaskID | None = None
        self._phase = ""

    def __enter__(self) -> ImportProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, report: ImportReport) -> None:
        """Show how far the import is; each phase has a bar of its own, in place of the last one."""
        if self._task is None or report.phase != self._phase:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._phase = report.phase
            self._task = self._bar.add_task(report.phase, total=report.total or None, counts="")
        rate = report.read / report.seconds if report.seconds else 0
        counts = f"{report.read:,} cables, {rate:,.0f} a second" if report.read else ""
        self._bar.update(self._task, completed=report.done, total=report.total or None, counts=counts)
