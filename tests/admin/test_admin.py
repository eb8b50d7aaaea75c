"""The administrators' side: lists, problems, corrections."""

from __future__ import annotations

import pytest

from cables.ingest.run import import_paths
from cables.models import Cable
from tests.invented import seed_page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("cable/?q=05valdmark", "05VALDMARK538"),
        ("cable/?q=concession", "05VALDMARK538"),
        ("tag/?q=PREL", "PREL"),
        ("post/?q=valdmark", "Embassy Valdmark"),
        ("alias/?q=x", "Nothing was found."),
        ("importrun/", "page.txt"),
        ("importproblem/?q=bad", "bad.bin"),
    ],
)
def test_list_finds_its_rows(admin_client, tmp_path, address, shown):
    (tmp_path / "page.txt").write_text(seed_page())
    (tmp_path / "bad.bin").write_bytes(bytes(range(256)) * 100)
    import_paths([tmp_path / "page.txt", tmp_path / "bad.bin"])

    assert shown in admin_client.get(f"/admin/cables/{address}").content.decode()


def test_cables_cannot_be_deleted(admin_client, tmp_path):
    (tmp_path / "page.txt").write_text(seed_page())
    import_paths([tmp_path])

    response = admin_client.post(f"/admin/cables/cable/{Cable.objects.get().pk}/delete/", {"post": "yes"})

    assert (response.status_code, Cable.objects.count()) == (403, 1)
