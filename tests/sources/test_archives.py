from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cables.parsing.records import RawCable, Unreadable
from cables.sources import archives, read_path
from tests.sources.invented_files import BODY, HEADER, csv_record, mirror_page, read, reasons, write

MEMBERS = {"folder/page.html": mirror_page(HEADER, BODY), "cables": csv_record(1) + csv_record(2)}


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(members: dict[str, str | bytes], *, form: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def names(found: list[RawCable | Unreadable]) -> list[str]:
    return [item.file.rpartition("/file.txt")[2] for item in found if isinstance(item, RawCable)]


PACKERS: dict[str, Callable[[dict[str, str | bytes]], bytes]] = {
    "zip": zipped,
    "zip, stored": lambda members: zipped(members, zipfile.ZIP_STORED),
    "zip, lzma": lambda members: zipped(members, zipfile.ZIP_LZMA),
    "tar": tarred,
    "tar, old": lambda members: tarred(members, form=tarfile.USTAR_FORMAT),
    "tar.gz": lambda members: gzip.compress(tarred(members)),
    "tar.bz2": lambda members: bz2.compress(tarred(members)),
    "tar.xz": lambda members: lzma.compress(tarred(members)),
}
packers = pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)


@packers
def test_members_are_read_in_their_order(tmp_path: Path, pack: Callable[[dict[str, str | bytes]], bytes]) -> None:
    found = read(tmp_path, pack({**MEMBERS, "folder/": ""} if pack is zipped else dict(MEMBERS)))

    assert names(found) == ["/folder/page.html", "/cables", "/cables"]
    assert [item.body for item in found if isinstance(item, RawCable)] == [BODY] * 3
    assert [item.line for item in found] == [1, 1, 1 + csv_record(1).count("\n")]


@packers
def test_what_is_passed_over_is_named_and_the_rest_is_read(
    tmp_path: Path, pack: Callable[[dict[str, str | bytes]], bytes]
) -> None:
    members: dict[str, str | bytes] = {
        "../up.txt": BODY,
        "/etc/root.txt": BODY,
        "a/../../b.txt": BODY,
        "C:\\x.txt": BODY,
        "x\\..\\..\\y.txt": BODY,
        "inner.zip": zipped({"page": mirror_page(HEADER, BODY)}),
        "inner.gz": gzip.compress(BODY.encode()),
        "inner.tar": tarred({"page": BODY}),
        ".hidden": "x",
        "__MACOSX/page": "x",
        "empty": "",
        "readme": "Nothing here is a cable.",
        "good": BODY,
    }

    found = read(tmp_path, pack(members))

    climbing, nested = "its path leads out of the archive", "an archive inside an archive: unpack it first"
    assert reasons(found)[:9] == [climbing] * 5 + [nested] * 3 + ["the file is empty"]
    assert reasons(found)[9].startswith("no known form; looked for: ")
    assert names(found) == ["/good"]
    assert list(tmp_path.iterdir()) == [tmp_path / "file.txt"]


def test_links_are_not_followed_in_a_tar(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in {"soft": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE}.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)

    found = read(tmp_path, buffer.getvalue())

    assert reasons(found) == ["a link inside an archive is not followed"] * 2 + ["no regular file"]
    assert [item.file for item in found] == [str(tmp_path / "file.txt" / name) for name in ("soft", "hard", "pipe")]


