"""Input made to harm: no reader takes more than linear time, raises, or fetches anything."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from cables.sources import read_path
from tests.patience import patience
from tests.sources.invented_files import (
    BODY,
    HEADER,
    NARA_TEXT,
    NOTICE,
    TELEGRAM,
    csv_record,
    mirror_page,
    read,
    write,
)
from tests.sources.test_archives import MEMBERS, PACKERS

LENGTH = 250_000  # at which what is quadratic takes minutes, and what is linear a fraction of a second
BEGINNINGS = {
    "none": "",
    "mirror": mirror_page(HEADER, BODY).partition("</pre>")[0],
    "csv": csv_record(1)[:-3],
    "header csv": "MRN,CONTENT\n05X1,",
    "json": '[{"identifier": "05X1", "body": ',
    "nara": NARA_TEXT,
    "seed": "Identifier: 05X1\nOrigin: X\nCreated: X\n",
    "joined": "05X1\n\nThu Feb 10 07:16:00 +0100 2005\n",
    "telegram": TELEGRAM,
    "list": "2010-02-26T16:42:00Z,",
}
PATTERNS = (
    *(
        " ",
        "\n",
        "\r\n",
        "\t\n",
        "a",
        "0",
        '"',
        "\\",
        '\\"',
        '","',
        '\n"1","1/1/2005 1:11","',
        '\n"',
        "\x00",
        "\ufffd",
        "-",
    ),
    *("<", "<pre>", "</pre>", "<b>", "<table><tr><td>", "<div class='s_key'>", "<!--", "&#x", "<a href='", "<h3>"),
    *("[", '{"a":', '{"a":\n', "{\n", "Message Text\n", "Message Attributes\n", "TAGS: ", "TAGS:\n", "Identifier: \n"),
    *("Latest source of this page is ", f"{NOTICE} ", "Viewing cable ", "O ", "S E C R E T ", "PAGE 01 "),
)


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)
def test_any_pattern_repeated_ends(tmp_path: Path, beginning: str) -> None:
    for pattern in PATTERNS:
        content = beginning + pattern * (LENGTH // len(pattern))
        with patience():
            list(read_path(write(tmp_path, content)))


def test_damaged_files_never_raise(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311
    contents = [mirror_page(HEADER, BODY), csv_record(1) * 3, NARA_TEXT, TELEGRAM, '[{"doc_nbr": "05X1", "body": "x"}]']
    originals = [content.encode() for content in contents] + [pack(dict(MEMBERS)) for pack in PACKERS.values()]
    for original in originals:
        for _ in range(60):
            content = bytearray(original)
            for _ in range(chance.randint(1, 8)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            for item in read(tmp_path, bytes(content[: chance.randint(1, len(content) * 2)])):
                str(item).encode()  # what cannot be encoded cannot be stored


@pytest.mark.parametrize(
    "markup",
    [
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>{page}",
        "{page}<link href='file:///etc/hostname'><xi:include href='file:///etc/hostname'/>",
    ],
)
def test_nothing_outside_the_page_gets_into_it(tmp_path: Path, markup: str) -> None:
    page = mirror_page(HEADER, "a &x; b")

    assert [getattr(item, "body", None) for item in read(tmp_path, markup.format(page=page))] == ["a &x; b"]


# Reads a file in a process of its own, and prints how many places it tells and the most kilobytes that it took.
READ = """
import re, sys
from pathlib import Path
from cables.sources import read_path
found = sum(1 for _ in read_path(sys.argv[1]))
print(found, re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)
def test_line_without_an_end_is_told_once_and_not_held_in_memory(tmp_path: Path, beginning: str) -> None:
    path = tmp_path / "line"
    with path.open("w") as file:
        file.write(beginning)
        file.writelines("a" * 1_000_000 for _ in range(400))

    ended = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)

    places, kilobytes = map(int, ended.stdout.split())
    assert places == 1
    assert kilobytes < 300_000
