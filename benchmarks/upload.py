"""How long cables take from a browser's upload until readers find them, and how much memory that takes.

    python -m benchmarks.upload --cables 10000             the measurement, as a table
    python -m benchmarks.upload --cables 10000 --json      the figures as one JSON object
    python -m benchmarks.upload --corpus cables.csv        a file made before
    python -m benchmarks.upload --megabytes 500            as many cables as make a file of that size

A cables.csv of made cables goes through the form of the admin into an empty archive, is looked through, and imported,
by gunicorn and `manage.py work` as they run for readers. Memory is the peak of the largest process of each of the two.
"""

from __future__ import annotations

import argparse
import html
import http.client
import http.cookiejar
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.archive import ROOT, Archive, archive, free_address, wait_for
from benchmarks.memory import PeakMemory

BYTES_OF_A_CABLE = 8_200
CHUNK = 2**20
SECONDS_BETWEEN_LOOKS = 0.2
ADD = "/admin/cables/upload/add/"
PASSWORD = secrets.token_urlsafe()
GUNICORN = ("-m", "gunicorn", "--workers", "2", "--threads", "4", "--log-level", "warning", "--no-control-socket")


class Browser:
    """What signs in, sends forms, and follows where they lead."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> str:
        """Return the page."""
        with self._opener.open(f"http://{self._address}{path}") as answer:
            return str(answer.read().decode())

    def post(self, page: str, path: str, **fields: str) -> None:
        """Send a form that stands on the page."""
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token(self.get(page)), **fields}).encode()
        self._opener.open(f"http://{self._address}{path}", data).close()

    def upload(self, file: Path) -> str:
        """Return the path of the page of the upload of that file."""
        boundary = secrets.token_hex()
        part = f'--{boundary}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
        before = part % ("csrfmiddlewaretoken", "") + token(self.get(ADD)) + "\r\n"
        before += part % ("cable_files", f'; filename="{file.name}"')
        after = "\r\n" + part % ("end", "") + f"end\r\n--{boundary}--\r\n"
        connection = http.client.HTTPConnection(self._address, timeout=600)
        connection.putrequest("POST", ADD)
        connection.putheader("Content-Type", f"multipart/form-data; boundary={boundary}")
        connection.putheader("Content-Length", str(len(before) + file.stat().st_size + len(after)))
        connection.putheader("Cookie", "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._cookies))
        connection.endheaders(before.encode())
        with file.open("rb") as opened:
            while piece := opened.read(CHUNK):
                connection.send(piece)
        connection.send(after.encode())
        answer = connection.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"the upload was answered with {answer.status}")
        return str(answer.headers["Location"])


def token(page: str) -> str:
    """Return the token of a page's form."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the page has no form")
    return html.unescape(found[1])


@contextmanager
def running(made: Archive, name: str, *arguments: str) -> Iterator[None]:
    """Run Python with these arguments in the archive meanwhile, and note its peak of memory under the name."""
    with subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=made.environ) as process:
        try:
            with PeakMemory(process.pid) as memory:
                yield
            made.peak_mb[name] = memory.peak_mb
        finally:
            process.terminate()


def wait_until(made: Archive, state: str) -> None:
    """Return once the one upload is in that state; raises RuntimeError where it is broken off."""
    with made.connect() as connection:
        while True:
            found, message = connection.execute("SELECT state, message FROM cables_upload").fetchone() or ("", "")
            if found == state:
                return
            if found == "broken off":
                raise RuntimeError(message)
            time.sleep(SECONDS_BETWEEN_LOOKS)


def measure(corpus: Path, folder: Path, console: Console) -> dict[str, Any]:
    """Return every figure of one upload into an empty archive below the folder."""
    os.environ["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    measured: dict[str, Any] = {"megabytes": corpus.stat().st_size / 1e6}
    with archive(folder / "data") as made:
        made.run("collectstatic", "--no-input")
        made.run("createsuperuser", "--no-input", "--username", "importer", "--email", "")
        address = free_address()
        web = running(made, "web", *GUNICORN, "--bind", address, "archive_site.wsgi")
        with web, running(made, "worker", "manage.py", "work"):
            wait_for(address)
            browser = Browser(address)
            browser.post("/admin/login/", "/admin/login/", username="importer", password=PASSWORD, next=ADD)
            times = [time.monotonic()]
            console.print(f"uploading {measured['megabytes']:,.0f} MB")
            page = browser.upload(corpus)
            times.append(time.monotonic())
            console.print("it is looked through")
            wait_until(made, "ready")
            times.append(time.monotonic())
            console.print("it is imported")
            browser.post(page, page.replace("/change/", "/import/"))
            wait_until(made, "imported")
            if '<ol class="cables' not in browser.get("/search/?q=embassy"):
                raise RuntimeError("what was imported is not found")
            times.append(time.monotonic())
        with made.connect() as connection:
            (measured["cables"],) = connection.execute("SELECT count(*) FROM cables_cable").fetchone() or (0,)
    names = ("upload_seconds", "look_through_seconds", "import_seconds")
    measured |= {name: end - begun for name, begun, end in zip(names, times, times[1:], strict=False)}
    measured["searchable_seconds"] = times[-1] - times[0]
    return measured | {f"{name}_peak_mb": made.peak_mb[name] for name in ("web", "worker")}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--cables", type=int, default=10_000, help="how many cables (default: 10,000)")
    options.add_argument("--megabytes", type=int, help="about how large a file, instead of how many cables")
    options.add_argument("--corpus", type=Path, help="a cables.csv to upload instead of making one")
    options.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    arguments = options.parse_args()
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        corpus = arguments.corpus
        if corpus is None:
            count = arguments.megabytes * 1_000_000 // BYTES_OF_A_CABLE if arguments.megabytes else arguments.cables
            command = [
                sys.executable,
                "manage.py",
                "make_corpus",
                str(count),
                "--realistic",
                "--out",
                str(folder / "made"),
            ]
            subprocess.run(
                command, cwd=ROOT, env=Archive(folder / "data").environ, check=True, stdout=subprocess.DEVNULL
            )
            corpus = folder / "made" / "cables.csv"
        measured = measure(corpus, folder, console)
        # Before the folder is removed, which may fail: nothing that took so long is lost.
        if arguments.json:
            print(json.dumps({name: round(value, 2) for name, value in measured.items()}), flush=True)
        else:
            figures = Table(show_header=False, box=None)
            for figure, value in measured.items():
                figures.add_row(figure.replace("_", " "), f"{value:,.1f}" if isinstance(value, float) else f"{value:,}")
            Console().print(figures)


if __name__ == "__main__":
    main()
