"""Signing in: the lock after failures, where a request comes from, and when a session ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import sessions
from accounts.addresses import client_address
from accounts.roles import ADMINISTRATOR, IMPORTER
from tests.accounts.conftest import PASSWORD

LIMIT = 5


@pytest.fixture(autouse=True)
def _limit(settings):
    settings.AXES_FAILURE_LIMIT = LIMIT


def signed_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_name_and_password_let_in(account, sign_in, client):
    account("worker", IMPORTER)
    assert not signed_in(client)
    response = sign_in("worker")
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert signed_in(client)


def test_sign_in_leads_to_the_page_asked_for_and_to_no_other_host(account, client):
    account("worker", IMPORTER)
    data = {"username": "worker", "password": PASSWORD}
    for wanted, found in [("/admin/cables/cable/", "/admin/cables/cable/"), ("https://elsewhere.example/", "/admin/")]:
        assert client.post("/admin/login/", data | {"next": wanted})["Location"] == found


def test_account_without_a_role_is_not_let_in(account, sign_in, client):
    account("reader")
    assert sign_in("reader").status_code == 200
    assert not signed_in(client)


def test_too_many_failures_lock_the_name_and_say_for_how_long(account, sign_in, client):
    account("worker", IMPORTER)
    answers = [sign_in("worker", "wrong").status_code for _ in range(LIMIT)]
    assert answers == [200] * (LIMIT - 1) + [429]

    response = sign_in("worker")  # the right password

    assert (response.status_code, response["Retry-After"]) == (429, "1800")
    assert "Try again in 30 minutes." in response.content.decode()
    assert not signed_in(client)


def test_one_more_try_does_not_lengthen_a_lock_and_it_ends(account, sign_in, client):
    account("worker", IMPORTER)
    for _ in range(LIMIT):
        sign_in("worker", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=29, seconds=30))
    assert "Try again in 1 minute." in sign_in("worker", "wrong").content.decode()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=31))
    sign_in("worker")
    assert signed_in(client)


def test_lock_is_for_one_name_from_one_address(account, sign_in, client):
    account("worker", IMPORTER)
    account("other", IMPORTER)
    for _ in range(LIMIT):
        sign_in("worker", "wrong", REMOTE_ADDR="192.0.2.1")
    assert sign_in("other", REMOTE_ADDR="192.0.2.1").status_code == 302
    assert sign_in("worker", REMOTE_ADDR="192.0.2.2").status_code == 302
    assert sign_in("worker", REMOTE_ADDR="192.0.2.1").status_code == 429


def test_other_browser_does_not_unlock(account, sign_in):
    account("worker", IMPORTER)
    answers = [sign_in("worker", "wrong", HTTP_USER_AGENT=f"browser {n}").status_code for n in range(LIMIT)]
    assert answers[-1] == 429


@pytest.mark.parametrize("behind_proxy", [False, True])
def test_header_that_a_client_makes_up_does_not_unlock(account, sign_in, settings, behind_proxy):
    settings.BEHIND_PROXY = behind_proxy
    account("worker", IMPORTER)
    # A proxy adds what it saw behind what the client sent.
    added = ", 198.51.100.7" if behind_proxy else ""
    answers = [sign_in("worker", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}{added}").status_code for n in range(LIMIT)]
    assert answers[-1] == 429


def test_right_password_ends_the_count(account, sign_in, client):
    account("worker", IMPORTER)
    for _ in range(2):
        for _ in range(LIMIT - 1):
            sign_in("worker", "wrong")
        assert sign_in("worker").status_code == 302
        client.logout()


def test_lock_is_lifted_by_command(account, sign_in):
    account("worker", IMPORTER)
    for _ in range(LIMIT):
        sign_in("worker", "wrong")
    call_command("axes_reset_username", "worker", verbosity=0)
    assert sign_in("worker").status_code == 302


def test_lock_is_lifted_by_an_administrator(account, sign_in, client):
    account("worker", IMPORTER)
    for _ in range(LIMIT):
        sign_in("worker", "wrong")
    client.force_login(account("boss", ADMINISTRATOR))
    page = client.get("/admin/accounts/failedsignin/").content.decode()
    assert "worker" in page

    failures = AccessAttempt.objects.get()
    client.post("/admin/accounts/failedsignin/", {"action": "lift", "_selected_action": [failures.pk]})

    client.logout()
    assert sign_in("worker").status_code == 302


def test_neither_password_nor_code_is_kept_with_a_failure(account, sign_in):
    account("worker", IMPORTER)
    sign_in("worker", "nearly-my-passphrase")
    assert "nearly" not in AccessAttempt.objects.get().post_data


@pytest.mark.parametrize(
    ("behind_proxy", "direct", "forwarded", "address"),
    [
        (False, "192.0.2.1", "", "192.0.2.1"),
        (False, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (True, "192.0.2.1", "198.51.100.7", "198.51.100.7"),
        (True, "192.0.2.1", "203.0.113.5, 198.51.100.7", "198.51.100.7"),
        (True, "192.0.2.1", "2001:db8::1", "2001:db8::1"),
        (True, "192.0.2.1", "", "192.0.2.1"),
        (True, "192.0.2.1", "203.0.113.5, <script>", "192.0.2.1"),
        (False, "", "", None),
        (True, "", "198.51.100.7", "198.51.100.7"),
    ],
)
def test_address_is_the_one_that_cannot_be_made_up(settings, rf, behind_proxy, direct, forwarded, address):
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", REMOTE_ADDR=direct, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}))
    assert client_address(request) == address


def test_session_ends_an_hour_after_the_last_request(account, sign_in, client, monkeypatch):
    account("worker", IMPORTER)
    sign_in("worker")
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    began = client.session[sessions.BEGUN]
    monkeypatch.setattr(sessions, "time", lambda: began + 55 * 60)

    assert signed_in(client)

    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=59) < left <= timedelta(minutes=60)
    Session.objects.update(expire_date=timezone.now())
    assert not signed_in(client)


def test_session_ends_eight_hours_after_it_began_however_busy(account, sign_in, client, monkeypatch):
    account("worker", IMPORTER)
    sign_in("worker")
    began = client.session[sessions.BEGUN]
    monkeypatch.setattr(sessions, "time", lambda: began + 8 * 3600 - 1)
    assert signed_in(client)
    monkeypatch.setattr(sessions, "time", lambda: began + 8 * 3600 + 1)
    assert not signed_in(client)
    assert sessions.BEGUN not in client.session


def test_session_cookie_goes_with_the_browser_and_out_of_scripts_reach(account, sign_in):
    account("worker", IMPORTER)
    cookie = sign_in("worker").cookies["session"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")


def test_public_page_neither_reads_nor_lengthens_a_session(account, sign_in, client):
    account("worker", IMPORTER)
    sign_in("worker")
    before = Session.objects.get().expire_date
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/")
    assert [query["sql"] for query in asked if "django_session" in query["sql"] or "auth_user" in query["sql"]] == []
    assert (response.status_code, len(response.cookies), response["Vary"]) == (200, 0, "Accept-Encoding")
    assert Session.objects.get().expire_date == before


def test_password_is_long_and_hashed_by_scrypt():
    from archive_site import settings  # noqa: PLC0415 - not the tests' own

    assert settings.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")


@pytest.mark.parametrize(("password", "taken"), [("short-phrase", True), ("elevenchars", False), ("1" * 20, False)])
def test_password_of_a_new_account_is_strong(client, admin_user, password, taken):
    client.force_login(admin_user)
    client.post("/admin/auth/user/add/", {"username": "new", "password1": password, "password2": password})
    assert User.objects.filter(username="new").exists() is taken
