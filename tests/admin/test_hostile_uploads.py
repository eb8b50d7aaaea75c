"""Files made to harm, uploaded: each is told with its place and reason, and the good file beside it comes in."""

from __future__ import annotations

import gzip
import io
import tarfile

import pytest

from cables.models import Cable, ImportProblem, Upload
from cables.sources import archives
from tests.admin.uploading import page_of, text_of, upload
from tests.invented import body, csv_file, seed_page
from tests.sources.test_archives import tarred, zipped

pytestmark = pytest.mark.django_db

GOOD = ("ferries.txt", seed_page().encode())
PAGE = seed_page("05VALDMARK900")
BOMB = "it unpacks to more than 200 times its size"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def linked() -> bytes:
    """An archive whose one member is a link to a file of the machine."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("page.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    return buffer.getvalue()


HOSTILE = {
    "bomb": ("bomb.gz", gzip.compress((PAGE + "x" * 9_000_000).encode()), BOMB),
    "bomb in an archive": ("bomb.zip", zipped({"page.txt": PAGE + "x" * 9_000_000}), BOMB),
    "path that climbs out": ("climbing.zip", zipped({"../../page.txt": PAGE}), "its path leads out of the archive"),
    "path from the root": ("rooted.tar", tarred({"/tmp/page.txt": PAGE}), "its path leads out of the archive"),  # noqa: S108
    "link": ("linked.tar", linked(), "a link inside an archive is not followed"),
    "nested archive": ("nested.zip", zipped({"in.zip": zipped({"page.txt": PAGE})}), "an archive inside an archive"),
    "line without an end": ("line.csv", b"MRN,CONTENT\n05X1," + b"a" * 17_000_000, "a field larger than 16 MB"),
    "wrong encoding": ("page.txt", PAGE.encode("utf-32"), "a binary file, or text in an encoding other than"),
    "damaged archive": ("cut.zip", zipped({"page.txt": PAGE})[:-30], "damaged: File is not a zip file"),
    "name that is markup": (f"{SCRIPT}.zip".replace("/", "|"), zipped({"../x": PAGE}), "leads out of the archive"),
}


@pytest.fixture(autouse=True)
def small_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive counts as a bomb from a megabyte on."""
    monkeypatch.setattr(archives, "RATIO_FROM", 1_000_000)


@pytest.mark.parametrize(("name", "content", "told"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_told_and_the_one_beside_it_comes_in(admin_client, work_off, name, content, told):
    upload(admin_client, (name, content), GOOD)
    work_off()

    assert told in text_of(page_of(admin_client))
    assert Cable.objects.count() == 0

    admin_client.post(f"/admin/cables/upload/{Upload.objects.get().pk}/import/")
    work_off()

    assert list(Cable.objects.values_list("identifier", flat=True)) == ["05VALDMARK538"]
    (problem,) = {told in problem.reason for problem in ImportProblem.objects.all()}
    assert problem


def test_markup_and_formulas_of_a_cable_stay_text(admin_client, client, work_off, tmp_path):
    formula = '=HYPERLINK("https://example.org")'
    text = body(subject=f"{formula} {SCRIPT}", text=f"1. (C) {SCRIPT} {formula}")
    file = csv_file(tmp_path / "cables.csv", {"05VALDMARK538": text})
    upload(admin_client, (file.name, file.read_bytes()))
    work_off()
    here = f"/admin/cables/upload/{Upload.objects.get().pk}"
    pages = [admin_client.get(f"{here}/change/"), admin_client.get(f"{here}/cables/1/")]
    admin_client.post(f"{here}/import/")
    work_off()
    pages += [
        admin_client.get(f"/admin/cables/importrun/{Upload.objects.get().run_id}/change/"),
        client.get("/cable/05VALDMARK538/"),
    ]

    for page in pages:
        assert page.status_code == 200
        content = page.content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content
    assert [formula.partition("(")[0] in page.content.decode() for page in pages] == [False, True, True, True]
