"""The second step: set up, asked for, required, renewed, removed, and not to be got round."""

from __future__ import annotations

import re
from base64 import b32decode
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import signing_in, two_step
from accounts.roles import ADMINISTRATOR, IMPORTER
from tests.accounts.conftest import PASSWORD, code_of, with_telephone

CODE = "/admin/login/code/"
SET_UP = "/admin/two-step/set-up/"


@pytest.fixture(autouse=True)
def _limit(settings):
    settings.AXES_FAILURE_LIMIT = 5


def signed_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def let_pass(device: TOTPDevice) -> None:
    """Let the time pass that a wrong code makes the next one wait."""
    TOTPDevice.objects.filter(pk=device.pk).update(throttling_failure_timestamp=timezone.now() - timedelta(hours=1))


def set_up(client, **data):
    client.get(SET_UP)
    device = TOTPDevice.objects.get(confirmed=False)
    return client.post(SET_UP, {"code": code_of(device), **data})


def test_second_step_is_set_up_by_its_first_code_and_asked_for_next_time(account, sign_in, client):
    account("worker", IMPORTER)
    sign_in("worker")

    page = set_up(client).content.decode()

    codes = re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", page)
    assert len(codes) == len(set(codes)) == 10
    assert TOTPDevice.objects.get().confirmed
    assert signed_in(client)  # this session has shown a code
    client.logout()
    response = sign_in("worker")
    assert (response.status_code, response["Location"]) == (302, f"{CODE}?next=%2Fadmin%2F")
    assert not signed_in(client)


def test_wrong_first_code_sets_nothing_up(account, sign_in, client):
    account("worker", IMPORTER)
    sign_in("worker")
    client.get(SET_UP)
    response = client.post(SET_UP, {"code": "000000"})
    assert "This is not the code that the telephone should show now." in response.content.decode()
    assert not TOTPDevice.objects.get().confirmed


def test_square_and_text_hold_the_same_secret(account, sign_in, client):
    user = account("worker", IMPORTER)
    sign_in("worker")
    page = client.get(SET_UP).content.decode()
    (secret,) = re.findall(r"<code>([A-Z2-7 ]+)</code>", page)
    device = TOTPDevice.objects.get(user=user)
    address = urlsplit(device.config_url)

    assert b32decode(secret.replace(" ", "")) == device.bin_key
    assert parse_qs(address.query)["secret"] == [secret.replace(" ", "")]
    square = client.get("/admin/two-step/set-up/square.svg")
    assert (square["Content-Type"], square.content.strip()[-6:]) == ("image/svg+xml", b"</svg>")
    assert "no-store" in square["Cache-Control"]


def test_code_of_the_telephone_lets_in_once(account, sign_in, client):
    device = with_telephone(account("worker", IMPORTER))
    sign_in("worker")
    code = code_of(device)
    response = client.post(f"{CODE}?next=/admin/cables/cable/", {"code": f" {code[:3]} {code[3:]} "})
    assert response["Location"] == "/admin/cables/cable/"
    assert signed_in(client)

    client.logout()
    sign_in("worker")
    response = client.post(CODE, {"code": code})
    assert "This is not the code, or it was used before." in response.content.decode()
    assert not signed_in(client)


def test_code_from_paper_lets_in_once(account, sign_in, client):
    user = account("worker", IMPORTER)
    with_telephone(user)
    code, other, *_ = two_step.new_paper_codes(user)
    sign_in("worker")
    client.post(CODE, {"code": code.upper()})
    assert signed_in(client)
    assert two_step.paper_codes_left(user) == 9

    client.logout()
    sign_in("worker")
    client.post(CODE, {"code": code})
    assert not signed_in(client)
    assert two_step.paper_codes_left(user) == 9
    assert StaticToken.objects.filter(token=other.replace("-", "")).exists()


def test_wrong_code_makes_the_next_wait(account, sign_in, client):
    device = with_telephone(account("worker", IMPORTER))
    sign_in("worker")
    client.post(CODE, {"code": "000000"})
    response = client.post(CODE, {"code": code_of(device)})
    assert "The last code was wrong. The next is taken in 1 second." in response.content.decode()
    assert not signed_in(client)


def test_wrong_codes_lock_the_name_though_the_password_is_right(account, sign_in, client):
    device = with_telephone(account("worker", IMPORTER))
    answers = []
    for _ in range(5):
        sign_in("worker")
        answers.append(client.post(CODE, {"code": "000000"}).status_code)
        let_pass(device)
    assert answers == [200, 200, 200, 200, 429]
    assert sign_in("worker").status_code == 429
    assert client.post(CODE, {"code": code_of(device)}).status_code == 302  # back to the first step
    assert not signed_in(client)


def test_code_is_not_taken_of_a_name_that_was_locked_meanwhile(account, sign_in, client):
    device = with_telephone(account("worker", IMPORTER))
    sign_in("worker")
    for _ in range(5):
        Client().post("/admin/login/", {"username": "worker", "password": "wrong"})
    assert client.post(CODE, {"code": code_of(device)}).status_code == 429
    assert not signed_in(client)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "½²³456", "a" * 20, "b" * 300])
def test_odd_code_is_a_wrong_one(account, sign_in, client, code):
    user = account("worker", IMPORTER)
    with_telephone(user)
    two_step.new_paper_codes(user)
    sign_in("worker")
    assert client.post(CODE, {"code": code}).status_code == 200
    assert not signed_in(client)


