"""The audit trail: who did what, before and after; what is not in it; and that nobody changes it."""

from __future__ import annotations

import json

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection, transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import two_step
from accounts.models import AuditEntry
from accounts.roles import ADMINISTRATOR, EDITOR, IMPORTER
from cables.ingest.run import import_paths
from cables.ingest.undoing import undo_run
from cables.models import Cable, Tag
from tests.accounts.conftest import PASSWORD, code_of, with_telephone
from tests.admin.forms import sent
from tests.ingest.files import many_cables
from tests.invented import seed_page

LIST = "/admin/accounts/auditentry/"


def entries(**of: object) -> list[tuple[str, str, str | None]]:
    """Return event, object and person of the entries, the oldest first."""
    found = AuditEntry.objects.filter(**of).select_related("actor").order_by("pk")
    return [(each.event, each.object_repr, each.actor.username if each.actor else None) for each in found]


def last() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


@pytest.fixture
def tag(db) -> Tag:
    return Tag.objects.create(code="ZZZZ", title="Zeppelins")


def test_change_in_the_admin_is_recorded_with_who_where_before_and_after(account, tag, client):
    editor = account("editor", EDITOR)
    client.force_login(editor)
    data = {"code": "ZZZZ", "kind": tag.kind, "title": "Airships"}

    client.post(f"/admin/cables/tag/{tag.pk}/change/", data, REMOTE_ADDR="192.0.2.9")

    entry = last()
    assert (entry.event, entry.object_repr, entry.actor, entry.remote_addr) == (
        "changed",
        str(tag),
        editor,
        "192.0.2.9",
    )
    assert entry.changes == {"title": ["Zeppelins", "Airships"]}


def test_address_in_the_trail_cannot_be_made_up(account, tag, client):
    client.force_login(account("editor", EDITOR))
    data = {"code": "ZZZZ", "kind": tag.kind, "title": "Airships"}
    client.post(
        f"/admin/cables/tag/{tag.pk}/change/", data, REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR="203.0.113.1"
    )
    assert last().remote_addr == "192.0.2.9"


def test_correction_of_a_cable_is_recorded_and_its_import_is_one_entry_a_run(account, client, tmp_path):
    (tmp_path / "page.txt").write_text(seed_page())
    report = import_paths([tmp_path])
    about = {event: name for event, name, _ in entries() if name != "Embassy Valdmark"}
    assert about == {"created": str(report.run), "changed": str(report.run)}

    cable = Cable.objects.get()
    before = cable.subject
    client.force_login(account("editor", EDITOR))
    address = f"/admin/cables/cable/{cable.pk}/change/"
    sent(client, address, subject="ZEPPELINS")

    entry = last()
    assert (entry.object_repr, entry.actor.username) == ("05VALDMARK538", "editor")
    assert entry.changes["subject"] == [before, "ZEPPELINS"]
    (made,) = (name for event, name, _ in entries() if name.startswith("Subject of"))
    assert made == "Subject of 05VALDMARK538"


def test_undoing_is_one_entry_and_not_one_a_cable(db, tmp_path):
    run = import_paths([many_cables(tmp_path / "cables.csv", 3)]).run
    before = AuditEntry.objects.count()

    undoing = undo_run(run).run

    assert not Cable.objects.exists()
    new = AuditEntry.objects.order_by("pk")[before:]
    assert {(entry.content_type.model, entry.object_id) for entry in new} == {("importrun", undoing.pk)}


def test_roles_given_and_taken_are_recorded(account, client):
    client.force_login(account("boss", ADMINISTRATOR))
    user = account("worker", IMPORTER)
    client.post(
        f"/admin/auth/user/{user.pk}/change/",
        {"username": "worker", "is_active": "on", "groups": [Group.objects.get(name=EDITOR).pk]},
    )
    changes = [entry.changes["groups"] for entry in AuditEntry.objects.all() if "groups" in entry.changes_dict][::-1]
    assert [(change["operation"], change["objects"]) for change in changes[-2:]] == [
        ("delete", [IMPORTER]),
        ("add", [EDITOR]),
    ]


def test_no_password_secret_or_code_is_in_the_trail(account, client, sign_in):
    user = account("worker", IMPORTER)
    user.set_password("another-invented-phrase")
    user.save()
    device = with_telephone(user)
    codes = two_step.new_paper_codes(user)
    sign_in("worker", "another-invented-phrase")
    client.post("/admin/login/code/", {"code": codes[0]})

    assert TOTPDevice.objects.get().key == device.key
    trail = json.dumps(list(LogEntry.objects.values("changes", "additional_data", "object_repr", "serialized_data")))
    assert '"password": ["(not shown)", "(not shown)"]' in trail
    secrets = [user.password, user.password[-20:], device.key, device.key[-10:], *codes, codes[0].replace("-", "")]
    assert [secret for secret in secrets if secret in trail] == []


def test_signing_in_and_out_is_recorded_with_its_second_step(account, client, sign_in):
    account("plain", IMPORTER)
    sign_in("plain")
    client.post("/admin/logout/")
    device = with_telephone(account("worker", IMPORTER))
    sign_in("worker")
    client.post("/admin/login/code/", {"code": code_of(device)})

    assert entries(action=LogEntry.Action.ACCESS) == [
        ("signed in", "plain", "plain"),
        ("signed out", "plain", "plain"),
        ("signed in, code of the telephone", "worker", "worker"),
    ]


