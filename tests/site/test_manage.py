"""manage.py: which commands start the server, and what a person reads when the machine stops one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import manage
from archive_site.embedded.joining import ROOT
from tests.site.processes import wait_stopped


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Return what manage.py said, under the given environment and no DATABASE_URL of the caller's."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=inherited | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["migrate"], True),
        (["import_cables", "cables.zip", "--dry-run"], True),
        (["shell"], True),
        (["import_cables", "help"], True),
        (["import_cables", "--help"], False),
        (["explain_cable", "cable.html"], False),
        (["makemigrations", "--check"], False),
        (["help", "migrate"], False),
        (["--version"], False),
        ([], False),
    ],
)
def test_server_is_started_for_commands_that_use_it(arguments: list[str], needed: bool) -> None:
    assert manage.needs_database(["manage.py", *arguments]) is needed


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "postgresql://reader:hidden@localhost:1/cables?connect_timeout=3&hostaddr=127.0.0.1",
            (
                "manage.py: database 'cables' of the server at localhost cannot be used: "
                'connection failed: connection to server at "127.0.0.1", port 1 failed: Connection refused. '
                "Is the server running on that host and accepting TCP/IP connections? "
                "Does it run, and is all of DATABASE_URL right?\n"
            ),
        ),
        (
            "postgresql://reader:hidden@localhost",
            "manage.py: DATABASE_URL names no database: put it after the host, as in HOST:5432/NAME.\n",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, url: str, message: str) -> None:
    done = run("showmigrations", DATABASE_URL=url, ARCHIVE_DATA=str(tmp_path))
    assert (done.returncode, done.stderr) == (1, message)


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("showmigrations", ARCHIVE_DATA=str(tmp_path / "file" / "data"))
    assert (done.returncode, done.stderr) == (1, f"manage.py: Not a directory: {tmp_path}/file/data\n")


def test_a_command_without_make_run_starts_the_server_for_itself(data_folder: Path) -> None:
    done = run("showmigrations", "sessions", ARCHIVE_DATA=str(data_folder))
    assert (done.returncode, done.stdout) == (0, "sessions\n [ ] 0001_initial\n")
    wait_stopped(data_folder)
