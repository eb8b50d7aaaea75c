"""`manage.py quickstart`: from a fresh checkout to a served archive."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from io import StringIO
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.utils.text import slugify

from archive_site import database, embedded, keeping
from cables.corpus import COUNTRIES, POSTS, RELEASE
from cables.ingest.catalogue import kind_of_post
from cables.models import Cable, Post, Tag

DEMO_CABLES = "2000"
DEMO_SEED = "1"
NOTHING_DONE = 2  # the exit status of import_cables when it could read nothing; 1 when it recorded problems
WORKERS = "2"
THREADS = "4"


class Command(BaseCommand):
    """Prepare the database, fill an empty one with invented cables, and serve until Ctrl-C."""

    help = (
        "Start the archive on this machine: database, tables, invented cables if it holds none, worker, web server. "
        "HOST and PORT in the environment set the address (127.0.0.1 and 8000)."
    )
    requires_system_checks: list[str] = []  # each step tells of its failure

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Define the options."""
        parser.add_argument("--no-demo", action="store_true", help="leave an empty archive empty")

    def handle(self, **options: Any) -> NoReturn:
        """Go through the steps, then become the web server. Raises CommandError when the port is in use."""
        listener = reserve(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")
        own = database.is_embedded(os.environ)
        with self.step(f"{'Starting' if own else 'Reaching'} {database.described(os.environ, settings.DATA_DIR)}"):
            # Held until the process ends, through its becoming the web server.
            held = embedded.join(settings.DATA_DIR) if own else None
            connection.ensure_connection()
        self.run_step("Preparing the tables", "migrate", "--no-input")
        self.run_step("Loading TAGS, posts and other reference tables", "load_reference_data")
        if not options["no_demo"] and not Cable.everything.exists():
            self.import_demo()
        if not static_files_are_current():
            self.run_step("Collecting style sheets and scripts", "collectstatic", "--no-input")
        connections.close_all()
        listener.listen()  # who connects from here on waits for the web server's first answer
        self.stdout.write(f"\nThe archive is at {url_of(listener)} until you press Ctrl-C.")
        self.stdout.write("To administer it, make yourself an account: manage.py createsuperuser")
        self.stdout.flush()
        serve(listener, held, keeping.start([sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]))

    def import_demo(self) -> None:
        """Import a corpus of invented cables, the same at every first start."""
        countries = [
            Tag(code=code, kind=Tag.Kind.COUNTRY, title=f"{name} (invented)", category="Country")
            for code, name in COUNTRIES.items()
        ]
        Tag.objects.bulk_create(countries, ignore_conflicts=True)
        Post.objects.bulk_create(invented_posts(), ignore_conflicts=True)
        with tempfile.TemporaryDirectory(prefix="demo-", dir=settings.DATA_DIR) as folder:
            path = str(Path(folder) / "demo")
            made = ("--seed", DEMO_SEED, "--out", path)
            self.run_step(f"Inventing {DEMO_CABLES} cables", "make_corpus", DEMO_CABLES, *made)
            self.run_step("Importing them", "import_cables", path, "--release", RELEASE)

    def run_step(self, says: str, command: str, *arguments: str) -> None:
        """Run one of the archive's commands as a step, unheard. Raises CommandError when it cannot do its work."""
        with self.step(says):
            try:
                call_command(command, *arguments, verbosity=0, stdout=StringIO())
            except SystemExit as ended:
                if ended.code == NOTHING_DONE:
                    raise CommandError(f"{command} could do nothing; run it by itself to learn why.") from None
                self.stdout.write("with problems, recorded in the admin … ", ending="")

    @contextmanager
    def step(self, says: str) -> Iterator[None]:
        """Say what begins, and at its end how long it took."""
        self.stdout.write(f"{says} … ", ending="")
        self.stdout.flush()
        begun = time.monotonic()
        try:
            yield
        except BaseException:
            self.stdout.write("failed")
            raise
        self.stdout.write(f"{time.monotonic() - begun:.1f} s")


def invented_posts() -> list[Post]:
    """Return the posts of the invented countries, which no table of posts places."""
    return [
        Post(
            name=post.name,
            slug=slugify(post.name),
            kind=kind_of_post(post.name),
            city=post.city,
            country=COUNTRIES[post.country],
            latitude=post.coordinates[0],
            longitude=post.coordinates[1],
        )
        for post in POSTS
        if post.coordinates
    ]


def reserve(host: str, port: str) -> socket.socket:
    """Return a socket bound to the address and not yet listening, so that no one else takes it meanwhile.

    Raises CommandError when it cannot be had.
    """
    # getaddrinfo would take 70000 for 4464, and a word for a service's name.
    if not (port.isdecimal() and len(port) < 6 and int(port) < 65536):
        raise CommandError(f"PORT is {port!r}, and not a number up to 65535.")
    with ExitStack() as on_failure:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            family, kind, protocol, _, address = found[0]
            listener = on_failure.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError as error:
            raise CommandError(
                f"Cannot serve at {host}, port {port}: {error.strerror}. Set HOST and PORT in the environment."
            ) from None
        on_failure.pop_all()
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the address to type into a browser on this machine."""
    address, port = listener.getsockname()[:2]
    if ip_address(address).is_unspecified:
        return f"http://localhost:{port}/"
    return f"http://[{address}]:{port}/" if listener.family == socket.AF_INET6 else f"http://{address}:{port}/"


def static_files_are_current() -> bool:
    """Return whether no style sheet or script is newer than what was collected; collecting takes seconds."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return False
    collected = datetime.fromtimestamp(manifest.stat().st_mtime, UTC)
    sources = (source for finder in get_finders() for source in finder.list([]))
    return all(storage.get_modified_time(path) < collected for path, storage in sources)


def serve(listener: socket.socket, held: int | None, worker: int) -> NoReturn:
    """Become gunicorn on `listener`, keeping the database's lock `held` and the pipe that keeps the `worker`.

    With no process between, Ctrl-C and SIGTERM reach gunicorn itself, and its workers notice when it is killed.
    """
    kept = [listener.fileno(), worker] if held is None else [listener.fileno(), worker, held]
    for descriptor in kept:
        os.set_inheritable(descriptor, True)
    options = {
        "bind": f"fd://{listener.fileno()}",
        "workers": WORKERS,
        "threads": THREADS,
        "chdir": str(settings.BASE_DIR),
        "log-level": "warning",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    command = [sys.executable, "-m", "gunicorn", *words, "--no-control-socket", "archive_site.wsgi"]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted
