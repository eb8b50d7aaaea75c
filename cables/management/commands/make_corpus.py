"""Writes invented cables into a folder, for the demo and for tests."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cables.corpus import FORMS, write_corpus
from cables.corpus.realistic import BadTableError, write_realistic


class Command(BaseCommand):
    """make_corpus N [--form FORM | --realistic [--ids FILE]] [--seed S] --out PATH."""

    help = "Writes N invented cables of invented posts in invented countries into a new or empty folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the count and the options."""
        parser.add_argument("count", type=int, metavar="N", help="how many cables")
        parser.add_argument("--form", choices=FORMS, help="which files to write (default: mixed)")
        parser.add_argument(
            "--realistic", action="store_true", help="text to measure with: one cables.csv like the real one in size"
        )
        parser.add_argument(
            "--ids", type=Path, metavar="FILE", help="with --realistic: identifiers by month (05ALMATY538,2 a line)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed, other cables (default: 1)")
        parser.add_argument("--out", type=Path, required=True, metavar="PATH", help="folder to write into")

    def handle(self, *_: object, count: int, seed: int, out: Path, **options: Any) -> None:
        """Writes the files and says what they are."""
        form, realistic, ids = options["form"], options["realistic"], options["ids"]
        if count < 1:
            raise CommandError(f"The number of cables must be 1 or more, not {count}.")
        if realistic and form not in {None, "csv"}:
            raise CommandError("The realistic corpus is written as csv only.")
        if ids and not realistic:
            raise CommandError("Identifiers (--ids) are for the realistic corpus: add --realistic.")
        if out.exists() and not out.is_dir():
            raise CommandError(f"{out} is a file; give a folder.")
        if out.exists() and any(out.iterdir()):
            raise CommandError(f"{out} is not empty; give a new or empty folder.")
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("Writing cables", total=count)
            advance = partial(progress.advance, task)
            if realistic:
                form = "realistic"
                paths = [self._realistic(out, count, seed, ids, advance)]
            else:
                form = form or "mixed"
                paths = write_corpus(out, count, form=form, seed=seed, progress=advance)
        cables = "1 cable" if count == 1 else f"{count:,} cables"
        files = "1 file" if len(paths) == 1 else f"{len(paths):,} files"
        self.stdout.write(f"Wrote {cables} in {files} to {out} (form {form}, seed {seed}).")

    def _realistic(self, out: Path, count: int, seed: int, ids: Path | None, advance: Callable[[], object]) -> Path:
        try:
            return write_realistic(out, count, seed=seed, ids=ids, progress=advance)
        except BadTableError as error:
            raise CommandError(str(error)) from error
