"""Options that several commands have."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError

MOST_WORKERS = 64


def add_workers(parser: ArgumentParser) -> None:
    """Declare --workers; where it is not given, the value is None."""
    parser.add_argument(
        "--workers", type=_count, metavar="N", help="processes that parse (default: one a processor, or none)"
    )


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise ArgumentTypeError(f"{text!r} is no number from 1 to {MOST_WORKERS}")
    return int(text)