def test_links_are_not_followed_in_a_zip(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/hostname")

    assert reasons(read(tmp_path, buffer.getvalue())) == ["a link inside an archive is not followed"]


def test_an_encrypted_member_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    content = bytearray(zipped({"secret": BODY, "open": BODY}))
    # The flag of encryption, in the member's own header and in the directory.
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1

    found = read(tmp_path, bytes(content))

    assert reasons(found) == ["encrypted: unpack the archive with its password first"]
    assert names(found) == ["/open"]


@pytest.mark.parametrize("content", [BODY, csv_record(1)])
@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_keeps_its_name(tmp_path: Path, content: str, compress: Callable[[bytes], bytes]) -> None:
    found = read(tmp_path, compress(content.encode()))

    assert [(type(item), item.file) for item in found] == [(RawCable, str(tmp_path / "file.txt"))]


def test_a_damaged_zip_member_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    content = bytearray(zipped({"bad": BODY, "good": BODY}, zipfile.ZIP_STORED))
    content[content.index(b"VALDMARK")] ^= 1

    found = read(tmp_path, bytes(content))

    assert reasons(found) == ["damaged: Bad CRC-32 for file 'bad'"]
    assert names(found) == ["/good"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped(dict(MEMBERS))[:-30], "damaged: File is not a zip file"),
        (gzip.compress(csv_record(1).encode() * 9000)[:-2000], "damaged: Compressed file ended"),
        (lzma.compress(tarred(dict(MEMBERS)))[:100], "damaged: Compressed file ended"),
        (b"BZh91AY&SY" + b"garbage" * 20, "damaged: Invalid data stream"),
        (b"\x1f\x8b\x08" + b"garbage" * 20, "damaged: "),
        (tarred({"page": BODY * 200})[:9000], "damaged: unexpected end of data"),
    ],
)
def test_a_damaged_archive_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    found = read(tmp_path, content)

    assert reasons(found)[-1].startswith(reason)


def test_a_tar_with_a_damaged_header_is_told_after_the_members_before_it(tmp_path: Path) -> None:
    content = bytearray(tarred({"first": BODY, "second": BODY, "third": BODY}))
    content[content.index(b"second")] ^= 1

    found = read(tmp_path, bytes(content))

    assert names(found) == ["/first"]
    assert reasons(found) == ["damaged: a member's header cannot be read; what stands after it was not"]


BOMB = f"it unpacks to more than {archives.RATIO_LIMIT} times its size: made to do harm, and not read on"


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "RATIO_FROM", 1024 * 1024)
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 8 * 1024 * 1024)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("pack", [zipped, PACKERS["tar.gz"], PACKERS["tar.xz"]])
def test_a_member_that_unpacks_to_far_more_than_its_size_is_not_read_on(
    tmp_path: Path, pack: Callable[[dict[str, str | bytes]], bytes]
) -> None:
    found = read(tmp_path, pack({"good": BODY, "bomb": BODY + "x" * 5_000_000, "not reached": BODY}))

    assert reasons(found) == [BOMB, BOMB]  # the member's, and the archive's
    assert names(found) == ["/good"]


@pytest.mark.usefixtures("small_limits")
def test_one_such_member_does_not_keep_a_large_archive_from_being_read(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(200_000)  # noqa: S311

    found = read(tmp_path, zipped({"bomb": BODY + "x" * 5_000_000, "noise": noise, "good": BODY}))

    assert reasons(found)[0] == BOMB
    assert names(found) == ["/good"]


@pytest.mark.usefixtures("small_limits")
def test_a_member_over_the_limit_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, tarred({"huge": b"\n" * (8 * 1024 * 1024 + 1), "good": BODY}))

    assert [item.reason[:24] for item in found if isinstance(item, Unreadable)] == ["it unpacks to more than "]
    assert names(found) == ["/good"]


@pytest.mark.usefixtures("small_limits")
def test_a_compressed_file_that_unpacks_to_far_more_is_not_read_on(tmp_path: Path) -> None:
    content = csv_record(1) + csv_record(2, body="x" * 5_000_000)

    found = read(tmp_path, gzip.compress(content.encode()))

    assert reasons(found) == [BOMB]


def test_names_that_are_not_utf_8_can_be_stored(tmp_path: Path) -> None:
    found = list(read_path(write(tmp_path, tarred({"caf\udce9": BODY}, form=tarfile.GNU_FORMAT))))

    assert [item.file for item in found] == [str(tmp_path / "file.txt" / "caf\ufffd")]
