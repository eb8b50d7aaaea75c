"""What root opens so that PostgreSQL, which is not root, finds its files: no more than it needs."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from archive_site.embedded.account import Account, make_readable, open_passage

NO_ONE = Account(uid=4_000_001, gid=4_000_001)


def mode(path: Path) -> str:
    """Return the permissions as `ls` prints them."""
    return stat.filemode(path.stat().st_mode)


@pytest.mark.parametrize(
    ("before", "after"),
    [(0o700, "drwx-----x"), (0o750, "drwxr-x--x"), (0o711, "drwx--x--x"), (0o755, "drwxr-xr-x")],
)
def test_strangers_may_pass_through_and_not_look_around(tmp_path: Path, before: int, after: str) -> None:
    folder = tmp_path / "home"
    (folder / "data").mkdir(parents=True, mode=0o700)
    folder.chmod(before)
    open_passage(NO_ONE, folder / "data")
    assert mode(folder) == after
    assert mode(folder / "data") == "drwx------"


def test_the_owner_needs_no_passage_for_others(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    owner = folder.stat()
    open_passage(Account(owner.st_uid, owner.st_gid), folder / "data")
    assert mode(folder) == "drwx------"


def test_a_folder_that_is_opened_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    open_passage(NO_ONE, folder)
    caplog.clear()
    open_passage(NO_ONE, folder / "data")
    open_passage(NO_ONE, folder / "data")
    assert [record.getMessage() for record in caplog.records] == [
        f"PostgreSQL does not run as root: others may now pass through {folder}"
    ]


def test_an_installation_is_made_readable_and_programs_runnable(tmp_path: Path) -> None:
    tree = tmp_path / "package"
    (tree / "bin").mkdir(parents=True)
    (tree / "bin" / "program").touch(mode=0o700)
    (tree / "library").touch(mode=0o600)
    for folder in (tree, tree / "bin"):
        folder.chmod(0o700)
    make_readable([tree])
    assert [mode(path) for path in (tree, tree / "bin", tree / "bin" / "program", tree / "library")] == [
        "drwx---r-x",
        "drwx---r-x",
        "-rwx---r-x",
        "-rw----r--",
    ]
