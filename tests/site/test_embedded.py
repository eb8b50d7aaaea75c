"""The archive's own server: real processes, killed and stopped in every way that has left one behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from archive_site.embedded import Place, ServerError, address, locks, running
from archive_site.embedded.account import account_for
from tests.site.conftest import FolderMaker, Starter
from tests.site.processes import guardian, is_stopped, leave, postmaster, wait_joined, wait_stopped


@pytest.fixture(scope="module")
def initialised(new_folder: FolderMaker) -> Path:
    """A data folder whose server has been started once, after a first attempt that was cut off."""
    folder = new_folder()
    (folder / "postgres.new" / "base").mkdir(parents=True)
    with running(folder):
        pass
    wait_stopped(folder)
    return folder


@pytest.fixture
def folder(initialised: Path) -> Iterator[Path]:
    """The data folder, with no server running before the test nor after it."""
    assert is_stopped(initialised)
    yield initialised
    wait_stopped(initialised)


def ask(folder: Path, question: str) -> object:
    """Return the first value of the server's answer."""
    with psycopg.connect(make_conninfo(**address(folder))) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def test_server_runs_for_as_long_as_it_is_used(folder: Path) -> None:
    with running(folder):
        assert ask(folder, "SELECT current_database()") == "archive"
    wait_stopped(folder)
    with pytest.raises(psycopg.OperationalError):
        ask(folder, "SELECT 1")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("SHOW listen_addresses", ""),
        ("SHOW fsync", "on"),
        ("SHOW jit", "off"),
        ("SHOW TimeZone", "UTC"),
        ("SHOW server_encoding", "UTF8"),
        ("SELECT lower('ÉTÉ')", "été"),
        ("SELECT strip(to_tsvector('simple', '“Open—skies”'))", "'open' 'skies'"),
    ],
)
def test_server_is_set_up_for_the_archive(folder: Path, question: str, answer: str) -> None:
    with running(folder):
        assert ask(folder, question) == answer


def test_only_its_owner_reaches_the_socket(folder: Path) -> None:
    with running(folder):
        assert Place(folder).sockets.stat().st_mode & 0o777 == 0o700


def test_two_users_share_one_server_until_the_second_leaves(folder: Path, start_user: Starter) -> None:
    first, second = start_user(folder), start_user(folder)
    wait_joined(first)
    wait_joined(second)
    server = postmaster(folder)
    leave(first)
    assert ask(folder, "SELECT 1") == 1
    assert postmaster(folder) == server
    leave(second)
    wait_stopped(folder)


def test_many_users_at_once_start_one_server(folder: Path, start_user: Starter) -> None:
    users = [start_user(folder) for _ in range(6)]
    for user in users:
        wait_joined(user)
    for user in users:
        leave(user)
    wait_stopped(folder)
    started = Place(folder).log.read_text().count("ready to accept connections")
    assert started == 1


def test_a_user_that_comes_while_the_server_stops_waits_its_turn(folder: Path) -> None:
    for _ in range(5):
        with running(folder):
            assert ask(folder, "SELECT 1") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_server_is_left_by_a_user_that_is_killed(folder: Path, start_user: Starter, number: int) -> None:
    user = start_user(folder)
    wait_joined(user)
    user.send_signal(number)
    wait_stopped(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the child of a process that is killed")
def test_a_killed_guardian_takes_the_server_along_and_the_next_user_starts_another(
    folder: Path, start_user: Starter
) -> None:
    user = start_user(folder)
    wait_joined(user)
    os.kill(guardian(folder), signal.SIGKILL)
    wait_stopped(folder)
    with running(folder):
        assert ask(folder, "SELECT 1") == 1
    leave(user)


def test_a_server_that_outlived_its_guardian_is_gone_before_another_starts(folder: Path, start_user: Starter) -> None:
    user = start_user(folder)
    wait_joined(user)
    old = postmaster(folder)
    os.kill(old, signal.SIGSTOP)
    os.kill(guardian(folder), signal.SIGKILL)
    leave(user)
    late = start_user(folder)
    time.sleep(0.5)
    assert postmaster(folder) == old
    os.kill(old, signal.SIGCONT)
    wait_joined(late)
    assert postmaster(folder) != old
    leave(late)


def test_a_killed_server_is_replaced_for_the_next_user(folder: Path, start_user: Starter) -> None:
    user = start_user(folder)
    wait_joined(user)
    os.kill(postmaster(folder), signal.SIGKILL)
    wait_stopped(folder)
    with running(folder):
        assert ask(folder, "SELECT 1") == 1
    leave(user)


def test_a_stale_process_number_that_another_process_now_has_does_not_matter(folder: Path) -> None:
    place = Place(folder)
    account = account_for(place.cluster)
    as_server = {"user": account.uid, "group": account.gid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], **as_server) as other:
        lines = [str(other.pid), str(place.cluster), "1", "5432", str(place.sockets), "", "1 1", "ready"]
        (place.cluster / "postmaster.pid").write_text("\n".join(lines) + "\n")
        with running(folder):
            assert postmaster(folder) != other.pid
        assert other.poll() is None
        other.kill()


def test_a_server_that_cannot_start_says_why_in_one_line(folder: Path) -> None:
    version = Place(folder).cluster / "PG_VERSION"
    kept = version.read_text()
    version.write_text("9.4\n")
    try:
        with pytest.raises(ServerError) as raised, running(folder):
            pass
    finally:
        version.write_text(kept)
    assert str(raised.value) == (
        f"PostgreSQL in {folder}/postgres did not start: database files are incompatible with server. "
        f"See {folder}/postgres.log."
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be refused by PostgreSQL for being root")
def test_a_data_directory_that_root_copied_is_used_as_another_user(folder: Path, data_folder: Path) -> None:
    shutil.copytree(folder, data_folder / "copy")
    with running(data_folder / "copy"):
        assert ask(data_folder / "copy", "SELECT current_database()") == "archive"
        assert Place(data_folder / "copy").cluster.stat().st_uid != 0
    wait_stopped(data_folder / "copy")


@pytest.mark.parametrize("name", ["a folder, \"quoted\" and 'so'", "long-" * 30])
def test_any_path_of_the_data_folder_will_do(data_folder: Path, name: str) -> None:
    folder = data_folder / name
    with running(folder):
        assert ask(folder, "SHOW data_directory") == str(Place(folder).cluster)
        assert Place(folder).sockets.parent == Path(tempfile.gettempdir())
    wait_stopped(folder)
    assert not Place(folder).sockets.exists()


def test_a_socket_folder_that_someone_else_made_is_not_used(data_folder: Path) -> None:
    folder = data_folder / ("long-" * 30)
    sockets = Place(folder).sockets
    sockets.mkdir(mode=0o777)
    sockets.chmod(0o777)
    try:
        with (
            pytest.raises(ServerError, match=f"{sockets} belongs to someone else: remove it"),
            running(folder),
        ):
            pass
    finally:
        sockets.rmdir()


def test_locks_are_shared_or_held_alone(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first, second = locks.shared(path), locks.shared(path)
    os.close(first)
    assert locks.alone_at_once(path) is None
    os.close(second)
    assert locks.alone_at_once(path) is not None
