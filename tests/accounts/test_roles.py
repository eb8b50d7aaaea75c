"""Roles: what each may do, address by address, and that nobody raises himself."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import ROLES, permissions
from cables.models import Alias, Cable, ImportProblem, ImportRun, Post, Tag
from tests.accounts.conftest import PASSWORD

IMPORTER, EDITOR, ADMINISTRATOR = ROLES
NOBODY = "nobody"

# What each role is answered: 200, or 403 for "not yours"; without a role all lead to the sign-in page.
ADDRESSES = [
    ("", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("two-step/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("two-step/set-up/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("two-step/set-up/square.svg", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("password_change/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/cable/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/cable/{cable}/change/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/cable/add/", []),
    ("cables/cable/{cable}/delete/", []),
    ("cables/importrun/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/importrun/{run}/change/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/importrun/{run}/cables/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/importrun/{run}/undo/", [IMPORTER, ADMINISTRATOR]),
    ("cables/upload/", [IMPORTER, ADMINISTRATOR]),
    ("cables/upload/add/", [IMPORTER, ADMINISTRATOR]),
    ("cables/importproblem/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/importproblem/{problem}/change/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/tag/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/tag/add/", [EDITOR, ADMINISTRATOR]),
    ("cables/tag/{tag}/delete/", []),
    ("cables/post/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/post/add/", [EDITOR, ADMINISTRATOR]),
    ("cables/post/{post}/delete/", []),
    ("cables/alias/", [IMPORTER, EDITOR, ADMINISTRATOR]),
    ("cables/alias/add/", [EDITOR, ADMINISTRATOR]),
    ("cables/alias/{alias}/delete/", [EDITOR, ADMINISTRATOR]),
    ("auth/user/", [ADMINISTRATOR]),
    ("auth/user/add/", [ADMINISTRATOR]),
    ("auth/user/{user}/change/", [ADMINISTRATOR]),
    ("auth/user/{user}/password/", [ADMINISTRATOR]),
    ("auth/user/{user}/delete/", []),
    ("accounts/failedsignin/", [ADMINISTRATOR]),
    ("accounts/failedsignin/add/", []),
    ("accounts/auditentry/", [ADMINISTRATOR]),
    ("accounts/auditentry/add/", []),
    ("django_tasks_database/dbtaskresult/", []),
]

# What the libraries would show is not there at all: shown to nobody, superusers included.
GONE = [
    "auditlog/logentry/",
    "auth/group/",
    "axes/accessattempt/",
    "otp_static/staticdevice/",
    "otp_totp/totpdevice/",
]


@pytest.fixture
def places(account) -> dict[str, int]:
    """Return the numbers of one row of each kind."""
    run = ImportRun.objects.create()
    return {
        "cable": Cable.objects.create(identifier="05VALDMARK1").pk,
        "run": run.pk,
        "problem": ImportProblem.objects.create(run=run, file="page.txt", reason="no date", text="no date here").pk,
        "tag": Tag.objects.create(code="ZZZZ").pk,
        "post": Post.objects.create(name="Embassy Valdmark", slug="embassy-valdmark").pk,
        "alias": Alias.objects.create(identifier="05VALDMARK01", target="05VALDMARK1").pk,
        "user": account("reader").pk,
    }


@pytest.mark.parametrize("role", [*ROLES, NOBODY])
def test_role_sees_its_own_pages_and_no_others(account, places, client, role):
    client.force_login(account("worker", *([role] if role != NOBODY else [])))

    answers = {address: client.get(f"/admin/{address.format(**places)}").status_code for address, _ in ADDRESSES}

    refusal = 302 if role == NOBODY else 403
    assert answers == {address: 200 if role in roles else refusal for address, roles in ADDRESSES}


@pytest.mark.parametrize(("role", "status"), [(IMPORTER, 403), (EDITOR, 302), (ADMINISTRATOR, 302)])
def test_importer_cannot_correct_a_tag(account, places, client, role, status):
    client.force_login(account("worker", role))
    data = {"code": "ZZZZ", "kind": Tag.Kind.SUBJECT, "title": "Zeppelins"}

    response = client.post(f"/admin/cables/tag/{places['tag']}/change/", data)

    assert response.status_code == status
    assert Tag.objects.get(code="ZZZZ").title == ("" if status == 403 else "Zeppelins")


@pytest.mark.parametrize(("role", "may"), [(IMPORTER, True), (EDITOR, False), (ADMINISTRATOR, True)])
def test_editor_cannot_mend_a_problem(account, places, client, role, may):
    client.force_login(account("worker", role))
    client.post(f"/admin/cables/importproblem/{places['problem']}/change/", {"text": "mended"})
    assert ImportProblem.objects.get().text == ("mended" if may else "no date here")


@pytest.mark.parametrize("address", GONE)
def test_secrets_and_single_permissions_have_no_page(admin_client, address):
    assert admin_client.get(f"/admin/{address}").status_code == 404


def test_every_permission_of_a_role_is_there(db):
    for name, role in ROLES.items():
        held = Group.objects.get(name=name).permissions.select_related("content_type")
        assert {f"{each.content_type.app_label}.{each.codename}" for each in held} == role.permissions


def test_migrating_again_keeps_roles_and_takes_back_what_was_added(db):
    group = Group.objects.get(name=IMPORTER)
    group.permissions.add(Permission.objects.get(codename="change_user"))
    Group.objects.get(name=EDITOR).delete()

    call_command("migrate", verbosity=0)

    assert Group.objects.filter(name__in=ROLES).count() == 3
    assert set(group.permissions.all()) == set(permissions(ROLES[IMPORTER].permissions))


def new_account(client, **data):
    data = {"username": "new", "password1": PASSWORD, "password2": PASSWORD, **data}
    return client.post("/admin/auth/user/add/", data)


def change(client, user: User, **data):
    data = {"username": user.username, "is_active": "on", **data}
    return client.post(f"/admin/auth/user/{user.pk}/change/", data)


def test_account_with_a_role_may_enter_and_one_that_lost_it_may_not(account, client):
    client.force_login(account("boss", ADMINISTRATOR))
    editors = Group.objects.get(name=EDITOR)

    assert new_account(client, groups=[editors.pk]).status_code == 302
    user = User.objects.get(username="new")
    assert (user.is_staff, list(user.groups.all())) == (True, [editors])

    assert change(client, user).status_code == 302
    user.refresh_from_db()
    assert (user.is_staff, list(user.groups.all())) == (False, [])


def test_administrator_makes_no_superuser_of_himself_or_another(account, client):
    boss = account("boss", ADMINISTRATOR)
    client.force_login(boss)
    every = list(Permission.objects.values_list("pk", flat=True))
    raised = {"is_superuser": "on", "is_staff": "on", "user_permissions": every}

    new_account(client, **raised)
    change(client, boss, **raised, groups=[Group.objects.get(name=ADMINISTRATOR).pk])

    assert list(User.objects.order_by("username").values_list("username", "is_superuser", "is_staff")) == [
        ("boss", False, True),
        ("new", False, False),
    ]
    assert not User.user_permissions.through.objects.exists()


def test_administrator_gives_no_group_that_is_no_role(account, client):
    boss = account("boss", ADMINISTRATOR)
    client.force_login(boss)
    other = Group.objects.create(name="Other")
    assert new_account(client, groups=[other.pk]).status_code == 200
    assert not User.objects.filter(username="new").exists()


def test_administrator_does_not_touch_a_superuser(account, client):
    root = account("root", is_superuser=True, email="root@archive.example")
    with_password = root.password
    client.force_login(account("boss", ADMINISTRATOR))

    assert change(client, root, email="boss@archive.example").status_code == 403
    password = {"password1": "another-invented-phrase", "password2": "another-invented-phrase"}
    assert client.post(f"/admin/auth/user/{root.pk}/password/", password).status_code == 403

    root.refresh_from_db()
    assert (root.email, root.password) == ("root@archive.example", with_password)


def test_superuser_makes_a_superuser(client, admin_user, account):
    client.force_login(admin_user)
    user = account("second")
    assert change(client, user, is_superuser="on").status_code == 302
    user.refresh_from_db()
    assert (user.is_superuser, user.is_staff) == (True, True)


def test_createsuperuser_makes_one_who_may_do_all(db, client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, username="root", email="", verbosity=0)
    client.post("/admin/login/", {"username": "root", "password": PASSWORD})
    assert client.get("/admin/accounts/auditentry/").status_code == 200


@pytest.mark.parametrize("address", ["auth/user/", "accounts/auditentry/", "accounts/failedsignin/"])
def test_list_asks_as_much_for_three_rows_as_for_one(client, admin_user, account, address):
    def queries() -> int:
        client.get(f"/admin/{address}")  # reads the content types
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/admin/{address}").status_code == 200
        return len(asked)

    client.force_login(admin_user)
    counts = []
    for number in range(3):
        client.post("/admin/login/", {"username": f"reader{number}", "password": "wrong"})
        account(f"reader{number}", IMPORTER)
        counts.append(queries())
    assert counts[0] == counts[2] <= 14
