"""Writes invented cables into a folder, for the demo and for tests."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cables.corpus import FORMS, write_corpus


class Command(BaseCommand):
    """make_corpus N [--form FORM] [--seed S] --out PATH."""

    help = "Writes N invented cables of invented posts in invented countries into a new or empty folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the count and the options."""
        parser.add_argument("count", type=int, metavar="N", help="how many cables")
        parser.add_argument("--form", choices=FORMS, default="mixed", help="which files to write (default: mixed)")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other cables (default: 1)")
        parser.add_argument("--out", type=Path, required=True, metavar="PATH", help="folder to write into")

    def handle(self, *_: object, count: int, form: str, seed: int, out: Path, **__: object) -> None:
        """Writes the files and says what they are."""
        if count < 1:
            raise CommandError(f"The number of cables must be 1 or more, not {count}.")
        if out.exists() and not out.is_dir():
            raise CommandError(f"{out} is a file; give a folder.")
        if out.exists() and any(out.iterdir()):
            raise CommandError(f"{out} is not empty; give a new or empty folder.")
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("Writing cables", total=count)
            paths = write_corpus(out, count, form=form, seed=seed, progress=lambda: progress.advance(task))
        cables = "1 cable" if count == 1 else f"{count:,} cables"
        files = "1 file" if len(paths) == 1 else f"{len(paths):,} files"
        self.stdout.write(f"Wrote {cables} in {files} to {out} (form {form}, seed {seed}).")
