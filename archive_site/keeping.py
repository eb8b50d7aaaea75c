"""`python -m archive_site.keeping PIPE COMMAND…`: a command kept running for as long as a web server does.

The web server holds the other end of the pipe, so its end is noticed however it comes, kill -9 included. The command is
given `--while-open PIPE`, and ends by itself then; when it ends earlier it is started anew.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_PAUSE = 60.0
"""Seconds before a command is started anew that keeps ending at once."""


def start(command: Sequence[str]) -> int:
    """Keep the command running, and return the descriptor whose last copy's closing ends it."""
    pipe, held = os.pipe()
    subprocess.Popen(  # noqa: S603 - the caller's own command
        [sys.executable, "-m", "archive_site.keeping", str(pipe), *command],
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        pass_fds=[pipe],
        start_new_session=True,  # Ctrl-C is the web server's; this ends after it
    )
    os.close(pipe)
    return held


def keep(pipe: int, command: Sequence[str]) -> None:
    """Run the command again and again until the pipe is closed."""
    pause = 1.0
    while True:
        begun = time.monotonic()
        subprocess.run([*command, "--while-open", str(pipe)], pass_fds=[pipe], check=False)  # noqa: S603
        pause = 1.0 if time.monotonic() - begun > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        if select.select([pipe], [], [], pause)[0]:
            return


if __name__ == "__main__":
    keep(int(sys.argv[1]), sys.argv[2:])