def test_failures_are_recorded_up_to_the_lock_and_no_longer(account, sign_in, settings):
    settings.AXES_FAILURE_LIMIT = 3
    account("worker", IMPORTER)
    for _ in range(6):
        sign_in("worker", "wrong", REMOTE_ADDR="192.0.2.9")
    assert entries(action=LogEntry.Action.ACCESS) == [
        ("sign-in failed", "worker", None),
        ("sign-in failed", "worker", None),
        ("sign-in failed and locked", "worker", None),
    ]
    assert last().remote_addr == "192.0.2.9"


def test_what_is_typed_in_place_of_a_name_is_not_kept(db, sign_in):
    sign_in(PASSWORD, "")
    sign_in(PASSWORD, "worker")
    assert not LogEntry.objects.exists()


def test_lifted_lock_is_recorded(account, sign_in, client):
    account("worker", IMPORTER)
    sign_in("worker", "wrong")
    client.force_login(account("boss", ADMINISTRATOR))
    (failures,) = client.get("/admin/accounts/failedsignin/").context["cl"].result_list
    client.post("/admin/accounts/failedsignin/", {"action": "lift", "_selected_action": [failures.pk]})
    entry = last()
    assert (entry.event, entry.object_repr) == ("failures forgotten", "worker from 127.0.0.1")
    assert entry.actor.username == "boss"


@pytest.mark.parametrize(
    "tamper",
    [
        lambda entry: entry.delete(),
        lambda entry: LogEntry.objects.all().delete(),
        lambda entry: LogEntry.objects.filter(pk=entry.pk).update(changes={}),
        lambda entry: LogEntry.objects.filter(pk=entry.pk).update(actor=None),
        lambda entry: setattr(entry, "object_repr", "else") or entry.save(),
        lambda entry: connection.cursor().execute("DELETE FROM auditlog_logentry"),
        lambda entry: entry.actor.delete(),
    ],
)
def test_entry_is_neither_changed_nor_deleted(account, sign_in, tamper):
    account("worker", IMPORTER)
    sign_in("worker")
    before = list(LogEntry.objects.order_by("pk").values())

    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        tamper(last())

    assert list(LogEntry.objects.order_by("pk").values()) == before


def test_entry_is_kept_where_ordinary_triggers_are_off(account, sign_in):
    account("worker", IMPORTER)
    sign_in("worker")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(IntegrityError, match="only added to"):
            cursor.execute("DELETE FROM auditlog_logentry")


def test_superuser_reads_the_trail_and_has_no_way_to_change_it(admin_client, tag):
    entry = last()
    assert admin_client.get(f"{LIST}{entry.pk}/change/").status_code == 200
    answers = [
        admin_client.post(f"{LIST}{entry.pk}/change/", {"object_repr": "else"}).status_code,
        admin_client.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code,
        admin_client.post(f"{LIST}add/", {}).status_code,
    ]
    assert answers == [403, 403, 403]
    admin_client.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert AuditEntry.objects.filter(pk=entry.pk, object_repr=str(tag)).exists()


@pytest.mark.parametrize("role", [IMPORTER, EDITOR])
def test_no_other_role_reads_the_trail(account, client, tag, role):
    client.force_login(account("worker", role))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{last().pk}/change/").status_code == 403
    assert "auditentry" not in client.get("/admin/").content.decode()


def shown(client, **query: object) -> list[str]:
    """Return the objects that the list shows, the newest first."""
    return [entry.object_repr for entry in client.get(LIST, query).context["cl"].result_list]


def test_trail_is_found_by_person_object_and_day(account, client, tag):
    editor = account("editor", EDITOR)
    client.force_login(editor)
    client.post(f"/admin/cables/tag/{tag.pk}/change/", {"code": "ZZZZ", "kind": tag.kind, "title": "Airships"})
    entry = last()
    client.force_login(User.objects.create_superuser("root"))

    assert shown(client, q="EDIT") == [str(tag), "editor", "editor", "editor"]
    assert shown(client, q="zzz") == [str(tag), str(tag)]
    assert shown(client, q="ppelin") == []
    assert shown(client, actor__id__exact=editor.pk) == [str(tag), "editor"]
    of = {"content_type__id__exact": entry.content_type_id, "object_pk__exact": entry.object_pk}
    assert shown(client, **of) == [str(tag), str(tag)]
    day = f"{entry.timestamp:%Y-%m-%d}"
    assert str(tag) in shown(client, timestamp__gte=f"{day} 00:00:00+00:00")
    assert shown(client, timestamp__lt=f"{day} 00:00:00+00:00") == []


def test_hostile_values_are_shown_as_they_are_written(admin_client, tag):
    tag.title = "<script>alert(1)</script>"
    tag.save()
    page = admin_client.get(f"{LIST}{last().pk}/change/").content.decode()
    assert "<td>Zeppelins</td><td>&lt;script&gt;alert(1)&lt;/script&gt;</td>" in page
    assert "<script>alert" not in page
