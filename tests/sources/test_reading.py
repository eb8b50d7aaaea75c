from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from cables.parsing.records import RawCable, Unreadable
from cables.sources import FORMS, documents, read_path
from tests.sources.invented_files import (
    BODY,
    HEADER,
    NARA_TEXT,
    TELEGRAM,
    csv_record,
    mirror_page,
    read,
    read_cable,
    reasons,
    write,
)

UNKNOWN = f"no known form; looked for: {', '.join(FORMS.values())}"


def test_a_folder_is_read_in_sorted_order_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "b" / "deeper").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    for name in ("c.txt", "a.html", "b/2", "b/deeper/1", "b/10", ".hidden", "empty/.hidden"):
        write(tmp_path, BODY, name)

    found = list(read_path(str(tmp_path)))

    assert [item.file for item in found] == [
        str(tmp_path / name) for name in ("a.html", "b/10", "b/2", "b/deeper/1", "c.txt")
    ]


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (mirror_page(HEADER, BODY), "mirror-html"),
        (f"\n\n{mirror_page(HEADER, BODY)[40:]}", "mirror-html"),
        (f"HTTP/1.1 200 OK\n\n{mirror_page(HEADER, BODY)}", "mirror-html"),
        (csv_record(1, body=mirror_page(HEADER, BODY).replace('"', '\\"')), "cables-csv"),
        (csv_record(1, body=NARA_TEXT), "cables-csv"),
        (f'{{"identifier": "05X1", "body": "{"x" * 70_000}"}}', "historylab-json"),
        (NARA_TEXT, "nara-text"),
        (TELEGRAM, "telegram"),
        (TELEGRAM.encode("utf-16"), "telegram"),
        (TELEGRAM.encode("utf-8-sig"), "telegram"),
        (TELEGRAM.replace("It is so", "C'est décidé").encode("latin-1"), "telegram"),
    ],
)
@pytest.mark.parametrize("name", ["page.html", "cables.csv", "x.json", "noise.zip"])
def test_content_tells_the_form_and_the_name_does_not(
    tmp_path: Path, content: str | bytes, form: str, name: str
) -> None:
    found = read(tmp_path, content, name)

    assert [item.form for item in found if isinstance(item, RawCable)] == [form]
    assert form in FORMS


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t ", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"Minutes of the ferrymen's guild", UNKNOWN),
        (b"a,b,c\n1,2,3\n", UNKNOWN),
        (bytes(range(256)) * 10, "a binary file, or text in an encoding other than UTF-8 or UTF-16"),
        (BODY.encode("utf-16-le"), "a binary file, or text in an encoding other than UTF-8 or UTF-16"),
        (b"%PDF-1.4\n%\xe2\xe3", "a PDF: save its text as a text file"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "a 7z archive: unpack it first"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQ", "encrypted with PGP: decrypt it first"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer: fetch the file that it stands for"),
        (
            b'2010-02-26T16:42:00Z,Embassy Valdmark,"OREP, PREL, OR"\n' * 3,
            "a list of dates, origins and TAGS without identifiers or text",
        ),
        (
            b"date,origin,tags\n2010-02-26T16:42:00Z,Embassy Valdmark,OREP\n",
            "a list of dates, origins and TAGS without identifiers or text",
        ),
    ],
)
def test_what_is_no_cable_is_told_once_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    assert read(tmp_path, content) == [Unreadable(str(tmp_path / "file.txt"), reason)]


def test_a_missing_path_is_told(tmp_path: Path) -> None:
    assert list(read_path(tmp_path / "none")) == [Unreadable(str(tmp_path / "none"), "there is no such file")]


def test_links_pipes_and_sockets_do_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a-loop").symlink_to(tmp_path)
    (tmp_path / "b-broken").symlink_to(tmp_path / "none")
    os.mkfifo(tmp_path / "c-pipe")
    write(tmp_path, BODY, "e-good")
    (tmp_path / "f-link").symlink_to(tmp_path / "e-good")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "d-socket"))
        found = list(read_path(tmp_path))

    assert [(Path(item.file).name, getattr(item, "reason", "")) for item in found] == [
        ("a-loop", "a link to a folder is not followed"),
        ("b-broken", "there is no such file"),
        ("c-pipe", "no regular file"),
        ("d-socket", "no regular file"),
        ("e-good", ""),
        ("f-link", ""),
    ]


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    write(tmp_path / "real", BODY, "page")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert [item.file for item in read_path(tmp_path / "link")] == [str(tmp_path / "link" / "page")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_is_told(tmp_path: Path) -> None:
    write(tmp_path, BODY).chmod(0)

    assert reasons(list(read_path(tmp_path))) == ["it may not be read: permission denied"]


def test_a_name_that_is_not_utf_8_can_be_stored(tmp_path: Path) -> None:
    write(tmp_path, BODY, "caf\udce9")

    assert [item.file for item in read_path(tmp_path)] == [str(tmp_path / "caf\ufffd")]


@pytest.mark.parametrize("content", [mirror_page(HEADER, BODY), TELEGRAM, NARA_TEXT])
def test_a_file_larger_than_any_cable_is_told(tmp_path: Path, content: str) -> None:
    found = read(tmp_path, content.encode().ljust(documents.WHOLE_LIMIT + 1))

    assert reasons(found) == ["larger than 64 MB, which no file of one cable is"]


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    text = TELEGRAM.encode().ljust(documents.WHOLE_LIMIT)

    assert read_cable(tmp_path, text).body == text.decode()


@pytest.mark.parametrize("size", [0, 10, 100])
def test_a_large_file_of_many_cables_is_read_as_it_is_asked_for(tmp_path: Path, size: int) -> None:
    path = write(tmp_path, csv_record(1) + csv_record(2) * 9000)
    with path.open("ab") as file:
        file.truncate(path.stat().st_size + size * 2**30)

    first = next(iter(read_path(path)))

    assert isinstance(first, RawCable)
