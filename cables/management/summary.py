"""What came of an import, printed for a person."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from cables.ingest.report import ImportReport
from cables.models import ImportProblem
from cables.sources import FORMS

PROBLEMS_TOLD = 20


def tell(report: ImportReport, console: Console, kept: str) -> None:
    """Print counts by form and outcome, and the first problems; `kept` says where the others are."""
    if report.again_from:
        console.print(f"{report.run} went on after {report.again_from:,} cables and unreadable places.")
    counts = Table(box=None, show_header=False, pad_edge=False)
    counts.add_column()
    counts.add_column(justify="right")
    for form, count in report.forms.most_common():
        counts.add_row(FORMS.get(form, form), f"{count:,}")
    if report.forms:
        counts.add_section()
    for name in ("read", "created", "updated", "unchanged", "problems"):
        counts.add_row(name, f"{getattr(report, name):,}")
    counts.add_row("seconds", f"{report.seconds:,.1f}")
    console.print(counts)
    told = report.first_problems[:PROBLEMS_TOLD]
    for problem in told:
        console.print(f"{place_of(problem)}: {problem.reason}", style="yellow", markup=False, soft_wrap=True)
    if more := report.problems - len(told):
        console.print(f"… and {more:,} more problems ({kept})")
    if report.run is None:
        console.print("Dry run: nothing was written.")


def place_of(problem: ImportProblem) -> str:
    """Return the file and line of a problem in words."""
    return problem.file if problem.line is None else f"{problem.file}, line {problem.line}"
