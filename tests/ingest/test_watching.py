"""A folder that is watched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from cables.ingest.run import import_paths
from cables.ingest.watching import look, watch
from cables.models import Cable, ImportRun
from tests.ingest.files import many_cables
from tests.invented import seed_page


class EnoughError(Exception):
    """What ends the watching of these tests."""


class Watched:
    """A folder that is looked at as often as there are steps, each of which is taken between two looks."""

    def __init__(self, folder, monkeypatch):
        self.folder = folder
        self.runs = []
        self.failures = []
        self.pauses = []
        self._monkeypatch = monkeypatch

    def through(self, *steps):
        """Watch until all steps are done, and twice more."""
        left = [*steps, lambda: None, lambda: None]

        def step(seconds):
            self.pauses.append(seconds)
            if not left:
                raise EnoughError
            left.pop(0)()

        self._monkeypatch.setattr(time, "sleep", step)
        with pytest.raises(EnoughError):
            watch(self.folder, imported=self._note, failed=self.failures.append)
        return self

    def _note(self, report, files):
        self.runs.append(([path.name for path in files], report.created, report.unchanged))


@pytest.fixture
def watched(tmp_path, monkeypatch):
    folder = tmp_path / "watched"
    folder.mkdir()
    return Watched(folder, monkeypatch)


def write(path, text, age=0):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    then = time.time() - age
    os.utime(path, (then, then))


@pytest.mark.django_db
def test_files_that_came_are_imported_a_run_for_each_look(watched):
    write(watched.folder / "sub" / "a.txt", seed_page("05VALDMARK1"))
    write(watched.folder / "b.txt", seed_page("05VALDMARK2"))

    watched.through(lambda: None, lambda: write(watched.folder / "c.txt", seed_page("05VALDMARK3")), lambda: None)

    assert watched.runs == [(["b.txt", "a.txt"], 2, 0), (["c.txt"], 1, 0)]
    assert sorted(Cable.objects.values_list("identifier", flat=True)) == [f"05VALDMARK{n}" for n in (1, 2, 3)]


@pytest.mark.django_db
def test_file_that_still_grows_is_left_until_it_rests(watched):
    text = seed_page("05VALDMARK1")
    path = watched.folder / "a.txt"
    pieces = [text[: len(text) * part // 4] for part in range(1, 5)]

    watched.through(*(lambda piece=piece, age=age: write(path, piece, 9 - age) for age, piece in enumerate(pieces)))

    assert watched.runs == [(["a.txt"], 1, 0)]
    assert (ImportRun.objects.get().files[0]["bytes"], Cable.objects.count()) == (len(text.encode()), 1)


@pytest.mark.django_db
def test_changed_file_is_imported_again_and_one_of_known_content_is_not(watched):
    path = watched.folder / "a.txt"
    write(path, seed_page("05VALDMARK1"), 60)
    import_paths([path])

    watched.through(
        lambda: write(watched.folder / "copy.txt", seed_page("05VALDMARK1"), 30),
        lambda: None,
        lambda: write(path, seed_page("05VALDMARK1", released="2012-10-04")),
    )

    assert [files for files, _, _ in watched.runs] == [["a.txt"]]
    assert Cable.objects.get().released_on.isoformat() == "2012-10-04"


@pytest.mark.django_db
def test_what_broke_off_is_not_taken_for_imported(watched):
    path = many_cables(watched.folder / "a.csv", 3)
    run = import_paths([path]).run
    ImportRun.objects.filter(pk=run.pk).update(status=ImportRun.Status.FAILED)

    watched.through()

    assert [files for files, _, _ in watched.runs] == [["a.csv"]]


def test_hidden_files_and_those_that_arrive_are_left(tmp_path):
    for name in ("a.txt", ".b.txt", "c.part", "d.TMP", "e.crdownload", ".hidden/f.txt", "sub/g.txt"):
        write(tmp_path / name, "x")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "broken").symlink_to(tmp_path / "nothing")

    assert [path.relative_to(tmp_path).as_posix() for path in look(tmp_path)] == ["a.txt", "sub/g.txt"]


@pytest.mark.django_db(transaction=True)
def test_connection_that_is_lost_is_made_anew(watched):
    def cut():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (own,) = cursor.fetchone()
        parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
        with psycopg.connect(**parameters, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 10000)", [own])

    write(watched.folder / "a.txt", seed_page("05VALDMARK1"))

    watched.through(cut, lambda: None)

    assert [type(failure) for failure in watched.failures] == [OperationalError]
    assert watched.runs == [(["a.txt"], 1, 0)]
    assert watched.pauses[:4] == [5, 10, 5, 5]


@pytest.mark.django_db
def test_file_that_vanishes_and_a_folder_that_goes_stop_nothing(watched):
    path = watched.folder / "a.txt"
    away = watched.folder.with_name("away")
    write(path, seed_page("05VALDMARK1"))

    watched.through(
        path.unlink,
        lambda: watched.folder.rename(away),
        lambda: away.rename(watched.folder),
        lambda: write(path, seed_page("05VALDMARK1")),
        lambda: None,
    )

    assert [type(failure) for failure in watched.failures] == [FileNotFoundError]
    assert watched.runs == [(["a.txt"], 1, 0)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_command_watches_until_it_is_told_to_end(tmp_path, number):
    write(tmp_path / "a.txt", seed_page("05VALDMARK1"))
    parts = {name.lower(): connection.settings_dict[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    query = urlencode({name: value for name, value in parts.items() if value})
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_cables", "--watch", tmp_path],
        env=os.environ | {"DATABASE_URL": f"postgresql:///{connection.settings_dict['NAME']}?{query}"},
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    with process:
        first, second = (process.stdout.readline().rstrip("\n")[20:] for _ in range(2))
        process.send_signal(number)
        assert process.wait(20) == 0

    assert first == f"watching {tmp_path}"
    assert second.startswith("a.txt: 1 cables read, 1 created, 0 updated, 0 unchanged, 0 problems (Run ")


def test_command_wants_paths_or_a_folder():
    for arguments in ([], ["a.txt", "--watch", "b"]):
        with pytest.raises(CommandError, match="either paths to import, or a folder"):
            call_command("import_cables", *arguments)