def test_code_of_another_account_lets_nobody_in(account, sign_in, client):
    with_telephone(account("worker", IMPORTER))
    other = with_telephone(account("other", IMPORTER))
    sign_in("worker")
    client.post(CODE, {"code": code_of(other)})
    assert not signed_in(client)


def test_code_page_without_the_first_step_leads_to_it(account, client):
    device = with_telephone(account("worker", IMPORTER))
    for answer in (client.get(CODE), client.post(CODE, {"code": code_of(device)})):
        assert (answer.status_code, answer["Location"]) == (302, "/admin/login/")


def test_first_step_is_forgotten_after_five_minutes(account, sign_in, client, monkeypatch):
    device = with_telephone(account("worker", IMPORTER))
    sign_in("worker")
    since = client.session[signing_in.WAITING]["since"]
    monkeypatch.setattr(signing_in, "time", lambda: since + 301)
    assert client.post(CODE, {"code": code_of(device)})["Location"] == "/admin/login/"
    assert not signed_in(client)


@pytest.mark.parametrize("change", ["password", "is_active"])
def test_first_step_is_void_when_the_account_changes_meanwhile(account, sign_in, client, change):
    user = account("worker", IMPORTER)
    device = with_telephone(user)
    sign_in("worker")
    if change == "password":
        user.set_password("another-invented-phrase")
    else:
        user.is_active = False
    user.save()
    assert client.post(CODE, {"code": code_of(device)})["Location"] == "/admin/login/"


def test_session_without_a_code_is_shut_out_once_the_second_step_is_set_up(account, client):
    user = account("worker", IMPORTER)
    client.force_login(user)
    assert signed_in(client)
    with_telephone(user)
    assert not signed_in(client)
    assert client.get(SET_UP).status_code == 302  # nor may it put another telephone in its place


def test_required_second_step_is_set_up_before_all_else(account, sign_in, client, settings):
    settings.TWO_STEP_REQUIRED = True
    account("worker", IMPORTER)
    sign_in("worker")
    assert not signed_in(client)
    assert client.get("/admin/login/?next=/admin/")["Location"] == SET_UP
    page = client.get(SET_UP).content.decode()
    assert "This archive asks everybody for a second step." in page
    assert "/admin/cables/" not in page
    assert set_up(client).status_code == 200
    assert signed_in(client)


def test_required_second_step_cannot_be_removed(account, client, settings, sign_in):
    settings.TWO_STEP_REQUIRED = True
    account("worker", IMPORTER)
    sign_in("worker")
    set_up(client)
    client.post("/admin/two-step/", {"password": PASSWORD, "remove": "x"})
    assert TOTPDevice.objects.filter(confirmed=True).exists()


@pytest.mark.parametrize(("password", "removed"), [(PASSWORD, True), ("wrong", False)])
def test_second_step_is_removed_with_the_password(account, client, sign_in, password, removed):
    account("worker", IMPORTER)
    sign_in("worker")
    set_up(client)
    client.post("/admin/two-step/", {"password": password, "remove": "x"})
    assert TOTPDevice.objects.exists() is not removed
    assert StaticToken.objects.exists() is not removed


@pytest.mark.parametrize(("password", "renewed"), [(PASSWORD, True), ("wrong", False)])
def test_codes_for_paper_are_renewed_with_the_password(account, client, sign_in, password, renewed):
    account("worker", IMPORTER)
    sign_in("worker")
    set_up(client)
    former = set(StaticToken.objects.values_list("token", flat=True))
    client.post("/admin/two-step/", {"password": password, "renew": "x"})
    now = set(StaticToken.objects.values_list("token", flat=True))
    assert len(now) == 10
    assert now.isdisjoint(former) if renewed else now == former


@pytest.mark.parametrize(("password", "replaced"), [(PASSWORD, True), ("wrong", False)])
def test_another_telephone_takes_the_place_of_the_first_with_the_password(account, client, sign_in, password, replaced):
    account("worker", IMPORTER)
    sign_in("worker")
    set_up(client)
    first = TOTPDevice.objects.get()
    set_up(client, password=password)
    assert (TOTPDevice.objects.get(confirmed=True) != first) is replaced
    assert signed_in(client)


def test_guessing_the_password_on_the_own_pages_locks_too(account, client, sign_in):
    account("worker", IMPORTER)
    sign_in("worker")
    set_up(client)
    answers = [client.post("/admin/two-step/", {"password": "x", "remove": "x"}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_command_removes_the_second_step(account, sign_in, client, capsys):
    user = account("worker", IMPORTER)
    with_telephone(user)
    two_step.new_paper_codes(user)
    call_command("remove_two_step", "worker")
    assert capsys.readouterr().out == "Removed: worker\n"
    sign_in("worker")
    assert signed_in(client)
    with pytest.raises(CommandError, match="There is no account 'nobody'"):
        call_command("remove_two_step", "nobody")


def test_administrator_removes_the_second_step_of_others_but_not_of_superusers(account, client):
    worker, root = account("worker", IMPORTER), account("root", is_superuser=True)
    client.force_login(account("boss", ADMINISTRATOR))
    for user in (worker, root):
        with_telephone(user)
    client.post("/admin/auth/user/", {"action": "remove_second_step", "_selected_action": [worker.pk, root.pk]})
    assert [device.user for device in TOTPDevice.objects.all()] == [root]
