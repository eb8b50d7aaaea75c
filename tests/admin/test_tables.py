"""TAGS, posts and aliases corrected: search, pages and references follow at once, or when the worker has been."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission

from cables.ingest import finding_anew
from cables.ingest.checking import check_archive
from cables.ingest.reference_tables import load_reference_tables
from cables.ingest.run import import_paths
from cables.ingest.undoing import undo_run
from cables.models import Alias, Cable, ImportRun, Post, Reference, Tag
from tests.admin.forms import errors, sent, told
from tests.invented import body, csv_file

pytestmark = pytest.mark.django_db

ALIASES = "/admin/cables/alias/"


@pytest.fixture
def archive(tmp_path: Path) -> None:
    """Three cables: the second cites the first, the third a cable that is not held."""
    load_reference_tables()
    cables = {
        "05VALDMARK1": body("VALDMARK 000001"),
        "05VALDMARK2": body("VALDMARK 000002", ref="VALDMARK 1"),
        "05VALDMARK3": body("VALDMARK 000003", ref="05 VALDMARK 999"),
    }
    import_paths([csv_file(tmp_path / "cables.csv", cables)])


def tag_form() -> str:
    return f"/admin/cables/tag/{Tag.objects.get(code='PGOV').pk}/change/"


def post_form() -> str:
    return f"/admin/cables/post/{Post.objects.get(slug='embassy-valdmark').pk}/change/"


def found(client, words: str) -> int:
    page = client.get("/search/", {"q": words}).content.decode()
    return sum(f"/cable/05VALDMARK{serial}/" in page for serial in (1, 2, 3))


def cited_by(name: str) -> list[str]:
    """Return which cables the references by this name lead to."""
    references = Reference.objects.filter(target_identifier=name, target__isnull=False)
    return list(references.values_list("target__identifier", flat=True))


def test_new_meaning_of_a_tag_is_searched_at_once_where_it_has_few_cables(admin_client, client, archive):
    response = sent(admin_client, tag_form(), title="Zeppelins")
    assert response.status_code == 302
    assert (found(client, "zeppelins"), found(client, "governmental")) == (3, 0)


@pytest.fixture
def few(monkeypatch) -> None:
    """Let three cables be many."""
    monkeypatch.setattr(finding_anew, "FEW", 2)


@pytest.mark.parametrize("table", ["tag", "post"])
def test_what_many_cables_are_found_by_is_left_to_the_worker(
    admin_client, archive, few, work_off, django_capture_on_commit_callbacks, table
):
    form, change = (tag_form(), {"title": "Zeppelins"}) if table == "tag" else (post_form(), {"country": "Zeppelins"})
    with django_capture_on_commit_callbacks(execute=True):
        response = sent(admin_client, form, **change)

    assert found(admin_client, "zeppelins") == 0
    assert "Its cables are many: search finds all of them by this in a few minutes." in told(
        admin_client.get(response["Location"])
    )
    work_off()
    assert found(admin_client, "zeppelins") == 3


def test_renamed_post_keeps_its_address_and_its_cables(admin_client, client, archive):
    response = sent(admin_client, post_form(), name="Embassy Zeppelin", slug="forged", country="gr")
    assert response.status_code == 302

    assert "Embassy Zeppelin" in client.get("/origins/embassy-valdmark/").content.decode()
    assert (found(client, "zeppelin"), found(client, "greece")) == (3, 3)
    assert check_archive(1).findings == []


@pytest.mark.parametrize(
    ("entered", "message"),
    [
        ({"latitude": "91", "longitude": "0"}, "Ensure this value is less than or equal to 90."),
        ({"latitude": "0", "longitude": "-181"}, "Ensure this value is greater than or equal to -180."),
        ({"latitude": "nan", "longitude": "0"}, "Enter a number."),
        ({"latitude": "1", "longitude": ""}, "A place has a latitude and a longitude: give both or none."),
        ({"country": "qq"}, "“qq” is no code of a country (ISO 3166)."),
        ({"name": "Embassy Athens"}, "Post with this Name already exists."),
    ],
)
def test_post_that_cannot_be_is_refused(admin_client, archive, entered, message):
    assert message in errors(sent(admin_client, post_form(), **entered))


def test_code_of_a_tag_stays(admin_client, archive):
    sent(admin_client, tag_form(), code="XXXX", title="Zeppelins")
    assert Tag.objects.get(code="PGOV").title == "Zeppelins"


def test_references_follow_an_alias_that_is_added_changed_and_deleted(admin_client, client, archive):
    sent(admin_client, f"{ALIASES}add/", identifier="05 valdmark 999", target="05valdmark0001")
    alias = Alias.objects.get(identifier="05VALDMARK999")
    assert (alias.target, cited_by("05VALDMARK999")) == ("05VALDMARK1", ["05VALDMARK1"])

    sent(admin_client, f"{ALIASES}{alias.pk}/change/", target="05VALDMARK2")
    assert cited_by("05VALDMARK999") == ["05VALDMARK2"]

    sent(admin_client, f"{ALIASES}{alias.pk}/change/", target="")
    assert cited_by("05VALDMARK999") == []
    assert client.get("/cable/05VALDMARK999/").status_code == 404

    sent(admin_client, f"{ALIASES}{alias.pk}/change/", target="05VALDMARK1")
    admin_client.post(f"{ALIASES}{alias.pk}/delete/", {"post": "yes"})
    assert (cited_by("05VALDMARK999"), cited_by("05VALDMARK1")) == ([], ["05VALDMARK1"])
    assert check_archive(1).findings == []


def test_selected_aliases_are_deleted_and_nothing_leads_by_them(admin_client, archive):
    sent(admin_client, f"{ALIASES}add/", identifier="05VALDMARK999", target="05VALDMARK1")
    chosen = {"action": "delete_selected", "_selected_action": [Alias.objects.get(identifier="05VALDMARK999").pk]}
    admin_client.post(ALIASES, chosen | {"post": "yes"})
    assert (cited_by("05VALDMARK999"), cited_by("05VALDMARK1")) == ([], ["05VALDMARK1"])


def test_what_waited_for_a_name_follows_it(admin_client, archive):
    Alias.objects.create(identifier="05VALDMARK998", target="05VALDMARK999")
    sent(admin_client, f"{ALIASES}add/", identifier="05VALDMARK999", target="05VALDMARK1")
    assert Alias.objects.get(identifier="05VALDMARK998").target == "05VALDMARK1"


@pytest.mark.parametrize(
    ("identifier", "target", "message"),
    [
        ("05VALDMARK2", "05VALDMARK1", "05VALDMARK2 is a cable of its own: an alias would hide it."),
        ("05VALDMARK998", "05VALDMARK997", "05VALDMARK997 is itself an alias: enter 05VALDMARK1."),
        ("05VALDMARK998", "05VALDMARK998", "It would lead to itself."),
        ("05VALDMARK997", "05VALDMARK2", "Alias with this Identifier already exists."),
        ("<b>", "05VALDMARK2", "“<B>” is no identifier that an address can have."),
        ("05VALDMARK998", "no/where", "“no/where” is no identifier of a cable, such as 05ALMATY538."),
    ],
)
def test_alias_that_would_mislead_is_refused(admin_client, archive, identifier, target, message):
    Alias.objects.create(identifier="05VALDMARK997", target="05VALDMARK1")
    count = Alias.objects.count()
    response = sent(admin_client, f"{ALIASES}add/", identifier=identifier, target=target)
    assert message in errors(response)
    assert (Alias.objects.count(), Cable.objects.count()) == (count, 3)


@pytest.mark.parametrize(
    ("permission", "form", "change"),
    [("change_tag", tag_form, {"title": "X"}), ("change_post", post_form, {"city": "X"})],
)
def test_only_who_may_change_a_table_does(client, django_user_model, archive, permission, form, change):
    editor, looker = (
        django_user_model.objects.create_user(name, password="x", is_staff=True)  # noqa: S106
        for name in ("editor", "looker")
    )
    editor.user_permissions.set(Permission.objects.filter(codename=permission))
    looker.user_permissions.set(Permission.objects.filter(codename=permission.replace("change", "view")))

    client.force_login(looker)
    assert client.post(form(), change).status_code == 403
    client.force_login(editor)
    assert sent(client, form(), **change).status_code == 302


def test_alias_that_somebody_corrected_stays_when_the_run_that_brought_it_is_undone(admin_client, archive):
    alias = Alias.objects.create(identifier="05VALDMARKX", target="05VALDMARK1", run=ImportRun.objects.get())
    sent(admin_client, f"{ALIASES}{alias.pk}/change/", target="05VALDMARK2")

    undo_run(ImportRun.objects.get())

    assert Alias.objects.get(identifier="05VALDMARKX").target == "05VALDMARK2"
